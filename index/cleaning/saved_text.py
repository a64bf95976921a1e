"""From the text of a saved news page to its title and paragraphs.

Plain text copied from news sites carries photo tags, credits, captions and copyright lines. They are
dropped by line, or cut from the end of one; the words that stay stand as in the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_HEADLINE = 250  # characters; what is longer is a paragraph

_AGENCIES = (
    r"Getty(?:\s+Images)?|AP(?:\s+Photo)?|Associated\s+Press|AFP|Reuters|EPA(?:-EFE)?|Anadolu(?:\s+Agency)?|Sputnik|TASS"
    r"|PA(?:\s+(?:Wire|Images))?|Bloomberg|NurPhoto|Zuma(?:\s+Press)?|UPI|Shutterstock|Xinhua|dpa|ANP|Alamy|Pool"
)
# Part of a name. No capital within it ("WashingtonDrew"): that is where a credit without a space before it begins.
_PART = r"(?:(?:Mc|Mac|De|O[’'])?[A-ZÀ-Þ][a-zß-ÿ.’'-]+|[A-ZÀ-Þ][A-ZÀ-Þ.’'-]*)"
_NAME = rf"{_PART}(?:\s+(?:(?:de|da|del|van|von|bin|al|el|le|la)[\s-]+)?{_PART}){{0,3}}"
_OUTLET = r"[\w.&'’-]{1,40}(?:\s[\w.&'’-]{1,40}){0,4}"
_BY = r"(?:Photograph|Photo|Image|Picture)s?(?:\s+by\b|:|\s+courtesy\s+of|\s+credit:?|\s+illustration\s+by)\s*"
# An agency tells a credit from words that only look like one.
_SURE_CREDIT = re.compile(
    rf"""\s*\(?(?:
        {_BY}(?:{_OUTLET})(?:\s?[/|]\s?{_OUTLET}){{1,4}}(?:\s+via\s+{_OUTLET})?
      | {_BY}{_OUTLET}\s+via\s+{_OUTLET}
      | (?:(?<![A-Za-z])|(?<=[a-z])){_PART}(?:\s{_PART})?(?:\s?/\s?{_OUTLET}){{1,4}}\s+via\s+(?i:{_AGENCIES})
      | \(?AP\s+Photo/{_NAME}
    )\s*\)?\.?$""",
    re.VERBOSE,
)
# These count where nothing but a headline's or a sentence's end stands before them.
_LIKELY_CREDIT = re.compile(
    rf"""\s*\(?(?:
        {_BY}{_NAME}
      | {_PART}\s{_PART}(?:\s?/\s?{_OUTLET}){{0,3}}\s?/\s?(?i:{_AGENCIES})
      | {_PART}(?:\s{_PART})?\s+via\s+(?i:{_AGENCIES})
      | (?i:{_AGENCIES})(?:/{_NAME})?(?:\s+Images)?
    )\s*\)?$""",
    re.VERBOSE,
)
# What every credit holds: most lines hold none of it, and need not be looked at further.
_CREDIT_WORD = re.compile(rf"Photograph|Photo|Image|Picture|\b(?i:{_AGENCIES})\b|(?<=[a-z])(?:{_AGENCIES})\b")
_LONGEST_CREDIT = 200  # characters
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATED = re.compile(rf"\b(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})\b", re.IGNORECASE)
_ENDS_WITH_FULL_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+\d{{1,2}},?|\d{{1,2}}\s+{_MONTH},?)\s+(?:19|20)\d\d\.?\)?$", re.IGNORECASE
)
_MARK = r"(?:©|\([cC]\)|[Cc]opyright|COPYRIGHT)"
_COPYRIGHT_LINE = re.compile(rf"^(?:{_MARK}\s*)+(?:(?:19|20)\d\d\b|[A-Z]).{{0,400}}$|^(?:19|20)\d\d\s*©.{{0,400}}$")
_COPYRIGHT_TAIL = re.compile(
    rf"(?<=[.!?”\"’')])\s*(?:(?:{_MARK}\s*)*(?:©|\([cC]\))|{_MARK}(?=.*rights\ reserved))\s*(?:19|20)\d\d\b.{{0,400}}$",
    re.IGNORECASE | re.VERBOSE,
)
_RIGHTS_LINE = re.compile(r"^(?:.{0,80}\b(?:19|20)\d\d\b.{0,80})?all rights reserved\b.{0,300}$", re.IGNORECASE)
_BYLINE = re.compile(rf"^By:?\s+({_NAME}(?:(?:,|\s+and)\s+{_NAME})*)$")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘(]?[A-Z])")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Prof|St|No|[A-Z](?:\.[A-Z])*)\.$")
_BULLET = re.compile(r"^(?:[-*•–—·]|\d{1,3}[.)])\s")
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
    lines = (" ".join(line.split()) for line in text.splitlines())
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
    if after is not None and _is_photo_tag(lines[at], lines[after], is_adjacent=after == at + 1):
        at, after = after, _next_line(lines, after)
    headline, credit = _cut_headline_credit(lines[at])
    if not headline or len(headline) > MAX_HEADLINE or after is None:
        return None, None, lines[at:]
    is_headline = bool(credit) or not _SENTENCE_END.search(headline) or _is_title_case(headline)
    byline = _BYLINE.match(lines[after])
    is_paragraph = not is_headline or (_is_wrapped(headline) and len(lines[at + 1]) <= _MAX_WRAPPED)
    if lines[at + 1] and is_paragraph and not credit and not byline and not _is_title_case(headline):
        return None, None, lines[at:]  # more stands right below it
    rest = lines[after + 1 :] if byline else lines[at + 1 :]
    return headline, byline[1] if byline else None, rest if is_headline else [headline, "", *rest]


def _next_line(lines: list[str], at: int) -> int | None:
    return next((i for i in range(at + 1, len(lines)) if lines[i]), None)


def _is_photo_tag(line: str, following: str, is_adjacent: bool) -> bool:
    """True for a name alone above the headline: the tag of the photo that stood there."""
    if len(line) > 40 or not re.fullmatch(rf"{_NAME}", line) or " " not in line or line.endswith("."):
        return False
    headline, credit = _cut_headline_credit(following)
    if credit:
        return bool(headline)
    return is_adjacent and len(headline.split()) >= 6 and len(headline) <= MAX_HEADLINE and not headline.endswith(".")


def _is_title_case(line: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", line) if len(word) > 3]
    return len(words) >= 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _cut_credit(line: str) -> tuple[str, str]:
    """`line` without the photo credits at its end, and the credits."""
    rest = line
    while True:
        start = max(0, len(rest) - _LONGEST_CREDIT)
        if not _CREDIT_WORD.search(rest, start):
            return rest, line[len(rest) :].strip()
        match = _SURE_CREDIT.search(rest, start)
        if match is None:
            match = _LIKELY_CREDIT.search(rest, start)
            before = rest[: match.start()].rstrip() if match else ""
            if match is None or (before and not _SENTENCE_END.search(before) and not match[0].strip().startswith("(")):
                return rest, line[len(rest) :].strip()
        rest = rest[: match.start()].rstrip()


def _cut_headline_credit(line: str) -> tuple[str, str]:
    """The same for a headline, which has no stop: a credit may also begin without a space before it."""
    rest, credit = _cut_credit(line)
    glued = re.search(rf"(?<=[a-z”’'?!])(?={_PART}\s{_PART}\s?/|{_BY}{_NAME}$)", line)
    if not credit and glued and _LIKELY_CREDIT.fullmatch(line, glued.end()):
        rest, credit = line[: glued.end()], line[glued.end() :]
    return (rest, credit) if len(rest.split()) >= 3 else (line, "")


def _without_copyright(lines: list[str]) -> list[str]:
    """`lines` without the copyright lines at the end."""
    kept = list(lines)
    while kept:
        kept[-1] = _COPYRIGHT_TAIL.sub("", kept[-1])
        if kept[-1] and not _is_copyright(kept[-1]):
            break
        kept.pop()
    return kept


def _is_copyright(line: str) -> bool:
    if _RIGHTS_LINE.match(line):
        return True
    # "Copyright 2022 Los Angeles Times" is one, "Copyright 2023 was a hard matter" is none.
    has_sign = bool(re.search(r"©|\([cC]\)|rights reserved", line))
    return bool(_COPYRIGHT_LINE.match(line)) and (has_sign or _is_title_case(line))


def _without_captions(lines: list[str]) -> list[str]:
    """`lines` without photo credits and the captions that they belong to."""
    kept: list[str] = []
    for number, line in enumerate(lines):
        caption, credit = _cut_credit(line)
        if not credit:
            kept.append(line)
        elif not caption:
            _drop_caption_above(kept, is_near_end=number >= 0.6 * len(lines))
        elif not _is_caption(caption):
            kept.append(caption)
    return kept


def _is_caption(line: str) -> bool:
    """True where the words before a credit describe a photo: up to three sentences with a day."""
    sentences = len(_SENTENCE_BREAK.findall(line)) + 1
    return sentences <= 3 and len(line) <= 400 and bool(_DATED.search(line))


def _drop_caption_above(kept: list[str], is_near_end: bool) -> None:
    """A credit stood on a line of its own: drop the caption above it, if that is one."""
    at = next((i for i in range(len(kept) - 1, -1, -1) if kept[i]), None)
    if at is None or _SENTENCE_BREAK.search(kept[at]):
        return
    is_adjacent = at == len(kept) - 1 and (at == 0 or not kept[at - 1])
    if (is_adjacent and _is_caption(kept[at])) or (is_near_end and _ENDS_WITH_FULL_DATE.search(kept[at])):
        del kept[at:]


def _is_wrapped(line: str) -> bool:
    """True for a line that looks broken at a column, in the middle of a sentence."""
    is_end = _SENTENCE_END.search(line) and not _ABBREVIATED.search(line)
    return _MIN_WRAPPED <= len(line) <= _MAX_WRAPPED and not is_end


def _unwrap(lines: list[str]) -> list[str]:
    """Join lines that were broken at a column, so that sentences are whole again."""
    joined: list[str] = []
    may_continue = False
    for line in lines:
        if may_continue and line and not _BULLET.match(line):
            joined[-1] += " " + line
        else:
            joined.append(line)
        may_continue = _is_wrapped(line)
    return joined
