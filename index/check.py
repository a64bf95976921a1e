"""Whether what a library holds fits together."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from .database import Database
from .records import Article, Passage, Span, Statement
from .statement_store import Choice


def problems(database: Database, searchable: int) -> Iterator[str]:
    """What is wrong, in words. `searchable` is the number of passages in the word index."""
    for problem in database.problems():
        yield f"the SQLite file is damaged: {problem}"
    for article in database.articles():
        statements = database.said.statements(Choice(article_ids=(article.id,)))
        yield from _article_problems(article, database.passages_of(article.id), statements)
    counts = database.counts()
    if searchable != counts["passages"]:
        yield f"the word index holds {searchable} passages, the library {counts['passages']}"
    if missing := counts["passages"] - counts["vectors"]:
        yield f"{missing} passages are not embedded yet"
    if unplaced := database.stories.count_unplaced():
        yield f"{unplaced} articles have not been compared for near-duplicates yet"
    if unread := database.said.count_unread():
        yield f"{unread} articles have not been read for statements yet"


def _article_problems(article: Article, passages: list[Passage], statements: Iterable[Statement]) -> Iterator[str]:
    if not passages:
        yield f"article {article.id} has no passages"
    ends = [0, *(p.end for p in passages)]
    gaps = [article.text[end : p.start] for end, p in zip(ends, passages, strict=False)]
    if any(gap.strip() for gap in itertools.chain(gaps, [article.text[ends[-1] :]])):
        yield f"article {article.id}: part of its text is in no passage"
    statements = list(statements)
    items: list[Passage | Statement] = [*passages, *statements]
    for item in items:
        if article.text[item.start : item.end] != item.text or not item.text:
            yield f"article {article.id}: {item.start}–{item.end} doesn't hold the words recorded for it"
    for statement in statements:
        if not all(_is_within(span, statement) for span in statement.said):
            yield f"article {article.id}: the words said at {statement.start}–{statement.end} lie outside of them"


def _is_within(span: Span, statement: Statement) -> bool:
    return statement.start <= span.start < span.end <= statement.end
