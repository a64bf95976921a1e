"""What a language model is given to read for a question."""

from __future__ import annotations

from collections.abc import Sequence

from index import Article, Library, Span, Statement

from ..answer import Answer
from .generator import Source
from .injection import is_for_readers, paragraph_around, visible

_MOST = 12
_OMITTED = "[…]"


def sources_of(library: Library, quoted: Answer) -> list[Source]:
    """What the generator may rely on: the quotes of the answer, then the passages found, the nearest first."""
    spans = [(citation.article_id, Span(citation.start, citation.end)) for citation in quoted.citations]
    spans += [(hit.passage.article_id, Span(hit.passage.start, hit.passage.end)) for hit in quoted.hits]
    articles = library.articles_by_id({article_id for article_id, _ in spans})
    statements = library.statements(article_ids=set(articles))
    sources: list[Source] = []
    for article_id, span in spans:
        article = articles.get(article_id)
        if article is None or any(_covers(source, article_id, span) for source in sources):
            continue
        if text := _readable(article, span):
            speaker = _speaker(statements, article_id, span)
            number = len(sources) + 1
            sources.append(Source(number, article_id, span, text, speaker, article.publisher, article.published))
    return sources[:_MOST]


def _covers(source: Source, article_id: int, span: Span) -> bool:
    return source.article_id == article_id and source.span.start <= span.start and span.end <= source.span.end


def _speaker(statements: Sequence[Statement], article_id: int, span: Span) -> str | None:
    """Who says all of a span, if one does."""
    for one in statements:
        if one.article_id == article_id and one.start <= span.start and span.end <= one.end:
            return one.speaker
    return None


def _readable(article: Article, span: Span) -> str:
    """The words of a span without paragraphs that speak to models, and without signs that nobody sees."""
    lines, at = [], span.start
    for line in span.of(article.text).split("\n"):
        is_kept = is_for_readers(paragraph_around(article.text, Span(at, at + len(line))))
        lines.append(line if is_kept else _OMITTED)
        at += len(line) + 1
    text = " ".join(" ".join(lines).split())
    return visible(text) if text.replace(_OMITTED, "").strip() else ""
