"""Split a text into passages: whole sentences within a token limit, without overlap or gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..records import Span
from .sentences import trim_span
from .vocabulary import cl100k

MAX_TOKENS = 180
_MIN_FILLED = 0.3  # of a passage that ends at the end of a paragraph
_MAX_CHARACTERS = 2_000  # more than 180 tokens of prose have; longer sentences are split before counting tokens
_CLAUSE_END = re.compile(r"[;:,—–…](?=\s)|(?<=\s)[—–](?=\s)")
_BLANK = re.compile(r"\s+")

CountTokens = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class PassageSpan:
    """The position of a passage and its sentences in a text."""

    start: int
    end: int
    sentences: tuple[Span, ...]


def count_tokens(texts: Sequence[str]) -> list[int]:
    """Return the number of cl100k tokens of each text. Special tokens such as <|endoftext|> count as plain text."""
    encoding = cl100k()
    return [len(encoding.encode_ordinary(text)) for text in texts]


def passage_spans(
    text: str, sentences: Sequence[Span], count_word_pieces: CountTokens, max_word_pieces: int
) -> list[PassageSpan]:
    """Pack the sentences of `text` into passages.

    A sentence that is too long for a passage is split at clause boundaries, or else between words.

    Args:
        text: the text of an article.
        sentences: the spans of its sentences.
        count_word_pieces: counts the embedder's tokens.
        max_word_pieces: the embedder's limit; no passage exceeds it.
    """

    def costs(spans: Sequence[Span]) -> list[float]:
        """Return the fraction of a passage that each span fills, by the stricter of the two limits."""
        texts = [span.of(text) for span in spans]
        tokens, pieces = count_tokens(texts), count_word_pieces(texts)
        # One more token for each sentence, which joins it to the previous one.
        return [max((t + 1) / MAX_TOKENS, p / max_word_pieces) for t, p in zip(tokens, pieces, strict=True)]

    short = [span for span in sentences if len(span) <= _MAX_CHARACTERS]
    cost_of = dict(zip(short, costs(short), strict=True)) if short else {}
    parts: list[tuple[Span, float]] = []
    for span in sentences:
        if (cost := cost_of.get(span, 2.0)) <= 1.0:
            parts.append((span, cost))
        else:
            parts += _split_long(text, span, costs)
    return _pack(text, parts)


def _split_long(text: str, span: Span, costs: Callable[[Sequence[Span]], list[float]]) -> list[tuple[Span, float]]:
    """Halve a span that is too long until all parts fit."""
    if len(span) <= _MAX_CHARACTERS and ((cost := costs([span])[0]) <= 1.0 or len(span) == 1):
        return [(span, cost)]
    cut = _split_position(text, span)
    halves = (trim_span(text, Span(span.start, cut)), trim_span(text, Span(cut, span.end)))
    return [part for half in halves if len(half) for part in _split_long(text, half, costs)]


def _split_position(text: str, span: Span) -> int:
    """Return the end of the clause or word nearest to the middle, within the middle half of the span."""
    middle, quarter = (span.start + span.end) // 2, len(span) // 4
    for boundary in (_CLAUSE_END, _BLANK):
        ends = [m.end() for m in boundary.finditer(text, middle - quarter, middle + quarter)]
        ends = [end for end in ends if span.start < end < span.end]
        if ends:
            return min(ends, key=lambda end: abs(end - middle))
    return middle


def _pack(text: str, parts: Sequence[tuple[Span, float]]) -> list[PassageSpan]:
    """Fill passages in order. The end of a paragraph also ends a passage that is sufficiently full."""
    passages: list[PassageSpan] = []
    current: list[Span] = []
    filled = 0.0
    for span, cost in parts:
        ends_paragraph = bool(current) and "\n" in text[current[-1].end : span.start]
        if current and (filled + cost > 1.0 or (ends_paragraph and filled >= _MIN_FILLED)):
            passages.append(PassageSpan(current[0].start, current[-1].end, tuple(current)))
            current, filled = [], 0.0
        current.append(span)
        filled += cost
    if current:
        passages.append(PassageSpan(current[0].start, current[-1].end, tuple(current)))
    return passages
