"""Rank passages by combining dense search, lexical search and the wording of the query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from index import EVERYTHING, Embedding, Hit, Library, Passage, Selection, Span, Vector
from index.text import Report, contain_versions, shingle_overlap, shingles

from ..grammar import names_in
from ..question import SearchQuery
from .late_interaction import QueryMatch, match_words, query_words
from .proximity import Phrases, phrase_coverage, phrases_of
from .terms import term_coverage, term_weights

POOL_SIZE = 60  # candidates from each kind of search
_MAX_COMPARED = 30  # best candidates whose phrases are compared with the query's
_MIN_SHARED = 0.5  # share of shingles from which a passage repeats another one
# The final score is a weighted sum (Bruch et al. 2023, arXiv:2210.11934). The weights are measured in docs/quality.md.
_RELEVANCE_WEIGHTS = {"passage": 0.25, "sentence": 0.25, "passage_words": 0.5, "sentence_words": 0.5}
_RANKING_WEIGHTS = {"weakest_word": 0.2, "lexical": 0.1, "pairs": 0.1, "runs": 0.2}
_shingles = lru_cache(maxsize=512)(shingles)  # a passage is compared with several others


@dataclass(frozen=True, slots=True)
class RelevanceScores:
    """How similar a passage is to a query in meaning; higher is better.

    Attributes:
        passage_cosine: cosine similarity of the passage.
        sentence_cosines: cosine similarity of each sentence.
        passage_word_match: how well the passage matches the words of the query, by late interaction.
        sentence_word_matches: the same for each sentence.
        weakest_word_match: how well the passage matches the query word that it matches worst.
    """

    passage_cosine: float
    sentence_cosines: tuple[float, ...]
    passage_word_match: float
    sentence_word_matches: tuple[float, ...]
    weakest_word_match: float

    @property
    def total(self) -> float:
        """The weighted sum of all scores except the weakest word's."""
        scores = {
            "passage": self.passage_cosine,
            "sentence": max(self.sentence_cosines, default=0.0),
            "passage_words": self.passage_word_match,
            "sentence_words": max(self.sentence_word_matches, default=0.0),
        }
        return sum(_RELEVANCE_WEIGHTS[name] * score for name, score in scores.items())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its score for a query.

    Attributes:
        passage: the passage.
        score: the final score, which also includes BM25 and the wording of the query.
        scores: the similarity in meaning.
        also_in: ids of near-duplicate articles that contain most of the passage.
    """

    passage: Passage
    score: float
    scores: RelevanceScores = field(repr=False)
    also_in: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates for a query, best first.

    Attributes:
        term_weights: the weights of the query's terms.
        candidates: the candidates.
        clusters: the cluster of each article that has near-duplicates, by article id.
        days: when each of these articles was published.
    """

    term_weights: dict[str, float]
    candidates: list[Candidate]
    clusters: dict[int, int]
    days: dict[int, date | None] = field(default_factory=dict)

    def without_duplicates(self) -> Ranking:
        """Merge each candidate that repeats a better one from a near-duplicate article into that one's `also_in`.

        Passages with different versions of a sentence ("17 dead", "31 dead") aren't merged.
        """
        kept: list[Candidate] = []
        for candidate in self.candidates:
            position = next((n for n, better in enumerate(kept) if self._repeats(candidate, better)), None)
            if position is None:
                kept.append(candidate)
                continue
            better, article_id = kept[position], candidate.passage.article_id
            if article_id not in better.also_in:
                kept[position] = replace(better, also_in=(*better.also_in, article_id))
        return replace(self, candidates=kept)

    def hits(self, k: int) -> list[Hit]:
        """The best `k` candidates as hits."""
        return [Hit(candidate.passage, candidate.score, candidate.also_in) for candidate in self.candidates[:k]]

    def _repeats(self, candidate: Candidate, better: Candidate) -> bool:
        """Return whether a candidate shares most words with a better one from another article of the same cluster."""
        article_id, other_id = candidate.passage.article_id, better.passage.article_id
        cluster = self.clusters.get(article_id)
        if not cluster or other_id == article_id or self.clusters.get(other_id) != cluster:
            return False
        if shingle_overlap(_shingles(candidate.passage.text), _shingles(better.passage.text)) < _MIN_SHARED:
            return False
        return not contain_versions(self.reports_of(candidate.passage), self.reports_of(better.passage))

    def mentioning(self, library: Library, names: Sequence[str]) -> Ranking:
        """Keep the passages that, with the titles of their articles, contain the last word of one of these names."""
        last_words = {name.split()[-1] for name in names if names_in(name)}
        if not last_words:
            return self
        headings = library.catalog.headings({candidate.passage.article_id for candidate in self.candidates})
        wanted = [set(library.passages.terms(word)) for word in last_words]
        texts = {c.passage.id: f"{headings.get(c.passage.article_id, '')} {c.passage.text}" for c in self.candidates}
        kept = [
            candidate
            for candidate in self.candidates
            if any(terms <= set(library.passages.terms(texts[candidate.passage.id])) for terms in wanted)
        ]
        return replace(self, candidates=kept)

    def reports_of(self, passage: Passage, within: Span | None = None) -> list[Report]:
        """The sentences of a passage, or of a part of it, each with the day of the article."""
        day = self.days.get(passage.article_id)
        return [
            Report(passage.words(span), day)
            for span in passage.sentences
            if within is None or within.start <= span.start < within.end
        ]


