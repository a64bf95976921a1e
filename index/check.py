"""Whether what a library holds fits together: everything compared with everything."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

from .errors import LibraryError
from .records import Article, Passage, Span, Statement
from .search import WordIndex
from .storage import COLUMNS, Database, StatementFilter

_NAMED = 5  # ids in a line
_DERIVED = {"vectors": "vectors", "statements": "statements", "speakers": "statements"}


def problems(database: Database, words: WordIndex) -> Iterator[str]:
    """What is wrong, in words, and where it can be mended, how. A part that can't be read is a problem of its own."""
    for part in (_file, _rows, _articles, _words, _unfinished):
        yield from _told(part, database, words)


def vectors_to_rebuild(database: Database) -> list[int]:
    """The passages whose vectors don't hold what was written, or don't fit the passage."""
    return sorted({*database.integrity.damaged_rows("vectors"), *database.integrity.unfitting_vectors()})


def _told(part: Callable[[Database, WordIndex], Iterator[str]], database: Database, words: WordIndex) -> Iterator[str]:
    try:
        yield from part(database, words)
    except (LibraryError, ValueError, TypeError, OSError) as error:
        yield f"part of the library can't be read: {error}"


def _file(database: Database, _: WordIndex) -> Iterator[str]:
    for problem in database.integrity.problems():
        yield f"the SQLite file is damaged: {problem}"


def _rows(database: Database, _: WordIndex) -> Iterator[str]:
    for table in COLUMNS:
        if ids := database.integrity.damaged_rows(table):
            mend = (
                f"; --repair makes {_DERIVED[table]} anew"
                if table in _DERIVED
                else "; restore a backup, or add them again"
            )
            yield f"{_many(len(ids), 'row')} of {table} changed since written: {_named(ids)}{mend}"
    if ids := database.integrity.unfitting_vectors():
        yield f"the vectors of {_many(len(ids), 'passage')} don't fit: {_named(ids)}; --repair makes vectors anew"
    if database.integrity.newest_row() > database.change():
        yield "rows are newer than the change counter"


def _articles(database: Database, _: WordIndex) -> Iterator[str]:
    for article_id in database.integrity.article_ids():
        if database.integrity.damaged_texts([article_id]):
            yield f"article {article_id}: its text is not the one that was added; remove it and add it again"
            continue
        article = database.article(article_id)
        statements = database.statements.statements(StatementFilter(article_ids=(article_id,)))
        yield from _article_problems(article, database.passages_of(article_id), statements)
    for revision_id in database.integrity.damaged_texts(database.integrity.revision_ids()):
        yield f"article {revision_id}, an earlier revision: its text is not the one that was added; remove it"


def _words(database: Database, words: WordIndex) -> Iterator[str]:
    yield from words.problems()
    found, wanted = set(words.ids()), set(database.integrity.passage_ids())
    if missing := wanted - found:
        yield f"the word index lacks {_many(len(missing), 'passage')}; --repair makes it anew"
    if surplus := found - wanted:
        yield f"the word index holds {_many(len(surplus), 'passage')} that are gone; --repair makes it anew"


def _unfinished(database: Database, _: WordIndex) -> Iterator[str]:
    for count, what in (
        (database.vectors.count_missing(), "passages are not embedded yet"),
        (database.duplicates.count_unplaced(), "articles have not been compared for near-duplicates yet"),
        (database.statements.count_pending(), "articles have not been read for statements yet"),
    ):
        if count:
            yield f"{count} {what}"


def _article_problems(article: Article, passages: list[Passage], statements: Iterable[Statement]) -> Iterator[str]:
    if not article.sources:
        yield f"article {article.id} has no source"
    if not passages:
        yield f"article {article.id} has no passages"
    ends = [0, *(p.end for p in passages)]
    gaps = [article.text[end : p.start] for end, p in zip(ends, passages, strict=False)]
    if any(gap.strip() for gap in itertools.chain(gaps, [article.text[ends[-1] :]])):
        yield f"article {article.id}: part of its text is in no passage"
    for passage in passages:
        spans = [Span(passage.start, passage.start), *passage.sentences, Span(passage.end, passage.end)]
        if not passage.sentences or any(a.end > b.start or a.start > a.end for a, b in itertools.pairwise(spans)):
            yield f"article {article.id}: the sentences of the passage at {passage.start} don't fit it"
    statements = list(statements)
    items: list[Passage | Statement] = [*passages, *statements]
    for item in items:
        if article.text[item.start : item.end] != item.text or not item.text:
            yield f"article {article.id}: {item.start}–{item.end} doesn't hold the words recorded for it"
    for statement in statements:
        if not all(_is_within(span, statement) for span in statement.content):
            yield f"article {article.id}: the words said at {statement.start}–{statement.end} lie outside of them"


def _is_within(span: Span, statement: Statement) -> bool:
    return statement.start <= span.start < span.end <= statement.end


def _many(count: int, noun: str) -> str:
    return f"one {noun}" if count == 1 else f"{count:,} {noun}s"


def _named(ids: list[int]) -> str:
    more = ", …" if len(ids) > _NAMED else ""
    return ", ".join(map(str, ids[:_NAMED])) + more
