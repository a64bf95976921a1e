"""Where a text quotes: pairs of quotation marks, over several paragraphs where a quotation goes on."""

from __future__ import annotations

import re

from ..records import Span

_LONGEST_SINGLE = 600  # characters; a single mark that isn't closed within is an apostrophe
_PAIRS = {"“": "”", "„": "”", "«": "»", '"': '"', "''": "''", "``": "''"}
_OPENING = re.compile(r"[“„«]|(?<![\w.,!?’”])(?:\"|''|``)(?=\S)")
_SINGLE = re.compile(r"(?<![\w.,!?])[‘'](?=\w[^‘\n]{3,})")
_SINGLE_END = re.compile(r"(?<=[\w.,!?…])[’'](?!\w)")
_LINE = re.compile(r"[^\n]+")


def quotations(text: str) -> list[Span]:
    """The outermost quotations of a text with their marks, in order.

    A mark that is never closed counts to the end of its line: a quotation over several paragraphs opens each of them
    with a mark and closes the last one alone.
    """
    found: list[Span] = []
    for line in _LINE.finditer(text):
        at = line.start()
        while (span := _next(text, at, line.end())) is not None:
            found.append(span)
            at = span.end
    return found


def _next(text: str, start: int, end: int) -> Span | None:
    """The first quotation of a line from `start` on."""
    opening = _OPENING.search(text, start, end)
    single = _single(text, start, opening.start() if opening else end, end)
    if single is not None:
        return single
    if opening is None:
        return None
    mark = _PAIRS[opening[0]]
    depth, at = 1, opening.end()
    while at < end:
        if mark != opening[0] and text.startswith(opening[0], at):
            depth += 1
        elif text.startswith(mark, at) or (mark == "”" and text[at] == '"'):
            depth -= 1
            if not depth:
                return Span(opening.start(), at + len(mark))
        at += 1
    return Span(opening.start(), end)


def _single(text: str, start: int, before: int, end: int) -> Span | None:
    """A quotation in single marks that begins before the first double mark."""
    for opening in _SINGLE.finditer(text, start, before):
        closing = _SINGLE_END.search(text, opening.end(), min(end, opening.end() + _LONGEST_SINGLE))
        if closing is not None:
            return Span(opening.start(), closing.end())
    return None
