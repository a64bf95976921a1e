"""What the page asks for to copy, save and print: from the library and the kept conversations, never from the page."""

from __future__ import annotations

from typing import Annotated, Self

from fastapi import APIRouter, FastAPI, HTTPException, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from index import Library
from rag import Answer, Citation
from rag.export import Exchange as Exported
from rag.export import export_answer, to_html, to_markdown, to_text

from ..access import Role, needs
from ..api import MAX_INTEGER, ExportFormat, Id, exchanges_response, printed_page, route_class
from ..conversations import Conversations, Exchange, RemovedArticle
from ..lanes import Lane
from ..messages import export as texts

_Offset = Annotated[int, Query(ge=0, le=MAX_INTEGER)]


class CopiedOut(BaseModel):
    """The same in three forms: for word processors, for programs that read Markdown, and for all others."""

    html: str
    markdown: str
    text: str

    @classmethod
    def of(cls, exported: Exported) -> Self:
        """What is copied of an answer: without its question, which its reader may not want."""
        one = [exported]
        return cls(html=to_html(one, False), markdown=to_markdown(one, "", False), text=to_text(one, False))


def add_taking(app: FastAPI, library: Library, conversations: Conversations, lane: Lane) -> None:
    """Add the routes to an app."""
    router = APIRouter(prefix="/page", route_class=route_class(lane))

    @router.get("/quotes/{article_id}")
    @needs(Role.READ)
    def quote(article_id: Id, start: _Offset, end: _Offset) -> CopiedOut:
        words = library.article(article_id).text[start:end]
        if end <= start or not words.strip():
            raise HTTPException(404, texts.no_quote_there(article_id))
        citation = Citation(1, article_id, words, start, start + len(words))
        return CopiedOut.of(export_answer(library, Answer("", "", [citation])))

    @router.get("/conversations/{conversation_id}/turns/{number}/copy")
    @needs(Role.READ)
    def answer(conversation_id: str, number: int) -> CopiedOut:
        return CopiedOut.of(_exported(library, conversations.exchange(conversation_id, number)))

    @router.get("/conversations/{conversation_id}/export")
    @needs(Role.READ)
    def export(conversation_id: str, format: ExportFormat = "md") -> Response:  # noqa: A002 its name in the address
        title = conversations.get(conversation_id).title
        return exchanges_response(_all(library, conversations, conversation_id), format, title)

    @router.get("/conversations/{conversation_id}/print")
    @needs(Role.READ)
    def printed(conversation_id: str) -> HTMLResponse:
        title = conversations.get(conversation_id).title
        return HTMLResponse(printed_page(title, to_html(_all(library, conversations, conversation_id))))

    app.include_router(router, include_in_schema=False)


def _all(library: Library, conversations: Conversations, conversation_id: str) -> list[Exported]:
    return [_exported(library, exchange) for exchange in conversations.exchanges(conversation_id)]


def _exported(library: Library, exchange: Exchange) -> Exported:
    """A kept question with its answer, or with the reason why there is none."""
    stored = exchange.stored()
    if stored is None:
        return Exported(exchange.question, blocks=(exchange.notice,) if exchange.notice else ())
    articles = stored.articles_in(library)
    removed = {article.id for article in articles.values() if isinstance(article, RemovedArticle)}
    return export_answer(library, stored.answer, articles, removed)
