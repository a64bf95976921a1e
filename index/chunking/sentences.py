"""Where the sentences of a text are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import nupunkt

from ..records import Span

_GOES_ON = re.compile(r"[)\]]?,|[)\]]\s*[a-z]")
_LINE = re.compile(r"[^\n]+")
# nupunkt misses some ends before a short name ("… to win. Lee said"). A word in small letters before the stop is no
# abbreviation, but for a few.
_MISSED_END = re.compile(
    r"(?<![\w.’'-])(?!(?:etc|approx|dept|vol|fig|incl|max|min|est|ext|vs|st|jr|sr|co|al|pp|cf|ed|mt|ft|lb|oz|am|pm|eg|ie|op)\.)[a-z]{2,}\.[”\"’']{0,2}\s+(?=[A-ZÀ-Þ“\"])"
)


def sentence_spans(text: str) -> list[Span]:
    """The sentences of `text` in order, without the white space around them.

    Line ends part sentences first: headings and list items often have no stop.
    """
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        first = len(spans)
        for start, end in _split_missed(line[0], nupunkt.sent_spans(line[0])):
            span = trimmed(text, Span(line.start() + start, line.start() + end))
            if not len(span):
                continue
            # "Yahoo! shares rose", "(R-Ga.), one of": what goes on in lower case or with a comma was no end.
            if len(spans) > first and (text[span.start].islower() or _GOES_ON.match(text, span.start)):
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
    return spans


def _split_missed(line: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        at = start
        for missed in _MISSED_END.finditer(line, start, end):
            if missed.end() < end:
                yield at, missed.end()
                at = missed.end()
        yield at, end


def trimmed(text: str, span: Span) -> Span:
    """`span` without white space at its ends."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
