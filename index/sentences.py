"""Where the sentences of a text are."""

from __future__ import annotations

import re

import nupunkt

from .records import Span

_LINE = re.compile(r"[^\n]+")


def sentence_spans(text: str) -> list[Span]:
    """The sentences of `text` in order, without the white space around them.

    Line ends part sentences first: headings and list items often have no stop.
    """
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        first = len(spans)
        for start, end in nupunkt.sent_spans(line[0]):
            span = trimmed(text, Span(line.start() + start, line.start() + end))
            if not len(span):
                continue
            # "Yahoo! shares rose": what goes on in lower case was no end.
            if len(spans) > first and text[span.start].islower():
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
    return spans


def trimmed(text: str, span: Span) -> Span:
    """`span` without white space at its ends."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
