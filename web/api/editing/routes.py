"""Routes that edit, remove and restore articles, and merge speakers."""

from __future__ import annotations

from fastapi import APIRouter

from index import Library

from ...access import Role, needs
from ...lanes import Lane
from ..errors import NOT_FOUND
from ..parameters import Id
from ..routing import route_class
from ..schemas import ArticleOut
from .schemas import EditBody, IdsBody, MergeBody, RemovedOut, SeparateBody


def editing_routes(library: Library, lane: Lane) -> APIRouter:
    """Routes for changes by hand, in a lane."""
    router = APIRouter(prefix="/api/v1", tags=["library"], route_class=route_class(lane))

    @router.patch("/articles/{article_id}", responses=NOT_FOUND)
    @needs(Role.WRITE)
    def edit_article(article_id: Id, body: EditBody) -> ArticleOut:
        """Edit the title, outlet, author or day of an article. It stays so when the article is added again."""
        changes = {field: getattr(body, field) for field in body.model_fields_set - {"revert"}}
        return ArticleOut.model_validate(library.edit(article_id, changes, body.revert))

    @router.post("/articles/{article_id}/restore", responses=NOT_FOUND)
    @needs(Role.WRITE)
    def restore_article(article_id: Id) -> ArticleOut:
        """Undo the removal of an article, within a day. It has its id again."""
        library.restore(article_id)
        return ArticleOut.model_validate(library.article(article_id))

    @router.post("/removals", status_code=204, responses=NOT_FOUND)
    @needs(Role.WRITE)
    def remove_articles(body: IdsBody) -> None:
        """Remove several articles: all of them or none."""
        library.remove(body.ids)

    @router.post("/restorations", status_code=204, responses=NOT_FOUND)
    @needs(Role.WRITE)
    def restore_articles(body: IdsBody) -> None:
        """Undo the removal of several articles: all of them or none."""
        library.restore(body.ids)

    @router.get("/removals")
    @needs(Role.READ)
    def removed_articles() -> list[RemovedOut]:
        """List the articles that can be restored, last removed first."""
        return [RemovedOut.model_validate(article) for article in library.catalog.removed()]

    @router.post("/speakers/merge", status_code=204, responses=NOT_FOUND)
    @needs(Role.WRITE)
    def merge_speakers(body: MergeBody) -> None:
        """Merge a speaker into another one, in lists and in answers."""
        library.speech.merge(body.name, body.other)

    @router.post("/speakers/separate", status_code=204, responses=NOT_FOUND)
    @needs(Role.WRITE)
    def separate_speaker(body: SeparateBody) -> None:
        """Undo the merge of a speaker into another one. `merged` of a speaker lists the names."""
        library.speech.separate(body.name)

    return router
