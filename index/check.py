"""State and integrity of a library: rows against checksums, text against offsets, indexes against rows."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from .embedding import EmbedderLoader
from .errors import LibraryError
from .records import Article, Passage, Span, Statement, Status
from .search import VectorIndex, WordIndex
from .storage import COLUMNS, Database, StatementFilter

_MAX_LISTED = 5  # ids in a line
_DERIVED = {"vectors": "vectors", "statements": "statements", "speakers": "statements"}


def problems(database: Database, words: WordIndex) -> Iterator[str]:
    """Problems of a library with their remedies, one line each. A part that can't be read is a problem too."""
    for part in (_file, _rows, _articles, _words, _pending):
        yield from _run(part, database, words)


def status_of(database: Database, vectors: VectorIndex, embedder: EmbedderLoader, directory: Path) -> Status:
    """Counts of a library, and the progress of the work that follows an add."""
    counts = database.counts()
    return Status(
        articles=counts["articles"],
        passages=counts["passages"],
        embedded=counts["vectors"],
        articles_processed=counts["articles"] - database.statements.count_pending(),
        statements=counts["statements"],
        speakers=counts["speakers"],
        embedder=database.embedder(),
        precision=vectors.precision_of(counts["vectors"]),
        arithmetic=embedder.arithmetic,
        directory=str(directory),
    )


def vectors_to_rebuild(database: Database) -> list[int]:
    """Ids of passages whose vectors are damaged or inconsistent."""
    return sorted({*database.integrity.damaged_rows("vectors"), *database.integrity.inconsistent_vectors()})


def _run(part: Callable[[Database, WordIndex], Iterator[str]], database: Database, words: WordIndex) -> Iterator[str]:
    try:
        yield from part(database, words)
    except (LibraryError, ValueError, TypeError, OSError) as error:
        yield f"Part of the library can't be read: {error}"


def _file(database: Database, _: WordIndex) -> Iterator[str]:
    for problem in database.integrity.problems():
        yield f"The SQLite file is damaged: {problem}."


def _rows(database: Database, _: WordIndex) -> Iterator[str]:
    for table in COLUMNS:
        if ids := database.integrity.damaged_rows(table):
            remedy = (
                f"Repair rebuilds {_DERIVED[table]}." if table in _DERIVED else "Restore a backup or add them again."
            )
            yield f"{_count(len(ids), 'row')} of {table} changed since written: {_list(ids)}. {remedy}"
    if ids := database.integrity.inconsistent_vectors():
        yield f"The vectors of {_count(len(ids), 'passage')} are inconsistent: {_list(ids)}. Repair rebuilds vectors."
    if database.integrity.newest_row() > database.change():
        yield "Some rows are newer than the change counter."


def _articles(database: Database, _: WordIndex) -> Iterator[str]:
    for article_id in database.integrity.article_ids():
        if database.integrity.damaged_texts([article_id]):
            yield f"Article {article_id}: its text is damaged. Remove the article and add it again."
            continue
        article = database.article(article_id)
        statements = database.statements.statements(StatementFilter(article_ids=(article_id,)))
        yield from _article_problems(article, database.passages_of(article_id), statements)
    for revision_id in database.integrity.damaged_texts(database.integrity.revision_ids()):
        yield f"Article {revision_id}, an earlier revision: its text is damaged. Remove it."


def _words(database: Database, words: WordIndex) -> Iterator[str]:
    yield from words.problems()
    found, expected = set(words.ids()), set(database.integrity.passage_ids())
    if missing := expected - found:
        yield f"The word index lacks {_count(len(missing), 'passage')}. Repair rebuilds it."
    if surplus := found - expected:
        yield f"The word index contains {_count(len(surplus), 'removed passage')}. Repair rebuilds it."


def _pending(database: Database, _: WordIndex) -> Iterator[str]:
    for count, what in (
        (database.vectors.count_missing(), "passages aren't embedded yet."),
        (database.duplicates.count_pending(), "articles haven't been compared for near-duplicates yet."),
        (database.statements.count_pending(), "articles haven't been processed for statements yet."),
    ):
        if count:
            yield f"{count} {what}"


def _article_problems(article: Article, passages: list[Passage], statements: Iterable[Statement]) -> Iterator[str]:
    if not article.sources:
        yield f"Article {article.id} has no source."
    if not passages:
        yield f"Article {article.id} has no passages."
    ends = [0, *(p.end for p in passages)]
    gaps = [article.text[end : p.start] for end, p in zip(ends, passages, strict=False)]
    if any(gap.strip() for gap in itertools.chain(gaps, [article.text[ends[-1] :]])):
        yield f"Article {article.id}: part of its text isn't in any passage."
    for passage in passages:
        spans = [Span(passage.start, passage.start), *passage.sentences, Span(passage.end, passage.end)]
        if not passage.sentences or any(a.end > b.start or a.start > a.end for a, b in itertools.pairwise(spans)):
            yield f"Article {article.id}: the sentences of the passage at {passage.start} don't match it."
    statements = list(statements)
    items: list[Passage | Statement] = [*passages, *statements]
    for item in items:
        if article.text[item.start : item.end] != item.text or not item.text:
            yield f"Article {article.id}: {item.start}–{item.end} doesn't contain the recorded words."
    for statement in statements:
        if not all(_is_within(span, statement) for span in statement.content):
            yield f"Article {article.id}: the content of statement {statement.start}–{statement.end} is outside it."


def _is_within(span: Span, statement: Statement) -> bool:
    return statement.start <= span.start < span.end <= statement.end


def _count(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count:,} {noun}s"


def _list(ids: list[int]) -> str:
    more = ", …" if len(ids) > _MAX_LISTED else ""
    return ", ".join(map(str, ids[:_MAX_LISTED])) + more
