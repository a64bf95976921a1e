"""Which passages are about a question: dense and lexical search, fused."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from index import Embedding, Library, Passage

POOL = 60  # candidates of each kind of search
# Convex combination of normalised scores (Bruch et al. 2023, arXiv:2210.11934); measured in docs/quality.md.
WEIGHT_DENSE, WEIGHT_SENTENCE, WEIGHT_LEXICAL = 0.25, 0.50, 0.25


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with what each kind of search says of it. All scores are higher for better.

    `dense` and `sentence_scores` are cosines, `lexical` is BM25, `score` is the fusion of the three.
    """

    passage: Passage
    score: float
    dense: float
    lexical: float
    sentence_scores: tuple[float, ...] = field(repr=False)  # empty while the passage has no vectors


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates for a query, best first, with the query's terms and their weights."""

    terms: tuple[str, ...]
    weights: dict[str, float]
    candidates: list[Candidate]


def rank(library: Library, query: str, pool: int = POOL) -> Ranking:
    """Rank passages for a query."""
    terms = tuple(dict.fromkeys(library.terms(query)))
    vector = library.embedder.embed_question(query)
    lexical = dict(library.search_words(terms, pool))
    dense = dict(library.search_vectors(vector, pool))
    ids = list(dict.fromkeys([*dense, *lexical]))
    passages, embeddings = library.passages(ids), library.embeddings(ids)
    top_lexical = max(lexical.values(), default=1.0)
    candidates = []
    for passage_id, passage in passages.items():
        meaning = _meaning(vector, embeddings.get(passage_id))
        words = lexical.get(passage_id, 0.0)
        candidates.append(_fused(passage, *meaning, words, top_lexical))
    candidates.sort(key=lambda c: (-c.score, c.passage.id))
    return Ranking(terms, term_weights(library, terms), candidates)


def term_weights(library: Library, terms: Sequence[str]) -> dict[str, float]:
    """Inverse document frequency of each term over passages, as BM25 has it (Robertson & Zaragoza 2009)."""
    total = library.searchable_passages()
    frequencies = {term: library.passage_frequency(term) for term in terms}
    return {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in frequencies.items()}


def _meaning(vector: np.ndarray, embedding: Embedding | None) -> tuple[float, tuple[float, ...]]:
    """Cosine of the passage and of each of its sentences."""
    if embedding is None:
        return 0.0, ()
    return float(embedding.passage @ vector), tuple((embedding.sentences @ vector).tolist())


def _fused(
    passage: Passage, dense: float, sentences: tuple[float, ...], lexical: float, top_lexical: float
) -> Candidate:
    score = (
        WEIGHT_DENSE * dense
        + WEIGHT_SENTENCE * max(sentences, default=0.0)
        + WEIGHT_LEXICAL * lexical / max(top_lexical, 1e-9)
    )
    return Candidate(passage, score, dense, lexical, sentences)
