"""Where a text quotes: pairs of quotation marks, over several paragraphs where a quotation goes on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque

from ..records import Span

_LONGEST_SINGLE = 600  # characters; a single mark that isn't closed within is an apostrophe
_PAIRS = {"“": ("”", '"'), "„": ("”", "“"), "«": ("»",), '"': ('"',), "''": ("''",), "``": ("''",)}
# For each opening mark, what changes how deep within quotations one is.
_MARKS = {mark: re.compile("|".join(map(re.escape, (*ends, mark)))) for mark, ends in _PAIRS.items()}
_OPENING = re.compile(r"[“„«]|(?<![\w.,!?’”])(?:\"|''|``)(?=\S)")
_SINGLE = re.compile(r"(?<![\w.,!?])[‘'](?=\w[^‘\n]{3,})")
_SINGLE_END = re.compile(r"(?<=[\w.,!?…])[’'](?!\w)")
_SENTENCE_END = re.compile(r"[.!?](?=\s)")
_LINE = re.compile(r"[^\n]+")


def quotations(text: str) -> list[Span]:
    """The outermost quotations of a text with their marks, in order.

    A mark that is never closed counts to the end of its line where the next line opens with a mark, for a quotation
    over several paragraphs opens each of them and closes the last one alone; else to the end of the sentence.
    """
    found: list[Span] = []
    lines = list(_LINE.finditer(text))
    for number, line in enumerate(lines, 1):
        goes_on = number < len(lines) and _OPENING.match(text, lines[number].start()) is not None
        at, singles = line.start(), _singles(text, line.start(), line.end())
        while (span := _next(text, at, line.end(), singles, goes_on)) is not None:
            found.append(span)
            at = span.end
    return found


def _next(text: str, start: int, end: int, singles: deque[Span], goes_on: bool) -> Span | None:
    """The first quotation of a line from `start` on; `singles` are those in single marks that are still to come."""
    opening = _OPENING.search(text, start, end)
    while singles and singles[0].start < start:
        singles.popleft()
    if singles and (opening is None or singles[0].start < opening.start()):
        return singles.popleft()
    if opening is None:
        return None
    closing = _PAIRS[opening[0]]
    depth, at = 1, opening.end()
    is_closed = any(text.find(mark, at, end) >= 0 for mark in closing)
    for mark in _MARKS[opening[0]].finditer(text, at, end) if is_closed else ():
        depth += -1 if mark[0] in closing else 1
        if not depth:
            return Span(opening.start(), mark.end())
    stop = None if goes_on else _SENTENCE_END.search(text, opening.end(), end)
    return Span(opening.start(), stop.end() if stop else end)


def _singles(text: str, start: int, end: int) -> deque[Span]:
    """The quotations of a line in single marks."""
    found: deque[Span] = deque()
    closings = [match.end() for match in _SINGLE_END.finditer(text, start, end)]
    at = start
    for opening in _SINGLE.finditer(text, start, end):
        if opening.start() < at:
            continue
        first = bisect_right(closings, opening.end())
        if first < len(closings) and closings[first] <= opening.end() + _LONGEST_SINGLE:
            at = closings[first]
            found.append(Span(opening.start(), at))
    return found
