"""How well the words of a query are met by those of passages, each in its context.

Late interaction (Khattab & Zaharia 2020, arXiv:2004.12832): each word of the query takes the nearest word of a sentence
or passage; what it finds counts by how rare the word is in the library.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np

from index import Embedding, Library, Vector, content_spans

_OVER = 0.7  # how well a word that stands in the title is met by each sentence of the article
_NO_MATTER = re.compile(
    r"\bhow (?:long|old|far|fast|big|large|high|tall|often|deep|wide|heavy|soon|quickly|expensive|hot|cold)\b"
    r"|\b(?:latest|newest|most recent(?:ly)?|today|yesterday|(?:this|last) (?:week|month|year))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class QueryWords:
    """The content words of a query: their terms, vectors [words, dim], and weights that sum to 1."""

    terms: tuple[frozenset[str], ...]
    vectors: Vector
    weights: Vector


@dataclass(frozen=True, slots=True)
class Met:
    """How well a passage and each of its sentences meet the words of a query, and its worst met word: about 0 to 1."""

    passage: float
    sentences: tuple[float, ...]
    weakest_word: float


def sought(query: str) -> str:
    """A query with blanks for words that ask how much of something there is ("how long"), or how new ("latest")."""
    return _NO_MATTER.sub(lambda match: " " * len(match[0]), query)


def query_words(library: Library, query: str) -> QueryWords | None:
    """The words of a query that say what is sought; None where it has none."""
    spans = [span for span in content_spans(sought(query)) if library.terms(span.of(query))]
    if not spans:
        return None
    found = [library.terms(span.of(query)) for span in spans]
    known = term_weights(library, [term for terms in found for term in terms])
    weights = np.array([max(known[term] for term in terms) for terms in found], dtype=np.float32)
    vectors = library.embedder.embed_words(query, spans)
    return QueryWords(tuple(map(frozenset, found)), vectors, weights / max(float(weights.sum()), 1e-9))


def term_weights(library: Library, terms: Sequence[str]) -> dict[str, float]:
    """Inverse document frequency of each term over passages, as BM25 has it (Robertson & Zaragoza 2009)."""
    total = library.searchable_passages()
    # What was removed still counts in a term's frequency until the word index merges its segments.
    frequencies = {term: min(library.passage_frequency(term), total) for term in dict.fromkeys(terms)}
    return {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in frequencies.items()}


def term_share(terms: Iterable[str], weights: Mapping[str, float]) -> float:
    """Share of the query's terms that occur, each by its weight: 0 to 1."""
    total = sum(weights.values())
    return sum(weights[term] for term in set(terms) if term in weights) / total if total else 0.0


def met(words: QueryWords, embeddings: Mapping[int, Embedding], headings: Mapping[int, Set[str]]) -> dict[int, Met]:
    """How well each passage, by id, meets the words of a query.

    What stands over an article holds for all of it, though no sentence repeats it.

    Args:
        words: the words of the query.
        embeddings: the vectors of each passage.
        headings: the terms of title, outlet and day, for each passage.
    """
    counts = np.array([count for e in embeddings.values() for count in e.word_counts], dtype=np.int64)
    nearest = np.zeros((len(words.weights), len(counts)), dtype=np.float32)
    if counts.any():
        cosines = words.vectors @ np.concatenate([e.words for e in embeddings.values()]).T
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        nearest[:, counts > 0] = np.maximum.reduceat(cosines, starts[counts > 0], axis=1)
    at = 0
    for passage_id, embedding in embeddings.items():
        its = slice(at, at + len(embedding.word_counts))
        is_over = np.array([bool(terms & headings.get(passage_id, frozenset())) for terms in words.terms])
        nearest[is_over, its] = np.maximum(nearest[is_over, its], _OVER)
        at = its.stop
    by_sentence = words.weights @ nearest
    found, at = {}, 0
    for passage_id, embedding in embeddings.items():
        its = slice(at, at + len(embedding.word_counts))
        by_word = nearest[:, its].max(axis=1)
        found[passage_id] = Met(float(words.weights @ by_word), tuple(by_sentence[its].tolist()), float(by_word.min()))
        at = its.stop
    return found
