"""Routes of the library: list, read and remove articles."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from index import Library
from index.storage import Order
from rag import Assistant

from ..access import Role, needs
from ..lanes import Lane
from .errors import NOT_FOUND
from .parameters import Filters, Id, Page
from .routing import route_class
from .schemas import ArticleOut, ArticlesOut, ArticleWithText, StatusOut


def article_routes(library: Library, assistant: Assistant, lane: Lane) -> APIRouter:
    """Routes for articles and the library's status, in a lane."""
    router = APIRouter(prefix="/api/v1", tags=["library"], route_class=route_class(lane))

    @router.get("/articles", responses=NOT_FOUND)
    @needs(Role.READ)
    def list_articles(
        filters: Annotated[Filters, Depends()],
        page: Annotated[Page, Depends()],
        matching: str = "",
        words: str = "",
        order: Order = "added",
    ) -> ArticlesOut:
        """List articles whose title, outlet or source contains `matching`, last added first.

        `words` are looked for in texts and authors, too. `order` sorts by the day of publication, latest first, or by
        title or outlet (`publisher`); then pages have an `offset` and no cursor.
        """
        if order != "added" and page.position is not None:
            raise ValueError("A cursor is only for order=added. Use offset.")
        where, limit = filters.where, page.limit
        found = list(
            library.articles(matching, limit + 1, page.offset, where, before=page.position, words=words, order=order)
        )
        shown = [ArticleOut.model_validate(article) for article in found[:limit]]
        cursor = page.next_cursor(shown[-1].id if len(found) > limit and order == "added" else None)
        total = library.count_articles(matching, where, words)
        return ArticlesOut(articles=shown, total=total, next_cursor=cursor)

    @router.get("/articles/{article_id}", responses=NOT_FOUND)
    @needs(Role.READ)
    def get_article(article_id: Id) -> ArticleWithText:
        """Return an article with its text. Earlier revisions have ids too."""
        article = ArticleWithText.model_validate(library.article(article_id))
        article.revisions = [revision.id for revision in library.revisions(article_id)]
        return article

    @router.delete("/articles/{article_id}", status_code=204, responses=NOT_FOUND)
    @needs(Role.WRITE)
    def remove_article(article_id: Id) -> None:
        """Remove an article and everything derived from it. It can be restored within a day."""
        library.remove(article_id)

    @router.get("/status")
    @needs(Role.READ)
    def get_status() -> StatusOut:
        """Return what is in the library, and the progress of embedding and identifying speakers."""
        status = StatusOut.model_validate(library.status())
        status.language_model = assistant.writer.model if assistant.writer else None
        status.reader = assistant.reader.warning or assistant.reader.setting
        return status

    return router
