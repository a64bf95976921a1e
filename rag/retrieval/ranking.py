"""Which passages are about a question: dense and lexical search, their results ranked together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from index import Embedding, Library, Passage, Vector, shared, shingles

from .late_interaction import QueryMatch, met, query_words, sought, term_share, term_weights
from .proximity import Phrases, held, phrases_of

POOL = 60  # candidates of each kind of search
_READ = 30  # best candidates whose wording is compared with the query's
_REPEATED = 0.5  # share of a passage's shingles from which it repeats another one
# A weighted sum, as in Bruch et al. 2023 (arXiv:2210.11934): of what tells how near a passage is, and of what tells
# more about its rank. Measured in docs/quality.md.
_NEAR = {"dense": 0.25, "sentence": 0.25, "words": 0.5, "sentence_words": 0.5}
_FURTHER = {"weakest_word": 0.2, "lexical": 0.1, "pairs": 0.1, "runs": 0.2}


@dataclass(frozen=True, slots=True)
class RelevanceScores:
    """How near in meaning a passage is to a query. All for higher is better.

    `dense` is its cosine, `sentence_scores` are those of its sentences; `words` and `sentence_words` tell how well the
    words of the query are met (`late_interaction`), `weakest_word` how well the one that is met worst.
    """

    dense: float
    sentence_scores: tuple[float, ...]
    words: float
    sentence_words: tuple[float, ...]
    weakest_word: float

    @property
    def total(self) -> float:
        """All but the weakest word, summed up."""
        scores = {
            "dense": self.dense,
            "sentence": max(self.sentence_scores, default=0.0),
            "words": self.words,
            "sentence_words": max(self.sentence_words, default=0.0),
        }
        return sum(_NEAR[name] * score for name, score in scores.items())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its nearness to a query, and the score that sums it up with BM25 and the wording.

    `also_in` are the ids of near-duplicate articles that hold most of the passage too.
    """

    passage: Passage
    score: float
    near: RelevanceScores = field(repr=False)
    also_in: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates for a query, best first, with the weights of the query's terms.

    `stories` has the story of each article that is a near-duplicate of another one.
    """

    weights: dict[str, float]
    candidates: list[Candidate]
    clusters: dict[int, int]


def rank(library: Library, query: str, pool: int = POOL) -> Ranking:
    """Rank passages for a query."""
    terms = tuple(dict.fromkeys(library.terms(sought(query))))
    weights = term_weights(library, terms)
    vector = library.embedder.embed_question(query)
    lexical = dict(library.search_words(terms, pool))
    dense = dict(library.search_vectors(vector, pool))
    ids = list(dict.fromkeys([*dense, *lexical]))
    passages, embeddings = library.passages(ids), library.embeddings(ids)
    words = query_words(library, query)
    articles = {passage.article_id for passage in passages.values()}
    headings = {i: frozenset(library.terms(text)) for i, text in library.headings(articles).items()}
    over = {i: headings[p.article_id] for i, p in passages.items() if p.article_id in headings}
    found = met(library, words, passages, embeddings, over) if words else {}
    top_lexical = max(lexical.values(), default=1.0)
    phrases = phrases_of(library, query, weights)
    candidates = []
    for passage_id, passage in passages.items():
        embedding = embeddings.get(passage_id)
        if embedding is None:
            near = _by_terms(library, passage, weights)
        else:
            near = _by_meaning(vector, embedding, found.get(passage_id))
        further = {"weakest_word": near.weakest_word, "lexical": lexical.get(passage_id, 0.0) / top_lexical}
        candidates.append(_raised(Candidate(passage, near.total, near), further))
    candidates.sort(key=_by_score)
    candidates[:_READ] = [_with_phrases(library, phrases, candidate) for candidate in candidates[:_READ]]
    candidates.sort(key=_by_score)
    clusters = library.duplicate_clusters({candidate.passage.article_id for candidate in candidates})
    return Ranking(weights, candidates, clusters)


def folded(ranking: Ranking) -> Ranking:
    """Without passages that repeat what a better one of a near-duplicate article holds: that one names the article."""
    clusters = ranking.clusters
    kept: list[Candidate] = []
    for candidate in ranking.candidates:
        article_id = candidate.passage.article_id
        cluster = clusters.get(article_id)
        same = (at for at, one in enumerate(kept) if cluster and _repeats(candidate, one, clusters, cluster))
        at = next(same, None)
        if at is None:
            kept.append(candidate)
        elif article_id not in kept[at].also_in:
            kept[at] = replace(kept[at], also_in=(*kept[at].also_in, article_id))
    return replace(ranking, candidates=kept)


def _repeats(candidate: Candidate, one: Candidate, clusters: dict[int, int], cluster: int) -> bool:
    """True for a passage of another article of the same story that shares most of its words with `one`."""
    other = one.passage.article_id
    if other == candidate.passage.article_id or clusters.get(other) != cluster:
        return False
    return shared(shingles(candidate.passage.text), shingles(one.passage.text)) >= _REPEATED


def _by_meaning(vector: Vector, embedding: Embedding, found: QueryMatch | None) -> RelevanceScores:
    sentences = tuple((embedding.sentences @ vector).tolist())
    found = found or QueryMatch(0.0, (0.0,) * len(sentences), 0.0)  # a query without content words
    return RelevanceScores(
        float(embedding.passage @ vector), sentences, found.passage, found.sentences, found.weakest_word
    )


def _by_terms(library: Library, passage: Passage, weights: dict[str, float]) -> RelevanceScores:
    """What stands in for vectors: the share of the query's terms that occur. Cosines are about half as large."""
    terms = library.terms(passage.text)
    whole = term_share(terms, weights)
    texts = [passage.words(span) for span in passage.sentences]
    shares = tuple(term_share(library.terms(text), weights) for text in texts)
    return RelevanceScores(
        whole / 2, tuple(share / 2 for share in shares), whole, shares, float(weights.keys() <= set(terms))
    )


def _with_phrases(library: Library, phrases: Phrases, candidate: Candidate) -> Candidate:
    pairs, runs = held(library, phrases, candidate.passage.text)
    return _raised(candidate, {"pairs": pairs, "runs": runs})


def _raised(candidate: Candidate, further: dict[str, float]) -> Candidate:
    return replace(candidate, score=candidate.score + sum(_FURTHER[name] * value for name, value in further.items()))


def _by_score(candidate: Candidate) -> tuple[float, int]:
    return -candidate.score, candidate.passage.id
