"""Measure how similar a sentence is to its quotes: in meaning as a whole, and word by word."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from index import Library
from index.text import content_spans

_SHORT_WINDOW, _LONG_WINDOW = 3, 4  # consecutive words


@dataclass(frozen=True, slots=True)
class Similarity:
    """Cosine similarities, about 0 to 1.

    Each word is compared with the most similar word of the quotes, both in context, as in late interaction. A run of
    dissimilar words is a claim that the quotes don't make.

    Attributes:
        meaning: of the whole sentence.
        words: the mean over all words.
        short_window: the lowest mean over three consecutive words.
        long_window: the lowest mean over four consecutive words.
    """

    meaning: float
    words: float
    short_window: float
    long_window: float


def measure_similarity(library: Library, sentence: str, quotes: Sequence[str], verified: Set[str]) -> Similarity:
    """Compare a sentence with its quotes; the words in `verified` count as identical."""
    quoted = " ".join(quotes)
    spans, quoted_spans = content_spans(sentence), content_spans(quoted)
    embedder = library.embedder
    meaning = float(embedder.embed_question(sentence) @ embedder.embed_question(quoted))
    if not spans or not quoted_spans:
        return Similarity(meaning, 0.0, 0.0, 0.0)
    cosines = (embedder.embed_words(sentence, spans) @ embedder.embed_words(quoted, quoted_spans).T).max(axis=1)
    known_terms = {*library.passages.terms(quoted), *library.passages.terms(" ".join(verified))}
    words = np.array(
        [
            1.0 if known_terms.intersection(library.passages.terms(span.of(sentence))) else cosine
            for span, cosine in zip(spans, cosines, strict=True)
        ]
    )
    return Similarity(
        meaning, float(words.mean()), _lowest_mean(words, _SHORT_WINDOW), _lowest_mean(words, _LONG_WINDOW)
    )


def _lowest_mean(values: np.ndarray, window: int) -> float:
    """Return the lowest mean over as many consecutive values."""
    length = min(window, len(values))
    return float(np.convolve(values, np.ones(length) / length, "valid").min())
