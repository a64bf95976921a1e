"""Routes of the library: list, read, add and remove articles."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, File, UploadFile

from index import Library
from index.readers import FILE_KINDS

from ..background import Background
from ..uploads import add_uploads
from .errors import INVALID, NOT_FOUND
from .parameters import Page
from .schemas import ArticleOut, ArticlesOut, ArticleWithText, ReportOut, StatusOut

_ERRORS = NOT_FOUND | INVALID


def article_routes(library: Library, background: Background, language_model: str | None) -> APIRouter:
    """Routes for articles and the library's status."""
    router = APIRouter(prefix="/api/v1", tags=["library"])

    @router.get("/articles", responses=INVALID)
    def list_articles(page: Annotated[Page, Depends()], matching: str = "") -> ArticlesOut:
        """List articles whose title, outlet or source contains `matching`, last added first."""
        found = library.articles(matching, page.limit, page.offset)
        total = library.count_articles(matching)
        return ArticlesOut(articles=[ArticleOut.model_validate(article) for article in found], total=total)

    @router.get("/articles/{article_id}", responses=_ERRORS)
    def get_article(article_id: int) -> ArticleWithText:
        """Return an article with its text. Earlier revisions have ids too."""
        article = ArticleWithText.model_validate(library.article(article_id))
        article.revisions = [revision.id for revision in library.revisions(article_id)]
        return article

    @router.post("/articles", status_code=201, responses=INVALID)
    def add_articles(files: Annotated[list[UploadFile], File(description=", ".join(FILE_KINDS))]) -> ReportOut:
        """Add files. They can be searched by words at once, and by meaning once `GET /api/v1/status` is complete."""
        with tempfile.TemporaryDirectory() as folder:
            report = add_uploads(library, _save(files, Path(folder)))
        background.wake()
        return ReportOut.model_validate(report)

    @router.delete("/articles/{article_id}", status_code=204, responses=_ERRORS)
    def remove_article(article_id: int) -> None:
        """Remove an article and everything derived from it."""
        library.remove(article_id)

    @router.get("/status")
    def status() -> StatusOut:
        """Return what is in the library, and the progress of embedding and identifying speakers."""
        status = StatusOut.model_validate(library.status())
        status.language_model = language_model
        return status

    return router


def _save(files: list[UploadFile], folder: Path) -> Iterator[tuple[Path, str]]:
    """Save uploaded files in a folder. Yields path and name of each."""
    for number, file in enumerate(files):
        name = file.filename or "article"
        path = folder / f"{number}{Path(name).suffix[:10]}"
        with path.open("wb") as copy:
            shutil.copyfileobj(file.file, copy)
        yield path, name
