"""The articles that an answer mentions."""

from __future__ import annotations

from index import Article, Library
from rag import Answer


def articles_of(library: Library, answer: Answer) -> list[Article]:
    """The articles of an answer's citations and hits, in this order. Those removed in the meantime are missing."""
    ids = dict.fromkeys([c.article_id for c in answer.citations] + [h.passage.article_id for h in answer.hits])
    found = library.catalog.by_id(ids)
    return [found[article_id] for article_id in ids if article_id in found]
