"""What is printed in the margins of pages and isn't the text: headers, footers, page numbers and footnotes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .fragments import Fragment, are_in_line
from .lines import Line

_EDGE_ROWS = 3  # rows at the top and at the bottom of a page that may be headers and footers
_EDGE = 0.25  # of the height of a page
_SEPARATE = 0.8  # line heights between a header or footer and the text
_NEARBY_PAGES = 2  # alternating headers repeat on every second page
_SURE_REPEATS = 3  # of a line that is close to the text
_SMALL = 0.93  # of the height of the body text, for headers, footers and footnotes
_HEADLINE = 1.15  # … for headlines
_MAX_HEADER = 12  # words
_NUMBER = re.compile(r"\d+")
_NOTE = re.compile(r"\(?(\d{1,3}|[*†‡§]{1,3})\)?")
_TIME = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DAY = r"(?:\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\d{1,2}\.?\s\w{3,9}\.?,?\s\d{4}|\w{3,9}\.?\s\d{1,2},?\s\d{4})"
_PRINTED_AT = re.compile(rf"{_DAY},?\s(?:\w{{2,4}}\s)?{_TIME}|{_DAY}")
_PRINTED_URL = re.compile(r"(?:https?://|file:///|www\.)\S+(?:\s?…)?")
_PAGE_OF = re.compile(r"(?:\w{1,6}\.?\s)?\d{1,4}\s?(?:/|of|von|de|sur|di|van|из)\s?\d{1,4}", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|seite|p\.|s\.)\s?)?[-–—|\[]?\s?(\d{1,3}|[ivxlc]{1,6})\s?[-–—|\]]?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PageFragments:
    """The fragments of a page and its height."""

    fragments: list[Fragment]
    height: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A row near the edge of a page. `is_separate` if there is a gap between it and the text."""

    page: int
    fragments: tuple[Fragment, ...]
    is_separate: bool
    is_outermost: bool

    @property
    def text(self) -> str:
        return " ".join(fragment.text for fragment in self.fragments)


def without_margins(
    pages: Sequence[PageFragments], title: str | None, body: float
) -> tuple[list[PageFragments], str | None]:
    """Remove headers, footers and page numbers. Also return the URL that a browser printed in them."""
    rows = [row for number, page in enumerate(pages) for row in _edge_rows(number, page)]
    repeated = _repeated(rows, body)
    large = (f.text for page in pages[:1] for f in page.fragments if f.height > _HEADLINE * body)
    headlines = " ".join([*large, title or ""]).casefold()
    dropped: set[int] = set()
    urls = set[str]()
    for row in rows:
        is_printed = row.is_outermost and _is_browser_row(row, title)
        fragments = set(map(id, row.fragments))
        is_header = row.is_separate and row.is_outermost and not repeated.isdisjoint(fragments)
        if is_printed or is_header or _is_page_number(row) or _is_small_print(row, body, headlines):
            dropped |= fragments
        dropped |= fragments & repeated
        if is_printed:
            urls.update(f.text for f in row.fragments if f.text.startswith("http") and f.text.isascii())
    kept = [replace(page, fragments=[f for f in page.fragments if id(f) not in dropped]) for page in pages]
    return kept, urls.pop() if len(urls) == 1 else None


def _edge_rows(number: int, page: PageFragments) -> list[_Row]:
    """Return the rows in the top and bottom margins of a page."""
    ordered = sorted(page.fragments, key=lambda fragment: -fragment.top)
    top = [f for f in ordered if f.bottom > page.height * (1 - _EDGE)]
    bottom = [f for f in reversed(ordered) if f.top < page.height * _EDGE]
    return [*_rows(number, top, ordered), *_rows(number, bottom, ordered[::-1])]


def _rows(number: int, edge: Sequence[Fragment], ordered: Sequence[Fragment]) -> list[_Row]:
    """Group fragments, from the edge inwards, into rows."""
    groups: list[list[Fragment]] = []
    for fragment in edge:
        if groups and are_in_line(groups[-1][0], fragment):
            groups[-1].append(fragment)
        elif len(groups) == _EDGE_ROWS:
            break
        else:
            groups.append([fragment])
    rows = []
    position = 0
    for index, group in enumerate(groups):
        position += len(group)
        inner = ordered[position] if position < len(ordered) else None
        fragments = tuple(sorted(group, key=lambda fragment: fragment.left))
        rows.append(_Row(number, fragments, inner is None or _is_separate(fragments[0], inner), index == 0))
    return rows


