"""Which statements answer a question about speech: of whom, about what, in which articles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rapidfuzz import fuzz

from index import Library, Passage, Statement

from ..question import NO_FILTERS, QuestionFilters, names_in
from ..retrieval import term_share, term_weights

_SHARED = 0.5  # share of a topic's words from which a sentence is about it
_RELATED = 0.3  # cosine from which a sentence is about a topic without sharing words with it …
_RELATED_NAME = 0.5  # … where the topic is somebody or some place by name
# The same in an article whose title has the topic's words, where the topic is no name, and where it is one.
_TITLED, _TITLED_NAME = 0.15, 0.3
_NEAREST = 0.6  # share of the best score that a statement of anybody needs
_DAYS_APART = 7  # within which two articles report the same statement
_SAME = 90.0  # per cent of likeness from which two statements are one that two articles report
_SAME_IN_STORY = 75.0  # the same in near-duplicate articles
_COMPARED = 300  # statements that are all compared with a topic; of more, those in the articles that search finds
_SEARCHED = 200  # passages


Reach = Literal["exact", "near", "all"]


@dataclass(frozen=True, slots=True)
class MergedStatement:
    """A statement, and the ids of further articles that report nearly the same words."""

    statement: Statement
    also_in: list[int] = field(default_factory=list)


def statements_of(
    library: Library,
    names: Sequence[str] | None,
    about: str | None = None,
    limits: QuestionFilters = NO_FILTERS,
    reach: Reach = "near",
) -> list[Statement]:
    """The statements of speakers, by stored names (None: anybody's): by date and place, or nearest to a topic first.

    Of very many statements, those are compared with the topic that stand in the passages which search finds for it.
    """
    period, publisher = limits.period, limits.publisher
    if about is None:
        return library.statements(names, publisher=publisher, period=period)
    if names is not None and library.count_statements(names, publisher=publisher, period=period) <= _COMPARED:
        return related(library, library.statements(names, publisher=publisher, period=period), about, reach)
    found = _passages_about(library, about)
    article_ids = {passage.article_id for passage in found}
    near = library.statements(names, article_ids=article_ids, publisher=publisher, period=period)
    places = {(passage.article_id, span.start) for passage in found for span in passage.sentences}
    return related(library, [s for s in near if (s.article_id, s.start) in places], about, reach)


def _passages_about(library: Library, about: str) -> list[Passage]:
    """The passages that the two kinds of search find for a topic."""
    by_words = library.search_words(list(dict.fromkeys(library.terms(about))), _SEARCHED)
    by_meaning = library.search_vectors(library.embedder.embed_question(about), _SEARCHED)
    return list(library.passages([passage_id for passage_id, _ in [*by_words, *by_meaning]]).values())


def related(library: Library, statements: Sequence[Statement], about: str, reach: Reach = "near") -> list[Statement]:
    """The statements that are about a topic, nearest first: they share its words, or mean nearly the same.

    Args:
        library: where they are from.
        statements: those to choose from.
        about: the topic.
        reach: "exact" leaves it at that, without what is far behind the nearest; "near" adds what means something
            near in an article whose title has the topic's words; "all" adds all statements of such an article.
    """
    if not statements:
        return []
    weights = term_weights(library, list(dict.fromkeys(library.terms(about))))
    cosines = _cosines(library, statements, about)
    is_name = names_in(about) == (about,)
    titled_from = _TITLED_NAME if is_name else _TITLED
    articles = library.articles_by_id({statement.article_id for statement in statements})
    titled = {a.id for a in articles.values() if term_share(library.terms(a.title), weights) >= _SHARED}
    scored = []
    for statement in statements:
        share = term_share(library.terms(statement.text), weights)
        cosine = cosines.get((statement.article_id, statement.start), 0.0)
        if share >= _SHARED or cosine >= (_RELATED_NAME if is_name else _RELATED):
            scored.append((1 + share + cosine, statement))
        elif statement.article_id in titled and (reach == "all" or (reach == "near" and cosine >= titled_from)):
            scored.append((share + cosine, statement))
    scored.sort(key=lambda pair: (-pair[0], pair[1].article_id, pair[1].start))
    least = 1 + _NEAREST * (scored[0][0] - 1) if reach == "exact" and scored else 0.0
    return [statement for score, statement in scored if score >= least]


def _cosines(library: Library, statements: Sequence[Statement], about: str) -> dict[tuple[int, int], float]:
    """Cosine to the topic of the nearest sentence of each statement, by article and start."""
    topic = library.embedder.embed_question(about)
    passages = library.passages_at((statement.article_id, statement.start) for statement in statements)
    vectors = library.sentence_vectors([passage.id for passage in passages])
    sentences: dict[int, list[tuple[int, float]]] = {}
    for passage in passages:
        if passage.id in vectors:
            scores = (vectors[passage.id] @ topic).tolist()
            sentences.setdefault(passage.article_id, []).extend(
                (span.start, score) for span, score in zip(passage.sentences, scores, strict=True)
            )
    return {
        (s.article_id, s.start): max(
            (score for start, score in sentences.get(s.article_id, ()) if s.start <= start < s.end), default=0.0
        )
        for s in statements
    }


def folded_alike(library: Library, statements: Sequence[Statement], most: int) -> list[MergedStatement]:
    """The first statements, at most `most`, with those of other articles in nearly the same words folded into them."""
    articles = library.articles_by_id({statement.article_id for statement in statements})
    days = {article.id: article.published for article in articles.values()}
    clusters = library.duplicate_clusters(articles)
    told: list[MergedStatement] = []
    for statement in statements:
        same = next((t for t in told if _is_same(t.statement, statement, days, clusters)), None)
        if same is None:
            if len(told) == most:
                break
            told.append(MergedStatement(statement))
        elif statement.article_id not in (same.statement.article_id, *same.also_in):
            same.also_in.append(statement.article_id)
    return told


def _is_same(one: Statement, other: Statement, days: Mapping[int, date | None], clusters: Mapping[int, int]) -> bool:
    """True where two statements are one: the same sentence, or nearly, of articles of the same days and numbers.

    Near-duplicates may have edited it more.
    """
    if one.article_id == other.article_id:
        return one.start == other.start
    cluster = clusters.get(one.article_id)
    if cluster is not None and cluster == clusters.get(other.article_id):
        return fuzz.ratio(one.text.lower(), other.text.lower(), score_cutoff=_SAME_IN_STORY) > 0
    first, second = days.get(one.article_id), days.get(other.article_id)
    if first and second and abs((first - second).days) > _DAYS_APART:
        return False
    if re.findall(r"\d+", one.text) != re.findall(r"\d+", other.text):
        return False
    return fuzz.ratio(one.text.lower(), other.text.lower(), score_cutoff=_SAME) > 0
