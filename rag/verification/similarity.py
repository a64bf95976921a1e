"""How near a sentence is to its quotes: in meaning as a whole, and word by word."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from index import Library, content_spans

_SHORT, _LONG = 3, 4  # words in a row


@dataclass(frozen=True, slots=True)
class Similarity:
    """Cosines, about 0 to 1: of the whole, the mean over the words, and the least mean over three and four in a row.

    A word counts by the word of the quotes that is nearest to it in its context, as in late interaction; words in a
    row that are near to nothing are a claim of their own.
    """

    meaning: float
    words: float
    short: float
    long: float


def nearness(library: Library, sentence: str, quotes: Sequence[str], checked: Set[str]) -> Similarity:
    """How near a sentence is to the quotes together; words that were checked otherwise are taken for held."""
    together = " ".join(quotes)
    spans, others = content_spans(sentence), content_spans(together)
    embedder = library.embedder
    meaning = float(embedder.embed_question(sentence) @ embedder.embed_question(together))
    if not spans or not others:
        return Similarity(meaning, 0.0, 0.0, 0.0)
    cosines = (embedder.embed_words(sentence, spans) @ embedder.embed_words(together, others).T).max(axis=1)
    held = {*library.terms(together), *library.terms(" ".join(checked))}
    near = np.array(
        [
            1.0 if held.intersection(library.terms(span.of(sentence))) else c
            for span, c in zip(spans, cosines, strict=True)
        ]
    )
    return Similarity(meaning, float(near.mean()), _least(near, _SHORT), _least(near, _LONG))


def _least(near: np.ndarray, length: int) -> float:
    return float(np.convolve(near, np.ones(min(length, len(near))) / min(length, len(near)), "valid").min())
