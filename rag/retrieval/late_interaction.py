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
import numpy.typing as npt

from index import Embedding, Library, Passage, Vector, content_spans

_OVER = 0.7  # how well a word that stands in the title is met by each sentence of the article
_NO_MATTER = re.compile(
    r"\bhow (?:long|old|far|fast|big|large|high|tall|often|deep|wide|heavy|soon|quickly|expensive|hot|cold)\b"
    r"|\b(?:latest|newest|most recent(?:ly)?|today|yesterday|(?:this|last) (?:week|month|year))\b",
    re.IGNORECASE,
)
# What kind of place, year or person an answer is: it names one, and needn't say of what kind.
_KIND = re.compile(
    r"\b(?:what|which) (?:[\w-]+ ){0,3}?"
    r"(?P<kind>(?:year|decade|state|nation|place|region|area|town|person|leader)s?|(?:centur|countr|cit)(?:y|ies)|m[ae]n"
    r"|wom[ae]n)(?= (?:is|was|are|were|do|does|did|has|have|had|can|could|will|would|should|of)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class QueryWords:
    """The content words of a query: their terms, vectors [words, dim], and weights that sum to 1."""

    terms: tuple[frozenset[str], ...]
    vectors: Vector
    weights: Vector


@dataclass(frozen=True, slots=True)
class QueryMatch:
    """How well a passage and each of its sentences meet the words of a query, and its worst met word: about 0 to 1."""

    passage: float
    sentences: tuple[float, ...]
    weakest_word: float


def sought(query: str) -> str:
    """A query with blanks for words that tell the kind of answer: how much, how new, which year, place or person."""
    query = _NO_MATTER.sub(lambda match: " " * len(match[0]), query)
    if kind := _KIND.search(query):
        query = f"{query[: kind.start('kind')]}{' ' * len(kind['kind'])}{query[kind.end('kind') :]}"
    return query


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


def met(
    library: Library,
    words: QueryWords,
    passages: Mapping[int, Passage],
    embeddings: Mapping[int, Embedding],
    headings: Mapping[int, Set[str]],
) -> dict[int, QueryMatch]:
    """How well each passage, by id, meets the words of a query.

    A number is met by the same number alone, though others are near in meaning. What stands over an article holds for
    all of it, though no sentence repeats it.

    Args:
        library: what the passages are from.
        words: the words of the query.
        passages: the passages.
        embeddings: the vectors of each passage that has some.
        headings: the terms of title, outlet and day, for each passage.
    """
    nearest = _nearest(words, embeddings)
    has_numbers = any(map(_is_number, words.terms))
    found, at = {}, 0
    for passage_id, embedding in embeddings.items():
        by_sentence = nearest[:, at : at + len(embedding.word_counts)]
        at += len(embedding.word_counts)
        if has_numbers:
            by_sentence[_missing_numbers(library, words, passages[passage_id])] = 0.0
        is_over = [bool(terms & headings.get(passage_id, frozenset())) for terms in words.terms]
        by_sentence[is_over] = np.maximum(by_sentence[is_over], _OVER)
        by_word, sentences = by_sentence.max(axis=1), words.weights @ by_sentence
        found[passage_id] = QueryMatch(float(words.weights @ by_word), tuple(sentences.tolist()), float(by_word.min()))
    return found


def _nearest(words: QueryWords, embeddings: Mapping[int, Embedding]) -> Vector:
    """How near the nearest word of each sentence is to each word of the query: [words, all sentences in order]."""
    counts = np.array([count for e in embeddings.values() for count in e.word_counts], dtype=np.int64)
    nearest = np.zeros((len(words.weights), len(counts)), dtype=np.float32)
    if counts.any():
        cosines = words.vectors @ np.concatenate([e.words for e in embeddings.values()]).T
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        nearest[:, counts > 0] = np.maximum.reduceat(cosines, starts[counts > 0], axis=1)
    return nearest


def _is_number(terms: Iterable[str]) -> bool:
    return any(term[0].isdigit() for term in terms)


def _missing_numbers(library: Library, words: QueryWords, passage: Passage) -> npt.NDArray[np.bool_]:
    """Which words of the query are numbers that a sentence of the passage doesn't hold: [words, sentences]."""
    held = [set(library.terms(passage.words(span))) for span in passage.sentences]
    return np.array([[_is_number(terms) and not terms <= there for there in held] for terms in words.terms])