def _is_separate(fragment: Fragment, inner: Fragment) -> bool:
    gap = max(fragment.bottom - inner.top, inner.bottom - fragment.top)
    return gap > _SEPARATE * min(fragment.height, inner.height)


def _repeated(rows: Sequence[_Row], body: float) -> set[int]:
    """Return the ids of the fragments that are also on a page nearby, in the same place and apart from numbers."""
    by_key: dict[tuple[str, int], list[tuple[_Row, Fragment]]] = defaultdict(list)
    for row in rows:
        for fragment in row.fragments:
            key = _NUMBER.sub("0", fragment.text.casefold()), round(fragment.bottom / 3)
            by_key[key].append((row, fragment))
    found = set[int]()
    for same in by_key.values():
        for (row, one), (other, two) in pairwise(same):
            is_other_size = abs(one.height - body) > (1 - _SMALL) * body
            is_sure = (row.is_separate and other.is_separate) or (is_other_size and len(same) >= _SURE_REPEATS)
            if 0 < other.page - row.page <= _NEARBY_PAGES and is_sure:
                found |= {id(one), id(two)}
    return found


def _is_browser_row(row: _Row, title: str | None) -> bool:
    """Return whether each part of a row is a day, a URL, a page number or the title, as browsers print them."""
    has_mark = False
    for text in _printed_parts(row):
        is_title = title is not None and (text == title or title.startswith(text.rstrip("….")))
        is_mark = any(p.fullmatch(text) for p in (_PRINTED_AT, _PRINTED_URL, _PAGE_OF))
        has_mark = has_mark or (is_mark and not re.fullmatch(_DAY, text))
        if not (is_title or is_mark):
            return False
    return has_mark


def _printed_parts(row: _Row) -> list[str]:
    return [fragment.text for fragment in row.fragments]


def _is_page_number(row: _Row) -> bool:
    """Return whether a row is only the number of the page."""
    if not row.is_separate or not row.is_outermost:
        return False
    return bool(_PAGE_NUMBER.fullmatch(row.text) or _PAGE_OF.fullmatch(row.text))


def _is_small_print(row: _Row, body: float, headlines: str) -> bool:
    """Return whether a row outside the text, after the first page, is the headline or words in small type."""
    if not (row.page and row.is_separate and row.is_outermost):
        return False
    words = _NUMBER.sub("", row.text).strip(" |-–—·•").casefold()
    is_small = all(fragment.height < _SMALL * body for fragment in row.fragments)
    return (len(words) > 2 and words in headlines) or (
        is_small and len(words.split()) <= _MAX_HEADER and not row.text.endswith((".", "!", "?"))
    )


def without_footnotes(lines: Sequence[Line], body: float, heights: Sequence[float]) -> list[Line]:
    """Remove the footnotes at the ends of columns, and their marks in the text."""
    kept: list[Line] = []
    notes: dict[int, set[str]] = defaultdict(set)
    column: list[Line] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        column.append(line)
        if following is None or following.column.number != line.column.number:
            start = _footnotes_start(column, body, heights[line.page])
            for note in column[start:]:
                mark = _NOTE.fullmatch(note.words[0].text)
                notes[line.page].update([mark[1]] if mark else [])
            kept += column[:start]
            column = []
    return [_without_marks(line, notes[line.page]) if notes[line.page] else line for line in kept]


def _footnotes_start(column: Sequence[Line], body: float, height: float) -> int:
    """Return the position of the first footnote: a small line near the bottom of the page that begins with a mark."""
    start = len(column)
    for position in range(len(column) - 1, -1, -1):
        line = column[position]
        if line.height > _SMALL * body or line.bottom > height / 2:
            break
        if _NOTE.fullmatch(line.words[0].text):
            start = position
    return start


def _without_marks(line: Line, marks: set[str]) -> Line:
    words = []
    for word in line.words:
        is_small = word.top - word.bottom < _SMALL * line.height and word.bottom > line.bottom
        if word.mark and word.text[-word.mark :] in marks:
            words.append(word._replace(text=word.text[: -word.mark]))
        elif not (is_small and word.text in marks):
            words.append(word)
    return replace(line, words=tuple(words) or line.words)
