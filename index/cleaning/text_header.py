"""The lines above the text of an article, as saved or copied from a site: outlet, section, headline, byline, day.

    Northbridge Post
    News
    Ferry terminal to close after council vote
    Ada Brown
    Tue 7 Mar 2023 21.30 GMT
    Share

or with labels, as "Title: …", "Author: …". Lines that are none of these stay in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..text import OUTLET_NOUNS, gender_of_first_name
from .authors import are_names, capitalised, clean_authors, is_byline, is_name
from .boilerplate import without_boilerplate
from .bylines import parse_byline
from .dates import find_date, parse_date

_MAX_LINES = 14  # before the text
_MIN_PARAGRAPH = 100  # characters of a line of text; if it ends as a sentence or goes on, fewer
_MIN_SENTENCE = 60
_MIN_WRAPPED = 45
_MIN_HEADLINE_WORDS = 4  # after shorter lines, which may be the outlet, the section or a photo tag
_LABELS = {
    "title": "title", "headline": "title", "titel": "title", "titre": "title",
    "author": "author", "authors": "author", "by": "author", "byline": "author", "autor": "author", "auteur": "author",
    "date": "published", "published": "published", "publication date": "published", "date published": "published",
    "pub date": "published", "publish date": "published", "datum": "published", "posted": "published",
    "url": "url", "link": "url", "web address": "url", "address": "url", "source url": "url",
    "source": "publisher", "publication": "publisher", "publisher": "publisher", "outlet": "publisher",
    "newspaper": "publisher", "site": "publisher", "website": "publisher",
}  # fmt: skip
_LABELLED = re.compile(r"(?:\*\*|#+\s)?([A-Za-z][A-Za-z ]{0,20}?)\s?(?:\*\*)?:(?:\*\*)?\s(.+)")
_NOISE = re.compile(
    r"(?:\d{1,4} )?(?:comments?|shares?|listen|save|gift|\d+ min(?:ute)?s?(?: read)?|share|print|@\w{1,30})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S+")
# "LONDON, March 7, 2023 (Reuters) - The town council …"
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .’'-]{2,40}(?:, [A-Z][\w. ]{1,20})??,? (?=[\w.]{1,10} )")
_DATELINE_END = re.compile(r",?\s?(?:\([^()]{2,40}\)\s?)?(?:[–—]|-{1,2}|:)\s")


@dataclass(frozen=True, slots=True)
class TextHeader:
    """What the lines above the text say, and the lines that remain."""

    title: str
    rest: list[str] = field(repr=False)
    author: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    modified: date | None = None


def read_text_header(lines: Sequence[str]) -> TextHeader | None:
    """Read the header of a text, if it has a byline, a line with its day, or labels. Otherwise return None."""
    return _labelled_header(lines) or _site_header(lines)


def dateline_day(text: str) -> date | None:
    """Return the day of a dateline at the start of a text, if it is full: "LONDON, March 7, 2023 (Reuters) -"."""
    start = text[:200]
    place = _DATELINE.match(start)
    found = find_date(start[place.end() :]) if place else None
    if place is None or found is None or found.start:
        return None
    return found.day if _DATELINE_END.match(start, place.end() + found.end) else None


def _labelled_header(lines: Sequence[str]) -> TextHeader | None:
    values: dict[str, str] = {}
    end = 0
    for number, line in enumerate(lines[:_MAX_LINES]):
        match = _LABELLED.match(line)
        key = _LABELS.get(match[1].strip().lower()) if match else None
        if match is None or key is None:
            if line:
                break
            continue
        values.setdefault(key, match[2].strip())
        end = number + 1
    if "title" not in values or len(values) < 2:
        return None
    return TextHeader(
        values["title"],
        list(lines[end:]),
        clean_authors(values.get("author")),
        parse_date(values.get("published")),
        values.get("publisher"),
        values.get("url"),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the header. `is_evidence` if it is a byline, or the day of the article."""

    number: int
    text: str
    author: str | None = None
    published: date | None = None
    modified: date | None = None
    is_evidence: bool = False
    is_noise: bool = False


