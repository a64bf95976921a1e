"""Split a text into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import nupunkt

from ..records import Span
from ..text import ABBREVIATIONS, UPPERCASE, one_of
from .abbreviations import Abbreviations

_CONTINUATION = re.compile(r"[)\]]?,|[)\]]\s*[a-z]")
_LINE = re.compile(r"[^\n]+")
# nupunkt misses some sentence ends before a short name ("… to win. Lee said"). A lower-case word before the full stop
# isn't an abbreviation, except for these.
_MISSED_BOUNDARY = re.compile(
    rf"(?<![\w.’'-])(?!(?:{one_of(ABBREVIATIONS)})\.)[a-z]{{2,}}\.[”\"’']{{0,2}}\s+(?=[{UPPERCASE}“\"])"
)
# The stops of other scripts, which a space needn't follow: not before Latin letters ("Yahoo！JAPAN"), nor where
# Japanese or Chinese goes on after a quotation (「はい。」と言った).
_CLOSING = '」』”’）》〉）)»"'
_OTHER_STOP = re.compile(
    rf"[。！？｡।॥؟۔։።។။][。！？｡]*+(?:[{_CLOSING}]++(?![とっのはがをにもへ的地得、，,])|(?![{_CLOSING}]))"
    r"(?:(?<![！？])|(?![A-Za-z0-9]))"
)
# nupunkt never ends a sentence within a word, but takes time that grows with the square of the word's length.
_LONG_WORD = re.compile(r"\S{300,}")
_WORD_END = 100  # characters of a long word that nupunkt sees as they are


def sentence_spans(text: str) -> list[Span]:
    """Return the spans of the sentences in order, without surrounding white space.

    Line ends always end a sentence: headings and list items often have no full stop.
    """
    spans: list[Span] = []
    abbreviations = Abbreviations(text)
    for line in _LINE.finditer(text):
        first_in_line = len(spans)
        for start, end in _split_missed(line[0], nupunkt.sent_spans(_LONG_WORD.sub(_mask, line[0]))):
            span = trim_span(text, Span(line.start() + start, line.start() + end))
            if not len(span):
                continue
            # "Yahoo! shares rose", "(R-Ga.), one of": a sentence doesn't start in lower case or with a comma.
            if len(spans) > first_in_line and (
                text[span.start].islower()
                or _CONTINUATION.match(text, span.start)
                or abbreviations.end(spans[-1], span.start)
            ):
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
    return spans


def _mask(word: re.Match[str]) -> str:
    """Return a long word of the same length whose punctuation marks are hidden, except at its end."""
    return re.sub(r"\W", "x", word[0][:-_WORD_END]) + word[0][-_WORD_END:]


def _split_missed(line: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        sentence_start = start
        for boundary in _missed_boundaries(line, start, end):
            if boundary < end:
                yield sentence_start, boundary
                sentence_start = boundary
        yield sentence_start, end


def _missed_boundaries(line: str, start: int, end: int) -> list[int]:
    found = [missed.end() for missed in _MISSED_BOUNDARY.finditer(line, start, end)]
    if not line.isascii():
        found += [stop.end() for stop in _OTHER_STOP.finditer(line, start, end)]
    return sorted(set(found))


def trim_span(text: str, span: Span) -> Span:
    """Return a span without white space at its ends."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