def rank_passages(
    library: Library, query: SearchQuery, pool_size: int = POOL_SIZE, within: Selection = EVERYTHING
) -> Ranking:
    """Rank the best `pool_size` passages of each kind of search for a query, of a selection of articles.

    The score of a passage doesn't depend on the selection.
    """
    terms = tuple(dict.fromkeys(library.passages.terms(query.terms_text)))
    weights = term_weights(library, terms)
    query_vector = library.embedder.embed_question(query.text) if query.vector is None else query.vector
    lexical = dict(library.passages.by_words(terms, pool_size, within))
    dense = dict(library.passages.by_vector(query_vector, pool_size, within))
    passages = library.passages.by_id(list(dict.fromkeys([*dense, *lexical])))
    scores = _relevance_scores(library, query, query_vector, passages, weights)
    best = lexical if within.is_everything else dict(library.passages.by_words(terms, 1))
    top_lexical = max(best.values(), default=1.0)
    candidates = [
        _add_scores(
            Candidate(passage, scores[passage_id].total, scores[passage_id]),
            {
                "weakest_word": scores[passage_id].weakest_word_match,
                "lexical": lexical.get(passage_id, 0.0) / top_lexical,
            },
        )
        for passage_id, passage in passages.items()
    ]
    candidates.sort(key=_by_score)
    phrases = phrases_of(library, query, weights)
    compared, others = candidates[:_MAX_COMPARED], candidates[_MAX_COMPARED:]
    candidates = sorted([*(_add_phrase_scores(library, phrases, c) for c in compared), *others], key=_by_score)
    clusters = library.catalog.duplicate_clusters({candidate.passage.article_id for candidate in candidates})
    days = {article.id: article.published for article in library.catalog.by_id(clusters).values()}
    return Ranking(weights, candidates, clusters, days)


def _relevance_scores(
    library: Library, query: SearchQuery, query_vector: Vector, passages: dict[int, Passage], weights: dict[str, float]
) -> dict[int, RelevanceScores]:
    """Score passages by their embeddings, or by terms if they haven't been embedded yet."""
    embeddings = library.passages.embeddings(list(passages))
    words = query_words(library, query)
    matches = match_words(library, words, passages, embeddings, _heading_terms(library, passages)) if words else {}
    return {
        passage_id: _score_by_meaning(query_vector, embeddings[passage_id], matches.get(passage_id))
        if passage_id in embeddings
        else _score_by_terms(library, passage, weights)
        for passage_id, passage in passages.items()
    }


def _heading_terms(library: Library, passages: dict[int, Passage]) -> dict[int, frozenset[str]]:
    """Return the terms of the heading of each passage's article."""
    headings = library.catalog.headings({passage.article_id for passage in passages.values()})
    terms = {article_id: frozenset(library.passages.terms(text)) for article_id, text in headings.items()}
    return {i: terms[passage.article_id] for i, passage in passages.items() if passage.article_id in terms}


def _score_by_meaning(query_vector: Vector, embedding: Embedding, match: QueryMatch | None) -> RelevanceScores:
    cosines = tuple((embedding.sentences @ query_vector).tolist())
    match = match or QueryMatch(0.0, (0.0,) * len(cosines), 0.0)  # the query has no content words
    return RelevanceScores(
        float(embedding.passage @ query_vector), cosines, match.passage, match.sentences, match.weakest_word
    )


def _score_by_terms(library: Library, passage: Passage, weights: dict[str, float]) -> RelevanceScores:
    """Score a passage without vectors by its share of the query's terms. Cosines are about half as large."""
    terms = library.passages.terms(passage.text)
    share = term_coverage(terms, weights)
    texts = [passage.words(span) for span in passage.sentences]
    sentence_shares = tuple(term_coverage(library.passages.terms(text), weights) for text in texts)
    has_all_terms = weights.keys() <= set(terms)
    return RelevanceScores(
        share / 2, tuple(share / 2 for share in sentence_shares), share, sentence_shares, float(has_all_terms)
    )


def _add_phrase_scores(library: Library, phrases: Phrases, candidate: Candidate) -> Candidate:
    pairs, runs = phrase_coverage(library, phrases, candidate.passage.text)
    return _add_scores(candidate, {"pairs": pairs, "runs": runs})


def _add_scores(candidate: Candidate, scores: dict[str, float]) -> Candidate:
    bonus = sum(_RANKING_WEIGHTS[name] * score for name, score in scores.items())
    return replace(candidate, score=candidate.score + bonus)


def _by_score(candidate: Candidate) -> tuple[float, int]:
    return -candidate.score, candidate.passage.id
