"""Select what a language model reads: the quotes and passages found for a question."""

from __future__ import annotations

from collections.abc import Sequence

from index import Article, Library, Span, Statement

from ..answer import Answer
from .generator import Source
from .injection import is_in_safe_paragraph, remove_invisible

_MAX_SOURCES = 12
_OMISSION = "[…]"


def collect_sources(library: Library, quoted: Answer) -> list[Source]:
    """Return the sources for an answer: the quotes of the quoted answer, then its hits, most relevant first."""
    spans = [(citation.article_id, Span(citation.start, citation.end)) for citation in quoted.citations]
    spans += [(hit.passage.article_id, Span(hit.passage.start, hit.passage.end)) for hit in quoted.hits]
    articles = library.catalog.by_id({article_id for article_id, _ in spans})
    statements = library.speech.statements(article_ids=set(articles))
    sources: list[Source] = []
    for article_id, span in spans:
        article = articles.get(article_id)
        if article is None or any(_covers(source, article_id, span) for source in sources):
            continue
        if text := _safe_text(article, span):
            speaker = _speaker(statements, article_id, span)
            number = len(sources) + 1
            sources.append(Source(number, article_id, span, text, speaker, article.publisher, article.published))
    return sources[:_MAX_SOURCES]


def _covers(source: Source, article_id: int, span: Span) -> bool:
    return source.article_id == article_id and source.span.start <= span.start and span.end <= source.span.end


def _speaker(statements: Sequence[Statement], article_id: int, span: Span) -> str | None:
    """Return the speaker of a whole span, if there is one."""
    for statement in statements:
        if statement.article_id == article_id and statement.start <= span.start and span.end <= statement.end:
            return statement.speaker
    return None


def _safe_text(article: Article, span: Span) -> str:
    """Return the text of a span without unsafe paragraphs and invisible characters; empty if nothing is left."""
    lines, offset = [], span.start
    for line in span.of(article.text).split("\n"):
        is_safe = is_in_safe_paragraph(article.text, Span(offset, offset + len(line)))
        lines.append(line if is_safe else _OMISSION)
        offset += len(line) + 1
    text = " ".join(" ".join(lines).split())
    return remove_invisible(text) if text.replace(_OMISSION, "").strip() else ""