def _site_header(lines: Sequence[str]) -> TextHeader | None:
    header = [_classify(number, lines[number]) for number in _header_numbers(lines)]
    shown = [line for line in header if not line.is_noise]
    evidence = next((place for place, line in enumerate(shown) if line.is_evidence), None)
    if evidence is None:
        return None
    named = [
        line for place, line in enumerate(shown)
        if place and not line.is_evidence and is_name(line.text) and _is_beside_date(shown, place)
    ]  # fmt: skip
    plain = [line for line in shown if not line.is_evidence and line not in named]
    before = [line for line in plain if line.number < shown[evidence].number]
    headline = _headline(plain if all(_is_outlet(line.text) for line in before) else before)
    if headline is None:
        return None
    above = [line.text for line in plain if line.number < headline.number]
    below = [(place, line) for place, line in enumerate(shown) if line in plain and line.number > headline.number]
    beside = [line for place, line in below if _is_outlet(line.text.split(",")[0]) and _is_beside(shown, place)]
    removed = {line.number for line in header if line.is_noise or line.is_evidence or line in (*named, *beside)}
    kept = (line for number, line in enumerate(lines) if number > headline.number and number not in removed)
    return TextHeader(
        headline.text,
        list(kept),
        clean_authors([line.author or line.text for line in header if line.author or line in named]),
        next((line.published for line in header if line.published), None),
        _outlet([*above, *(line.text.split(",")[0] for line in beside)], lines),
        next((line.text for line in header if _ADDRESS.fullmatch(line.text)), None),
        next((line.modified for line in header if line.modified), None),
    )


def _header_numbers(lines: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of the lines before the first paragraph."""
    count = 0
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        is_sentence = line.rstrip('"”’)').endswith((".", "!", "?"))
        is_wrapped = len(line) >= _MIN_WRAPPED <= len(following)
        if len(line) >= (_MIN_SENTENCE if is_sentence else _MIN_PARAGRAPH) or is_wrapped or count == _MAX_LINES:
            return
        if line:
            count += 1
            yield number


def _classify(number: int, line: str) -> _Line:
    if _NOISE.fullmatch(line) or _ADDRESS.fullmatch(line) or not without_boilerplate(line):
        return _Line(number, line, is_noise=True)
    if is_byline(line):
        byline = parse_byline(line)
        return _Line(number, line, byline.author, byline.published, byline.modified, is_evidence=True)
    if find_date(line):
        byline = parse_byline(line)
        is_day = byline.published is not None or byline.modified is not None
        if is_day and byline.author and _is_place(byline.author):
            return _Line(number, line, None, byline.published, byline.modified, is_evidence=True)
        if is_day and (byline.author is None or are_names(byline.author)):
            return _Line(number, line, byline.author, byline.published, byline.modified, is_evidence=True)
    return _Line(number, line)


def _is_place(name: str) -> bool:
    """Return whether what stands before a day is a place rather than a name: in "New York, 7 March 2023"."""
    words = name.split()
    is_capitalised = all(word[:1].isupper() for word in words)
    is_short = len(words) <= 3 and not name.isupper()
    return is_short and is_capitalised and not _is_outlet(name) and gender_of_first_name(words[0]) is None


def _is_beside_date(lines: Sequence[_Line], place: int) -> bool:
    """Return whether the line before or after has the day, and no author of its own."""
    beside = (*lines[place - 1 : place], *lines[place + 1 : place + 2])
    return any(line.is_evidence and line.author is None for line in beside)


def _is_beside(lines: Sequence[_Line], place: int) -> bool:
    return any(line.is_evidence for line in (*lines[place - 1 : place], *lines[place + 1 : place + 2]))


def _headline(lines: Sequence[_Line]) -> _Line | None:
    """Return the first line that may be a headline. Short lines above it are the outlet, a section or a photo tag."""
    long = next((line for line in lines if len(line.text.split()) >= _MIN_HEADLINE_WORDS), None)
    if long is not None and not (lines[0] is not long and _is_only_summary(lines, long)):
        return long
    if len(lines) > 1 and _is_outlet(lines[0].text):
        return lines[-1] if long is None else lines[1]
    return lines[0] if lines else None


def _is_only_summary(lines: Sequence[_Line], long: _Line) -> bool:
    """Return whether the long line is the summary under a short headline: "Ruth Calder Resigns"."""
    return lines.index(long) == 1 and not _is_outlet(lines[0].text) and len(lines[0].text.split()) >= 3


def _outlet(above: Sequence[str], lines: Sequence[str]) -> str | None:
    """Return the name of the outlet among the lines above the headline."""
    end = " ".join(lines[-6:])
    return next((capitalised(line) for line in above if _is_outlet(line) or f"© {line}" in end), None)


def _is_outlet(line: str) -> bool:
    words = line.split()
    return 2 <= len(words) <= 5 and words[-1].strip(".").lower() in OUTLET_NOUNS and line[:1].isupper()
