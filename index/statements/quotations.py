"""Find the quotations in a text: pairs of quotation marks, and quotations that continue over several paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque

from ..records import Span

_MAX_SINGLE = 600  # characters; a single mark without a closing one in this range is an apostrophe
_CLOSING_MARKS = {"“": ("”", '"'), "„": ("”", "“"), "«": ("»",), '"': ('"',), "''": ("''",), "``": ("''",)}
# The marks that change the depth of nested quotations, for each opening mark.
_NESTING_MARKS = {
    opening: re.compile("|".join(map(re.escape, (*closing, opening)))) for opening, closing in _CLOSING_MARKS.items()
}
_LAST_SIGNS = {mark[-1] for marks in _CLOSING_MARKS.values() for mark in marks} | {"’"}
_OPENING = re.compile(r"[“„«]|(?<![\w.,!?’”])(?:\"|''|``)(?=\S)")
_SINGLE_OPENING = re.compile(r"(?<![\w.,!?])[‘'](?=\w[^‘\n]{3})")
_SINGLE_CLOSING = re.compile(r"(?<=[\w.,!?…])[’'](?!\w)")
_SENTENCE_END = re.compile(r"[.!?](?=\s)")
_LINE = re.compile(r"[^\n]+")


def find_quotations(text: str) -> list[Span]:
    """Return the outermost quotations of a text with their marks, in order.

    A quotation that isn't closed ends with its line if the next line opens with a mark: in a quotation of several
    paragraphs, each of them opens with a mark, and only the last one is closed, if at all. Otherwise it ends with the
    sentence.
    """
    quotations: list[Span] = []
    is_open = False  # the quotation at the end of the line before
    lines = list(_LINE.finditer(text))
    for number, line in enumerate(lines, 1):
        next_opens = number < len(lines) and _OPENING.match(text, lines[number].start()) is not None
        continues = next_opens or (is_open and _OPENING.match(text, line.start()) is not None)
        start, singles = line.start(), _find_single_quotations(text, line.start(), line.end())
        openings, closings = deque(_OPENING.finditer(text, line.start(), line.end())), _Closings(text, line)
        while (span := _next_quotation(Span(start, line.end()), singles, openings, closings, continues)) is not None:
            quotations.append(span)
            start = span.end
        is_open = next_opens and start == line.end() and text[start - 1] not in _LAST_SIGNS
    return quotations


class _Closings:
    """Where the quotations of a line end: its marks are read once for each kind, however many of them open."""

    def __init__(self, text: str, line: re.Match[str]) -> None:
        self._text, self._start, self._end = text, line.start(), line.end()
        self._ends: dict[str, dict[int, int]] = {}  # by opening mark, then by its position

    def end_of(self, opening: re.Match[str]) -> int | None:
        """Return the end of the mark that closes a quotation; None if there is none in the line."""
        mark = opening[0]
        if mark in _CLOSING_MARKS[mark]:
            closing = self._text.find(mark, opening.end(), self._end)
            return closing + len(mark) if closing >= 0 else None
        if mark not in self._ends:
            self._ends[mark] = self._match(mark)
        return self._ends[mark].get(opening.start())

    def _match(self, opening: str) -> dict[int, int]:
        ends: dict[int, int] = {}
        nested: list[int] = []
        for mark in _NESTING_MARKS[opening].finditer(self._text, self._start, self._end):
            if mark[0] == opening:
                nested.append(mark.start())
            elif nested:
                ends[nested.pop()] = mark.end()
        return ends


def _next_quotation(
    rest: Span, singles: deque[Span], openings: deque[re.Match[str]], closings: _Closings, continues: bool
) -> Span | None:
    """Return the first quotation in the rest of a line.

    What is before the rest is removed from `singles`, the quotations of the line in single marks, and from `openings`,
    its other opening marks.
    """
    while singles and singles[0].start < rest.start:
        singles.popleft()
    while openings and openings[0].start() < rest.start:
        openings.popleft()
    if singles and (not openings or singles[0].start < openings[0].start()):
        return singles.popleft()
    if not openings:
        return None
    opening = openings.popleft()
    if (end := closings.end_of(opening)) is not None:
        return Span(opening.start(), end)
    stop = None if continues else _SENTENCE_END.search(opening.string, opening.end(), rest.end)
    return Span(opening.start(), stop.end() if stop else rest.end)


def _find_single_quotations(text: str, start: int, end: int) -> deque[Span]:
    """Return the quotations of a line in single marks."""
    quotations: deque[Span] = deque()
    closings = [match.end() for match in _SINGLE_CLOSING.finditer(text, start, end)]
    position = start
    for opening in _SINGLE_OPENING.finditer(text, start, end):
        if opening.start() < position:
            continue
        first = bisect_right(closings, opening.end())
        if first < len(closings) and closings[first] <= opening.end() + _MAX_SINGLE:
            position = closings[first]
            quotations.append(Span(opening.start(), position))
    return quotations
