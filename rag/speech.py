"""Which statements answer a question about speech: of whom, about what, in which articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from index import Library, Statement

from .extract import term_share
from .limits import ANYWHERE, Limits
from .question import names_in
from .retrieve import term_weights

_SHARED = 0.5  # share of a topic's words from which a sentence is about it
_RELATED = 0.3  # cosine from which a sentence is about a topic without sharing words with it …
_RELATED_NAME = 0.5  # … where the topic is somebody or some place by name
_SAME = 90.0  # per cent of likeness from which two statements are one that two articles report
_COMPARED = 300  # statements that are all compared with a topic; of more, those in the articles that search finds
_SEARCHED = 200  # passages


@dataclass(frozen=True, slots=True)
class Told:
    """A statement, and the ids of further articles that report nearly the same words."""

    statement: Statement
    also_in: list[int] = field(default_factory=list)


def statements_of(
    library: Library, names: Sequence[str] | None, about: str | None = None, limits: Limits = ANYWHERE
) -> list[Statement]:
    """The statements of speakers, by stored names (None: anybody's): by date and place, or nearest to a topic first."""
    period, publisher = limits.period, limits.publisher
    if about is None:
        return library.statements(names, publisher=publisher, period=period)
    if names is not None and library.count_statements(names, publisher=publisher, period=period) <= _COMPARED:
        return related(library, library.statements(names, publisher=publisher, period=period), about)
    article_ids = _articles_about(library, about)
    near = library.statements(names, article_ids=article_ids, publisher=publisher, period=period)
    return related(library, near, about)


def _articles_about(library: Library, about: str) -> list[int]:
    """The articles that the two kinds of search find for a topic."""
    by_words = library.search_words(list(dict.fromkeys(library.terms(about))), _SEARCHED)
    by_meaning = library.search_vectors(library.embedder.embed_question(about), _SEARCHED)
    passages = library.passages([passage_id for passage_id, _ in [*by_words, *by_meaning]])
    return sorted({passage.article_id for passage in passages.values()})


def related(library: Library, statements: Sequence[Statement], about: str) -> list[Statement]:
    """The statements that are about a topic, nearest first: they share its words, or mean nearly the same."""
    if not statements:
        return []
    weights = term_weights(library, list(dict.fromkeys(library.terms(about))))
    cosines = _cosines(library, statements, about)
    related_from = _RELATED_NAME if names_in(about) else _RELATED
    scored = []
    for statement in statements:
        share = term_share(library.terms(statement.text), weights)
        cosine = cosines.get((statement.article_id, statement.start), 0.0)
        if share >= _SHARED or cosine >= related_from:
            scored.append((share + cosine, statement))
    scored.sort(key=lambda pair: (-pair[0], pair[1].article_id, pair[1].start))
    return [statement for _, statement in scored]


def _cosines(library: Library, statements: Sequence[Statement], about: str) -> dict[tuple[int, int], float]:
    """Cosine to the topic of the nearest sentence of each statement, by article and start."""
    topic = library.embedder.embed_question(about)
    passages = [p for article_id in {s.article_id for s in statements} for p in library.passages_of(article_id)]
    embeddings = library.embeddings([passage.id for passage in passages])
    sentences: dict[int, list[tuple[int, float]]] = {}
    for passage in passages:
        if passage.id in embeddings:
            scores = (embeddings[passage.id].sentences @ topic).tolist()
            sentences.setdefault(passage.article_id, []).extend(
                (span.start, score) for span, score in zip(passage.sentences, scores, strict=True)
            )
    return {
        (s.article_id, s.start): max(
            (score for start, score in sentences.get(s.article_id, ()) if s.start <= start < s.end), default=0.0
        )
        for s in statements
    }


def in_way(library: Library, statements: Sequence[Statement], way: Iterable[str]) -> list[Statement]:
    """The statements that are made in a way of speaking: one of its verbs is their cue."""
    wanted = set(library.terms(" ".join(way)))
    return [statement for statement in statements if wanted & set(library.terms(statement.cue))]


def folded_alike(statements: Iterable[Statement], most: int) -> list[Told]:
    """The first statements, at most `most`, with those of other articles in nearly the same words folded into them."""
    told: list[Told] = []
    for statement in statements:
        same = next((t for t in told if _is_same(t.statement, statement)), None)
        if same is None:
            if len(told) == most:
                break
            told.append(Told(statement))
        elif statement.article_id not in (same.statement.article_id, *same.also_in):
            same.also_in.append(statement.article_id)
    return told


def _is_same(one: Statement, other: Statement) -> bool:
    if one.article_id == other.article_id:
        return one.start == other.start
    return fuzz.ratio(one.text.lower(), other.text.lower(), score_cutoff=_SAME) > 0
