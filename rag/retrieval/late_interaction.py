"""Late interaction: how well the content words of a query match those of passages, each in its context.

Each word of the query is compared with the most similar word of a sentence or passage, and its match is weighted by how
rare the word is in the library (Khattab & Zaharia 2020, arXiv:2004.12832).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index import Embedding, Library, Passage, Vector
from index.text import content_spans

from ..question import SearchQuery
from .terms import term_weights

_HEADING_MATCH = 0.7  # at least this is the match of a word in the heading with every sentence of the article


@dataclass(frozen=True, slots=True)
class QueryWords:
    """The content words of a query: their terms, vectors [words, dim], and weights that sum to 1."""

    terms: tuple[frozenset[str], ...]
    vectors: Vector
    weights: Vector


@dataclass(frozen=True, slots=True)
class QueryMatch:
    """How well a passage, each of its sentences, and the passage's weakest word match a query: about 0 to 1."""

    passage: float
    sentences: tuple[float, ...]
    weakest_word: float


def query_words(library: Library, query: SearchQuery) -> QueryWords | None:
    """Return the content words of a query, or None if it has none."""
    spans = [span for span in content_spans(query.terms_text) if library.passages.terms(span.of(query.text))]
    if not spans:
        return None
    terms_by_word = [library.passages.terms(span.of(query.text)) for span in spans]
    idf = term_weights(library, [term for terms in terms_by_word for term in terms])
    weights = np.array([max(idf[term] for term in terms) for terms in terms_by_word], dtype=np.float32)
    vectors = library.embedder.embed_words(query.text, spans)
    return QueryWords(tuple(map(frozenset, terms_by_word)), vectors, weights / max(float(weights.sum()), 1e-9))


def match_words(
    library: Library,
    words: QueryWords,
    passages: Mapping[int, Passage],
    embeddings: Mapping[int, Embedding],
    headings: Mapping[int, Set[str]],
) -> dict[int, QueryMatch]:
    """Return how well each passage, by id, matches the words of a query.

    Numbers only match the same number, even if another one has a similar vector. Words of the heading match all
    sentences of the article, which needn't repeat them.

    Args:
        library: the library of the passages.
        words: the words of the query.
        passages: the passages by id.
        embeddings: the embeddings of the passages that have been embedded.
        headings: for each passage, the terms of its article's title, outlet and date.
    """
    similarities = _best_similarities(words, embeddings)
    has_numbers = any(map(_is_number, words.terms))
    matches, position = {}, 0
    for passage_id, embedding in embeddings.items():
        by_sentence = similarities[:, position : position + len(embedding.word_counts)]
        position += len(embedding.word_counts)
        if has_numbers:
            by_sentence[_missing_numbers(library, words, passages[passage_id])] = 0.0
        in_heading = [bool(terms & headings.get(passage_id, frozenset())) for terms in words.terms]
        by_sentence[in_heading] = np.maximum(by_sentence[in_heading], _HEADING_MATCH)
        by_word, sentences = by_sentence.max(axis=1), words.weights @ by_sentence
        matches[passage_id] = QueryMatch(
            float(words.weights @ by_word), tuple(sentences.tolist()), float(by_word.min())
        )
    return matches


def _best_similarities(words: QueryWords, embeddings: Mapping[int, Embedding]) -> Vector:
    """Return the cosine of each query word and the most similar word of each sentence: [words, all sentences]."""
    counts = np.array([count for e in embeddings.values() for count in e.word_counts], dtype=np.int64)
    best = np.zeros((len(words.weights), len(counts)), dtype=np.float32)
    if counts.any():
        cosines = words.vectors @ np.concatenate([e.words for e in embeddings.values()]).T
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        best[:, counts > 0] = np.maximum.reduceat(cosines, starts[counts > 0], axis=1)
    return best


def _is_number(terms: Iterable[str]) -> bool:
    return any(term[0].isdigit() for term in terms)


def _missing_numbers(library: Library, words: QueryWords, passage: Passage) -> npt.NDArray[np.bool_]:
    """Return which query words are numbers that a sentence of the passage lacks: [words, sentences]."""
    sentence_terms = [set(library.passages.terms(passage.words(span))) for span in passage.sentences]
    return np.array([[_is_number(terms) and not terms <= found for found in sentence_terms] for terms in words.terms])
