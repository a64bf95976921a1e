"""Find the statements that answer a question about speech: by speaker, topic and article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from index import EVERYTHING, Library, Passage, Selection, Statement

from ..grammar import names_in
from ..retrieval import term_coverage, term_weights
from .folding import Folding

_MIN_SHARE = 0.5  # share of the topic's words that makes a sentence relevant
_MIN_COSINE = 0.3  # cosine similarity that makes a sentence relevant without common words …
_MIN_COSINE_NAME = 0.5  # … if the topic is the name of a person or place
# The same for articles whose title contains the topic's words.
_MIN_COSINE_TITLED, _MIN_COSINE_TITLED_NAME = 0.15, 0.3
_MIN_RELATIVE_SCORE = 0.6  # share of the best score, with scope "exact"
_MAX_COMPARED = 300  # statements to compare with a topic; if there are more, search selects them
_MAX_SEARCHED = 200  # passages of each kind of search


TopicScope = Literal["exact", "near", "all"]


@dataclass(frozen=True, slots=True)
class MergedStatement:
    """A statement, and the ids of further articles that report nearly the same words."""

    statement: Statement
    also_in: list[int] = field(default_factory=list)


def find_statements(
    library: Library,
    names: Sequence[str] | None,
    about: str | None,
    within: Selection = EVERYTHING,
    scope: TopicScope = "near",
) -> list[Statement]:
    """Find statements by date and position, or about a topic, most relevant first.

    If there are very many, only those in passages that search finds for the topic are compared with it.

    Args:
        library: the library.
        names: stored names of the speakers; None for anyone.
        about: the topic, if any.
        within: the articles to look in.
        scope: which statements count as being about the topic, see `rank_by_topic`.
    """
    if about is None:
        return library.speech.statements(names, within=within)
    if names is not None and library.speech.count(names, within=within) <= _MAX_COMPARED:
        return rank_by_topic(library, library.speech.statements(names, within=within), about, scope)
    passages = _passages_about(library, about, within)
    article_ids = {passage.article_id for passage in passages}
    statements = library.speech.statements(names, article_ids=article_ids, within=within)
    sentences = {(passage.article_id, span.start) for passage in passages for span in passage.sentences}
    return rank_by_topic(library, [s for s in statements if (s.article_id, s.start) in sentences], about, scope)


def _passages_about(library: Library, about: str, within: Selection) -> list[Passage]:
    """The passages that either kind of search finds for a topic."""
    by_words = library.passages.by_words(list(dict.fromkeys(library.passages.terms(about))), _MAX_SEARCHED, within)
    by_meaning = library.passages.by_vector(library.embedder.embed_question(about), _MAX_SEARCHED, within)
    return list(library.passages.by_id([passage_id for passage_id, _ in [*by_words, *by_meaning]]).values())


def rank_by_topic(
    library: Library, statements: Sequence[Statement], about: str, scope: TopicScope = "near"
) -> list[Statement]:
    """Rank the statements that are about a topic: that share its words or have nearly the same meaning.

    Args:
        library: the library of the statements.
        statements: the statements to choose from.
        about: the topic.
        scope: "exact" drops statements that score much lower than the best; "near" also keeps statements of less
            similar meaning in articles whose title contains the topic's words; "all" keeps all those of such articles.
    """
    if not statements:
        return []
    weights = term_weights(library, list(dict.fromkeys(library.passages.terms(about))))
    cosines = _cosines(library, statements, about)
    is_name = names_in(about) == (about,)
    min_cosine = _MIN_COSINE_NAME if is_name else _MIN_COSINE
    min_cosine_titled = _MIN_COSINE_TITLED_NAME if is_name else _MIN_COSINE_TITLED
    articles = library.catalog.by_id({statement.article_id for statement in statements})
    titled = {
        article.id
        for article in articles.values()
        if term_coverage(library.passages.terms(article.title), weights) >= _MIN_SHARE
    }
    scored = []
    for statement in _naming(library, statements, about):
        share = term_coverage(library.passages.terms(statement.text), weights)
        cosine = cosines.get((statement.article_id, statement.start), 0.0)
        if share >= _MIN_SHARE or cosine >= min_cosine:
            scored.append((1 + share + cosine, statement))
        elif statement.article_id in titled and (scope == "all" or (scope == "near" and cosine >= min_cosine_titled)):
            scored.append((share + cosine, statement))
    scored.sort(key=lambda pair: (-pair[0], pair[1].article_id, pair[1].start))
    min_score = 1 + _MIN_RELATIVE_SCORE * (scored[0][0] - 1) if scope == "exact" and scored else 0.0
    return [statement for score, statement in scored if score >= min_score]


def _naming(library: Library, statements: Sequence[Statement], about: str) -> list[Statement]:
    """Return the statements that contain the names within a topic, together with their neighbours and the title.

    A topic that is a name and nothing else may also be meant by other words: "the president" for "Biden".
    """
    terms = set(library.passages.terms(" ".join(name for name in names_in(about) if name != about)))
    if not terms:
        return list(statements)
    headings = library.catalog.headings({statement.article_id for statement in statements})
    starts = {(statement.article_id, statement.start) for statement in statements}
    near: dict[tuple[int, int], str] = {}
    for passage in library.passages.at(starts):
        for position, span in enumerate(passage.sentences):
            if (passage.article_id, span.start) in starts:
                neighbours = passage.sentences[max(0, position - 1) : position + 2]
                near[passage.article_id, span.start] = " ".join(map(passage.words, neighbours))
    return [
        one
        for one in statements
        if terms
        <= set(
            library.passages.terms(
                f"{headings.get(one.article_id, '')} {one.text} {near.get((one.article_id, one.start), '')}"
            )
        )
    ]


def _cosines(library: Library, statements: Sequence[Statement], about: str) -> dict[tuple[int, int], float]:
    """Cosine similarity to the topic of the most similar sentence of each statement, by article and start."""
    topic = library.embedder.embed_question(about)
    passages = library.passages.at((statement.article_id, statement.start) for statement in statements)
    vectors = library.passages.sentence_vectors([passage.id for passage in passages])
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


def merge_similar(library: Library, statements: Sequence[Statement], limit: int) -> list[MergedStatement]:
    """Merge statements of different articles that report the same; stop after the first `limit` statements.

    If statements are versions of one report ("17 dead", "31 dead"), the newest one takes the rank of the best one.
    """
    articles = library.catalog.by_id({statement.article_id for statement in statements})
    days = {article.id: article.published for article in articles.values()}
    folding = Folding(days, library.catalog.duplicate_clusters(articles))
    merged: list[MergedStatement] = []
    for statement in statements:
        similar = [n for n, one in enumerate(merged) if folding.are_similar(one.statement, statement)]
        same = next((merged[n] for n in similar if folding.is_same(merged[n].statement, statement)), None)
        if same is None:
            if len(merged) == limit:
                break
            older = (n for n in similar if folding.is_newer(statement, merged[n].statement))
            merged.insert(next(older, len(merged)), MergedStatement(statement))
        elif statement.article_id not in (same.statement.article_id, *same.also_in):
            same.also_in.append(statement.article_id)
    return merged
