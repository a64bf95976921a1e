"""From the text of a saved news page to its title and paragraphs.

Plain text copied from news sites carries photo tags, credits, captions and copyright lines. They are
dropped by line, or cut from the end of one; the words that stay stand as in the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_HEADLINE = 250  # characters; what is longer is a paragraph

_AGENCIES = (
    r"Getty(?:\s+Images)?|AP(?:\s+Photo)?|AFP|Reuters|EPA(?:-EFE)?|Anadolu(?:\s+Agency)?|Sputnik|TASS|PA(?:\s+(?:Wire|Images))?"
    r"|Bloomberg|NurPhoto|Zuma(?:\s+Press)?|UPI|Shutterstock|Xinhua|dpa|ANP|Alamy|Pool|Agency|Images|Press|News"
)
_WORD = r"[A-ZÀ-Þ][\w.'’-]*"
_FIRST_NAME = r"(?:[A-ZÀ-Þ][a-zß-ÿ.'’-]+|[A-ZÀ-Þ.-]+)"
_NAME = rf"{_WORD}(?:\s+(?:(?:de|da|del|van|von|bin|al|el|le|la)\s+)?{_WORD}){{0,3}}"
_OUTLET = r"[\w.&'’ -]{2,40}"
# "Photo by A B/AGENCY via Getty Images", also without a space before it; or "A B/AFP via Getty Images".
_CREDIT = re.compile(
    rf"""\s*\(?(?:
        (?:Photograph|Photo|Image|Picture|Illustration)s?\s*(?:\bby\b|:|courtesy\s+of|credit:?)\s*
            (?:{_NAME}|{_OUTLET}(?=/))(?:\s*[/|,]\s*{_OUTLET})*(?:\s+via\s+{_OUTLET})?
      | AP\s+Photo/{_NAME}
      | (?i:REUTERS)/{_NAME}
      | (?:(?<=[a-z.!?”"’)])|\b){_FIRST_NAME}\s+{_WORD}(?:\s*/\s*{_OUTLET})*\s*/\s*(?i:{_AGENCIES})
            (?:\s+via\s+{_OUTLET})?
    )\s*\)?\.?\s*$""",
    re.VERBOSE,
)
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATED = re.compile(rf"\b(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})\b", re.IGNORECASE)
_ENDS_WITH_FULL_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+\d{{1,2}},?|\d{{1,2}}\s+{_MONTH},?)\s+(?:19|20)\d\d\.?\)?$", re.IGNORECASE
)
_COPYRIGHT_LINE = re.compile(
    r"^\s*(?:©|\(c\)\s*(?:19|20)\d\d|copyright\s*(?:©|\(c\)|(?:19|20)\d\d)).{0,400}$", re.IGNORECASE
)
_COPYRIGHT_TAIL = re.compile(r"\s*(?:©|\([cC]\)|Copyright)\s*(?:19|20)\d\d\b[^\n]{0,300}$")
_RIGHTS_RESERVED = re.compile(r"^[^\n]{0,120}\ball rights reserved\b[^\n]{0,300}$", re.IGNORECASE)
_BYLINE = re.compile(rf"^By:?\s+({_NAME}(?:(?:,|\s+and)\s+{_NAME})*)$")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘(]?[A-Z])")
_BULLET = re.compile(r"^(?:[-*•–—·]|\d{1,3}[.)])\s")
_BLANKS = re.compile(r"[^\S\n]+")
_MIN_WRAPPED = 50  # a line shorter than this that has no stop is a heading or a list item, not a wrapped line
_MAX_WRAPPED = 130  # longer lines are whole paragraphs; nobody wraps there


@dataclass(frozen=True, slots=True)
class CleanText:
    """What is left of a saved page: the paragraphs, and the headline and byline where it has them."""

    title: str | None
    author: str | None
    text: str


def fold_white_space(text: str) -> str:
    """`text` with runs of blanks as one space, lines stripped, at most one blank line between paragraphs."""
    lines = (_BLANKS.sub(" ", line).strip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_saved_page(raw: str, find_headline: bool = True) -> CleanText:
    """Find the headline and the paragraphs in plain text as people save it from news sites."""
    lines = fold_white_space(raw).split("\n")
    title, author, rest = _split_header(lines) if find_headline else (None, None, lines)
    body = _without_captions(_without_copyright(rest))
    return CleanText(title, author, fold_white_space("\n".join(_unwrap(body))))


def _split_header(lines: list[str]) -> tuple[str | None, str | None, list[str]]:
    """Title, author and the lines that follow them. A title that may be a sentence stays in the text too."""
    at = _next_line(lines, -1)
    if at is None:
        return None, None, lines
    after = _next_line(lines, at)
    if after is not None and _is_photo_tag(lines[at], lines[after]):
        at, after = after, _next_line(lines, after)
    headline, credit = _cut_credit(lines[at])
    if not headline or len(headline) > MAX_HEADLINE or after is None:
        return None, None, lines[at:]
    is_headline = bool(credit) or not _SENTENCE_END.search(headline) or _is_title_case(headline)
    if not is_headline and lines[at + 1]:  # a sentence with more right below it: a paragraph
        return None, None, lines[at:]
    byline = _BYLINE.match(lines[after])
    rest = lines[after + 1 :] if byline else lines[at + 1 :]
    return headline, byline[1] if byline else None, rest if is_headline else [headline, "", *rest]


def _next_line(lines: list[str], at: int) -> int | None:
    return next((i for i in range(at + 1, len(lines)) if lines[i]), None)


def _is_photo_tag(line: str, following: str) -> bool:
    """True for a name alone above the headline: the tag of the photo that stood there."""
    if len(line) > 40 or not re.fullmatch(rf"{_WORD}(?:\s+{_WORD}){{1,3}}", line) or line.endswith("."):
        return False
    headline, credit = _cut_credit(following)
    if credit:
        return bool(headline)
    return len(headline.split()) >= 6 and len(headline) <= MAX_HEADLINE and not headline.endswith(".")


def _is_title_case(line: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", line) if len(word) > 3]
    return len(words) >= 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _cut_credit(line: str) -> tuple[str, str]:
    """`line` without the photo credits at its end, and the credits."""
    rest = line
    while match := _CREDIT.search(rest):
        rest = rest[: match.start()].rstrip()
    return rest, line[len(rest) :].strip()


def _without_copyright(lines: list[str]) -> list[str]:
    kept = [line for line in lines if not _COPYRIGHT_LINE.match(line)]
    while kept and (not kept[-1] or _RIGHTS_RESERVED.match(kept[-1])):
        kept.pop()
    if kept:
        kept[-1] = _COPYRIGHT_TAIL.sub("", kept[-1])
    return kept


def _without_captions(lines: list[str]) -> list[str]:
    """`lines` without photo credits and the captions that they belong to."""
    kept: list[str] = []
    for line in lines:
        caption, credit = _cut_credit(line)
        if not credit:
            kept.append(line)
        elif not caption:
            _drop_caption_above(kept)
        elif not _is_caption(caption):
            kept.append(caption)
    return kept


def _is_caption(line: str) -> bool:
    """True where the words before a credit describe a photo: a dated line or two, or one short one."""
    sentences = len(_SENTENCE_BREAK.findall(line)) + 1
    return (sentences <= 3 and len(line) <= 400 and bool(_DATED.search(line))) or (sentences == 1 and len(line) <= 160)


def _drop_caption_above(kept: list[str]) -> None:
    """A credit stood on a line of its own: drop the caption right above it, if that is one."""
    at = next((i for i in range(len(kept) - 1, -1, -1) if kept[i]), None)
    if at is None:
        return
    is_single = not _SENTENCE_BREAK.search(kept[at])
    is_adjacent = at == len(kept) - 1 and (at == 0 or not kept[at - 1])
    if is_single and (_ENDS_WITH_FULL_DATE.search(kept[at]) or (is_adjacent and _is_caption(kept[at]))):
        del kept[at:]


def _unwrap(lines: list[str]) -> list[str]:
    """Join lines that were broken at a column, so that sentences are whole again."""
    joined: list[str] = []
    may_continue = False
    for line in lines:
        if may_continue and line and not _BULLET.match(line):
            joined[-1] += " " + line
        else:
            joined.append(line)
        may_continue = _MIN_WRAPPED <= len(line) <= _MAX_WRAPPED and not _SENTENCE_END.search(line)
    return joined
