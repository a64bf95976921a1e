"""Extract the headline and paragraphs from the plain text of a saved news page.

Text copied from news sites contains photo tags, credits, captions and copyright lines. These lines are removed,
or cut from the end of a line; the remaining words are unchanged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..text import COMMON_PARTICLES, UPPERCASE, month_pattern, one_of
from .authors import clean_authors, is_byline
from .lines import MAX_WRAPPED, SENTENCE_END, is_wrapped, join_wrapped
from .origins import Origin
from .outlets import copyright_holder
from .text_header import dateline_day, read_text_header
from .transcripts import split_turns

MAX_HEADLINE = 250  # characters; a longer line is a paragraph

_AGENCIES = (
    r"Getty(?:\s+Images)?|AP(?:\s+Photo)?|Associated\s+Press|AFP|Reuters|EPA(?:-EFE)?|Anadolu(?:\s+Agency)?|Sputnik|TASS"
    r"|PA(?:\s+(?:Wire|Images))?|Bloomberg|NurPhoto|Zuma(?:\s+Press)?|UPI|Shutterstock|Xinhua|dpa|ANP|Alamy|Pool"
)
# Part of a name. No capital letter inside ("WashingtonDrew"): a credit may follow without a space, and starts there.
_NAME_PART = rf"(?:(?:Mc|Mac|De|O[’'])?[{UPPERCASE}][a-zß-ÿ.’'-]{{1,40}}|[{UPPERCASE}][{UPPERCASE}.’'-]{{0,40}})"
_PARTICLES = one_of(COMMON_PARTICLES | {"da", "del", "el", "le", "la"})
_NAME = rf"{_NAME_PART}(?:\s+(?:(?:{_PARTICLES})[\s-]+)?{_NAME_PART}){{0,3}}"
_OUTLET = r"[\w.&'’-]{1,40}(?:\s[\w.&'’-]{1,40}){0,4}"
_BY = r"(?:Photograph|Photo|Image|Picture)s?(?:\s+by\b|:|\s+courtesy\s+of|\s+credit:?|\s+illustration\s+by)\s*"
# The name of an agency distinguishes a credit from similar words.
_SURE_CREDIT = re.compile(
    rf"""\s*\(?(?:
        {_BY}(?:{_OUTLET})(?:\s?[/|]\s?{_OUTLET}){{1,4}}(?:\s+via\s+{_OUTLET})?
      | {_BY}{_OUTLET}\s+via\s+{_OUTLET}
      | (?:(?<![A-Za-z])|(?<=[a-z])){_NAME_PART}(?:\s{_NAME_PART})?(?:\s?/\s?{_OUTLET}){{1,4}}\s+via\s+(?i:{_AGENCIES})
      | \(?AP\s+Photo/{_NAME}
    )\s*\)?\.?$""",
    re.VERBOSE,
)
# These count only after the end of a headline or a sentence.
_LIKELY_CREDIT = re.compile(
    rf"""\s*\(?(?:
        {_BY}{_NAME}
      | {_NAME_PART}\s{_NAME_PART}(?:\s?/\s?{_OUTLET}){{0,3}}\s?/\s?(?i:{_AGENCIES})
      | {_NAME_PART}(?:\s{_NAME_PART})?\s+via\s+(?i:{_AGENCIES})
      | (?i:{_AGENCIES})(?:/{_NAME})?(?:\s+Images)?
    )\s*\)?$""",
    re.VERBOSE,
)
# Every credit contains one of these; most lines contain none, so they needn't be examined further.
_CREDIT_WORD = re.compile(rf"Photograph|Photo|Image|Picture|\b(?i:{_AGENCIES})\b|(?<=[a-z])(?:{_AGENCIES})\b")
_MAX_CREDIT = 200  # characters
_MAX_CREDITS = 5  # at the end of one line
_MONTH = f"(?:{month_pattern()})"
_DATED = re.compile(rf"\b(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})\b", re.IGNORECASE)
_ENDS_WITH_FULL_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+\d{{1,2}},?|\d{{1,2}}\s+{_MONTH},?)\s+(?:19|20)\d\d\.?\)?$", re.IGNORECASE
)
_SIGN = r"(?:©|\([cC]\)|[Cc]opyright|COPYRIGHT)"
_COPYRIGHT_LINE = re.compile(rf"^(?:{_SIGN}\s*)+(?:(?:19|20)\d\d\b|[A-Z]).{{0,400}}$|^(?:19|20)\d\d\s*©.{{0,400}}$")
_COPYRIGHT_TAIL = re.compile(
    rf"(?<=[.!?”\"’')])\s*(?:(?:{_SIGN}\s*){{0,3}}(?:©|\([cC]\))|{_SIGN}(?=.{{0,400}}rights\ reserved))"
    r"\s*(?:19|20)\d\d\b.{0,400}$",
    re.IGNORECASE | re.VERBOSE,
)
_RIGHTS_LINE = re.compile(r"^(?:.{0,80}\b(?:19|20)\d\d\b.{0,80})?all rights reserved\b.{0,300}$", re.IGNORECASE)
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘(]?[A-Z])")
_QUOTE_MARKS = re.compile(r"(?:>\s?){1,40}")


@dataclass(frozen=True, slots=True)
class CleanText:
    """The paragraphs of an article; the headline and the byline if it has them."""

    title: str | None
    author: str | None
    text: str
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    modified: date | None = None

    @property
    def metadata(self) -> dict[str, Any]:
        """The metadata of the article, with its `origins`."""
        values = {
            "title": self.title,
            "author": self.author,
            "published": self.published.isoformat() if self.published else None,
            "modified": self.modified.isoformat() if self.modified else None,
            "publisher": self.publisher,
            "url": self.url,
        }
        found = {key: value for key, value in values.items() if value}
        return {**found, "origins": dict.fromkeys(found.keys() - {"title", "url"}, Origin.BYLINE.value)}


def fold_white_space(text: str) -> str:
    """Collapse runs of white space to one space, strip lines, and keep at most one blank line between paragraphs."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_saved_page(raw: str, find_headline: bool = True) -> CleanText:
    """Find the headline, the byline and the paragraphs of a news page saved as plain text."""
    lines = _without_quote_marks(fold_white_space(raw).split("\n"))
    header = read_text_header(lines) if find_headline else None
    title = _cut_headline_credit(header.title)[0] if header else None
    if header is None or not title or len(title) > MAX_HEADLINE or not any(header.rest):
        header = None
        title, author, rest = _split_header(lines) if find_headline else (None, None, lines)
    lines = header.rest if header else rest
    kept = _without_copyright(lines)
    outlet = next((name for line in lines[len(kept) :] if (name := copyright_holder(line))), None)
    body = _without_captions(kept)
    text = fold_white_space("\n".join(join_wrapped(split_turns(body))))
    if header is None:
        return CleanText(title, author, text, dateline_day(text), outlet)
    published = header.published or dateline_day(text)
    return CleanText(title, header.author, text, published, header.publisher or outlet, header.url, header.modified)


def clean_document(title: str | None, text: str) -> CleanText:
    """Take the byline, the day and the outlet from the first paragraphs of a document; `title` is its heading."""
    lines = [*([title] if title else []), *text.split("\n\n")]
    header = read_text_header(lines)
    if header is None or (title and header.title != title) or not any(header.rest):
        return CleanText(title, None, text, published=dateline_day(text))
    rest = "\n\n".join(header.rest)
    return CleanText(
        header.title,
        header.author,
        rest,
        header.published or dateline_day(rest),
        header.publisher,
        header.url,
        header.modified,
    )


def _without_quote_marks(lines: list[str]) -> list[str]:
    """Remove the marks of text quoted from an e-mail, which are at two consecutive lines or more."""
    marks = [_QUOTE_MARKS.match(line) for line in lines]
    neighbours = zip([None, *marks], marks, [*marks[1:], None], lines, strict=False)
    return [
        line[mark.end() :] if mark is not None and (before is not None or after is not None) else line
        for before, mark, after, line in neighbours
    ]


def _split_header(lines: list[str]) -> tuple[str | None, str | None, list[str]]:
    """Return title, author and the lines after them. A title that may be a sentence is also kept in the text."""
    first = _next_line(lines, -1)
    if first is None:
        return None, None, lines
    second = _next_line(lines, first)
    if second is not None and _is_photo_tag(
        lines[first], lines[second], "\n".join(lines[second:]), is_adjacent=second == first + 1
    ):
        first, second = second, _next_line(lines, second)
    headline, credit = _cut_headline_credit(lines[first])
    if not headline or len(headline) > MAX_HEADLINE or second is None:
        return None, None, lines[first:]
    is_headline = bool(credit) or not SENTENCE_END.search(headline) or _is_title_case(headline)
    byline = clean_authors(lines[second]) if is_byline(lines[second]) else None
    is_paragraph = not is_headline or (is_wrapped(headline) and len(lines[first + 1]) <= MAX_WRAPPED)
    if lines[first + 1] and is_paragraph and not credit and not byline and not _is_title_case(headline):
        return None, None, lines[first:]  # the first line of a paragraph
    rest = lines[second + 1 :] if byline else lines[first + 1 :]
    return headline, byline, rest if is_headline else [headline, "", *rest]


def _next_line(lines: list[str], position: int) -> int | None:
    return next((i for i in range(position + 1, len(lines)) if lines[i]), None)


def _is_photo_tag(line: str, following: str, text: str, is_adjacent: bool) -> bool:
    """Return whether a line above the headline is only a name: a photo tag. The article then names the person.

    A headline of capitalised words, such as "Ruth Calder Resigns", is none.
    """
    if len(line) > 40 or not re.fullmatch(rf"{_NAME}", line) or " " not in line or line.endswith("."):
        return False
    headline, credit = _cut_headline_credit(following)
    if credit:
        return bool(headline)
    is_headline = len(headline.split()) >= 6 and len(headline) <= MAX_HEADLINE and not headline.endswith(".")
    return is_adjacent and is_headline and f" {line.split()[-1]}" in text


def _is_title_case(line: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", line) if len(word) > 3]
    return len(words) >= 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _cut_credit(line: str) -> tuple[str, str]:
    """Split a line into the text and the photo credits at its end."""
    rest = line
    for _ in range(_MAX_CREDITS):
        start = max(0, len(rest) - _MAX_CREDIT)
        if not _CREDIT_WORD.search(rest, start):
            return rest, line[len(rest) :].strip()
        match = _SURE_CREDIT.search(rest, start)
        if match is None:
            match = _LIKELY_CREDIT.search(rest, start)
            before = rest[: match.start()].rstrip() if match else ""
            if match is None or (before and not SENTENCE_END.search(before) and not match[0].strip().startswith("(")):
                return rest, line[len(rest) :].strip()
        rest = rest[: match.start()].rstrip()
    return rest, line[len(rest) :].strip()


def _cut_headline_credit(line: str) -> tuple[str, str]:
    """Split off the credit of a headline. As it has no full stop, the credit may follow without a space."""
    rest, credit = _cut_credit(line)
    boundary = re.search(rf"(?<=[a-z”’'?!])(?={_NAME_PART}\s{_NAME_PART}\s?/|{_BY}{_NAME}$)", line)
    if not credit and boundary and _LIKELY_CREDIT.fullmatch(line, boundary.end()):
        rest, credit = line[: boundary.end()], line[boundary.end() :]
    return (rest, credit) if len(rest.split()) >= 3 else (line, "")


def _without_copyright(lines: list[str]) -> list[str]:
    """Remove the copyright lines at the end."""
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
    # "Copyright 2022 Los Angeles Times" is a notice, "Copyright 2023 was a hard matter" isn't.
    has_sign = bool(re.search(r"©|\([cC]\)|rights reserved", line))
    return bool(_COPYRIGHT_LINE.match(line)) and (has_sign or _is_title_case(line))


def _without_captions(lines: list[str]) -> list[str]:
    """Remove photo credits and their captions."""
    kept: list[str] = []
    texts: list[int] = []  # positions of the kept lines that aren't blank
    for number, line in enumerate(lines):
        caption, credit = _cut_credit(line)
        if not credit or (caption and not _is_caption(caption)):
            if caption:
                texts.append(len(kept))
            kept.append(caption)
        elif not caption and texts and _is_caption_at(kept, texts[-1], is_near_end=number >= 0.6 * len(lines)):
            del kept[texts.pop() :]
    return kept


def _is_caption(line: str) -> bool:
    """Return whether the text before a credit is a caption: up to three sentences with a date."""
    sentences = len(_SENTENCE_BREAK.findall(line)) + 1
    return sentences <= 3 and len(line) <= 400 and bool(_DATED.search(line))


def _is_caption_at(kept: list[str], last: int, is_near_end: bool) -> bool:
    """Return whether the last kept line that isn't blank is the caption of a credit on the following line."""
    if _SENTENCE_BREAK.search(kept[last]):
        return False
    is_adjacent = last == len(kept) - 1 and (last == 0 or not kept[last - 1])
    return (is_adjacent and _is_caption(kept[last])) or (
        is_near_end and _ENDS_WITH_FULL_DATE.search(kept[last]) is not None
    )
