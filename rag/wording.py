"""How answers read: plain text, exact quotes, markers such as [1]."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from index import Article, Statement

from .answer import Citation

ABSTAINED = "The articles in this library don't say."
EMPTY_LIBRARY = "This library holds no articles yet. Add some, then ask again."

_MAX_NAME = 60


def word_quotes(cited: Sequence[tuple[Citation, Article]]) -> str:
    """Each quote on its own, with outlet and date."""
    return "\n\n".join(f"{quoted(c.quote)} [{c.marker}]{_origin(article, ' — ')}" for c, article in cited)


def word_statements(cited: Sequence[tuple[Statement, Citation, Article]], total: int) -> str:
    """What speakers said, article by article, led by who said it, in which outlet, on which day."""
    parts = []
    for (speaker, _), group in groupby(cited, key=lambda item: (item[0].speaker, item[2].id)):
        items = list(group)
        parts.append(f"{speaker}{_origin(items[0][2], ', ')}:")
        parts += [f"{quoted(citation.quote)} [{citation.marker}]" for _, citation, _ in items]
    if total > len(cited):
        parts.append(f"These are {len(cited)} of {total} statements.")
    return "\n\n".join(parts)


def no_statement(speaker: str, about: str | None, year: int | None, others: int) -> str:
    """Why there is no answer to what a speaker said."""
    name = shortened(speaker)
    if not others:
        return f"They report no statement by {name}."
    limits = [f" about {shortened(about)}" if about else "", f" in an article of {year}" if year else ""]
    many = "one statement" if others == 1 else f"{others} statements"
    return f"They report {many} by {name}, but none{''.join(limits)}."


def shortened(words: str) -> str:
    """`words`, or their beginning where they are long."""
    return words if len(words) <= _MAX_NAME else f"{words[: _MAX_NAME - 1].rstrip()}…"


def quoted(words: str) -> str:
    """`words` in quotation marks, unless they bring their own."""
    return words if any(mark in words for mark in '“”"') else f"“{words}”"


def _origin(article: Article, lead: str) -> str:
    parts = [part for part in (article.publisher, _day(article.published)) if part]
    return lead + ", ".join(parts) if parts else ""


def _day(day: date | None) -> str | None:
    return f"{day.day} {day:%B %Y}" if day else None
