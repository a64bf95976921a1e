"""Compact results: a text for assistants, and the same as data for programs, with offsets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mcp_types import CallToolResult, TextContent

from index import Article, Hit, Library, Speaker, Statement
from rag import Answer

from ..answer_articles import articles_of
from ..messages import doors as texts
from ..messages.common import counted, join_parts
from ..plain_text import answer_text, article_line, place_of, sources_text

Json = dict[str, Any]


def answer_result(library: Library, answer: Answer) -> CallToolResult:
    """An answer with its sources."""
    articles = {article.id: article for article in articles_of(library, answer)}
    text = "\n\n".join(filter(None, [answer_text(answer), sources_text(answer, articles, article_uri)]))
    cited = dict.fromkeys(citation.article_id for citation in answer.citations)
    data = {
        "answer": answer.text,
        "short_answer": answer.short_answer,
        "abstained": answer.abstained,
        "citations": [
            {"marker": one.marker, "article_id": one.article_id, "start": one.start, "end": one.end}
            for one in answer.citations
        ],
        "articles": [_article(articles[article_id]) for article_id in cited if article_id in articles],
    }
    return _result(text, data)


def hits_result(library: Library, hits: Sequence[Hit]) -> CallToolResult:
    """Passages, best first."""
    articles = library.catalog.by_id({hit.passage.article_id for hit in hits})
    found = [(hit, articles[hit.passage.article_id]) for hit in hits if hit.passage.article_id in articles]
    blocks = [
        f"{_line(article)} · {texts.characters(hit.passage.start, hit.passage.end)}\n{hit.passage.text}"
        for hit, article in found
    ]
    data = [
        {
            "article_id": article.id,
            "start": hit.passage.start,
            "end": hit.passage.end,
            "score": round(hit.score, 4),
            "text": hit.passage.text,
        }
        for hit, article in found
    ]
    return _result("\n\n".join(blocks) or texts.NOTHING_FOUND, {"passages": data, "articles": _articles(articles)})


def statements_result(library: Library, statements: Sequence[Statement], total: int) -> CallToolResult:
    """One page of statements."""
    articles = library.catalog.by_id({one.article_id for one in statements})
    blocks = []
    for one in statements:
        who = join_parts([one.speaker, one.role, texts.reported_by(one.via) if one.via else None])
        where = join_parts([_line(articles[one.article_id])]) if one.article_id in articles else ""
        blocks.append(f"{who}: {one.text}\n  {where} · {texts.characters(one.start, one.end)}")
    data = [
        {
            "article_id": one.article_id,
            "speaker": one.speaker,
            "role": one.role,
            "start": one.start,
            "end": one.end,
            "text": one.text,
            "is_direct": one.is_direct,
            "is_negated": one.is_negated,
            "inferred": one.inferred,
        }
        for one in statements
    ]
    text = _page(blocks, total, "statement", "\n\n")
    return _result(text, {"statements": data, "articles": _articles(articles), "total": total})


def speakers_result(speakers: Sequence[Speaker], total: int) -> CallToolResult:
    """The first speakers, those with the most statements first."""
    lines = [
        join_parts([one.name, one.roles[0] if one.roles else None, counted(one.statements, "statement")])
        for one in speakers
    ]
    data = [
        {"name": one.name, "roles": list(one.roles), "statements": one.statements, "articles": one.articles}
        for one in speakers
    ]
    return _result(_page(lines, total, "speaker"), {"speakers": data, "total": total})


def articles_result(articles: Sequence[Article], total: int) -> CallToolResult:
    """One page of articles."""
    lines = [_line(article) for article in articles]
    return _result(_page(lines, total, "article"), {"articles": list(map(_article, articles)), "total": total})


def article_uri(article_id: int) -> str:
    """The address of the resource with the text of an article."""
    return f"article://{article_id}"


def _line(article: Article) -> str:
    return join_parts([article_line(article), article_uri(article.id)])


def _page(items: Iterable[str], total: int, noun: str, separator: str = "\n") -> str:
    shown = list(items)
    summary = texts.shown_of(len(shown), total, noun)
    return separator.join([*shown, summary]) if shown else texts.NOTHING_FOUND


def _articles(articles: Mapping[int, Article]) -> list[Json]:
    return list(map(_article, articles.values()))


def _article(article: Article) -> Json:
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "source": place_of(article),
    }


def _result(text: str, data: Json) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=data)
