"""Cite excerpts of articles, each for something to show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from index import Article, Library, Span

from ..answer import Citation
from .citations import cite

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Excerpt(Generic[T]):
    """Something to cite.

    Attributes:
        item: what the citation is for.
        article_id: the article.
        span: where the words are in the article.
        words: the words that are expected there.
        passage_id: the passage that contains them, if known.
        emphasis: those of the words that answer, as spans in the article.
    """

    item: T
    article_id: int
    span: Span
    words: str
    passage_id: int | None = None
    emphasis: tuple[Span, ...] = ()


def cite_excerpts(library: Library, excerpts: Iterable[Excerpt[T]]) -> list[tuple[T, Citation, Article]]:
    """Cite each excerpt, without those whose article has been removed.

    Raises:
        ArticleChanged: the text of an article has changed.
    """
    wanted = list(excerpts)
    articles = library.catalog.by_id({excerpt.article_id for excerpt in wanted})
    cited: list[tuple[T, Citation, Article]] = []
    for one in wanted:
        article = articles.get(one.article_id)
        if article is None:
            continue
        citation = cite(article, len(cited) + 1, one.span, one.words, one.passage_id, one.emphasis)
        if citation is not None:
            cited.append((one.item, citation, article))
    return cited
