"""How answers read: plain text, exact quotes, markers such as [1]."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby

from index import Article, Statement

from .answer import Citation

ABSTAINED = "The articles in this library don't say."
EMPTY_LIBRARY = "This library holds no articles yet. Add some, then ask again."

GetArticle = Callable[[int], Article]


def word_quotes(citations: Sequence[Citation], article: GetArticle) -> str:
    """Each quote on its own, with outlet and date."""
    return "\n\n".join(f"{quoted(c.quote)} [{c.marker}]{_origin(article(c.article_id), ' — ')}" for c in citations)


def word_statements(
    statements: Sequence[Statement], citations: Sequence[Citation], total: int, article: GetArticle
) -> str:
    """What speakers said, article by article, led by who said it, in which outlet, on which day."""
    parts = []
    pairs = zip(statements, citations, strict=True)
    for (speaker, article_id), group in groupby(pairs, key=lambda pair: (pair[0].speaker, pair[0].article_id)):
        parts.append(f"{speaker}{_origin(article(article_id), ', ')}:")
        parts += [f"{quoted(citation.quote)} [{citation.marker}]" for _, citation in group]
    if total > len(statements):
        parts.append(f"These are {len(statements)} of {total} statements.")
    return "\n\n".join(parts)


def quoted(words: str) -> str:
    """`words` in quotation marks, unless they bring their own."""
    return words if any(mark in words for mark in '“”"') else f"“{words}”"


def _origin(article: Article, lead: str) -> str:
    parts = [part for part in (article.publisher, _day(article.published)) if part]
    return lead + ", ".join(parts) if parts else ""


def _day(day: date | None) -> str | None:
    return f"{day.day} {day:%B %Y}" if day else None
