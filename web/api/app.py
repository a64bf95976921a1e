"""The HTTP API, under /api/v1."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, File, Query, Request, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from index import FILE_KINDS, ArticleNotFound, FeedNotFound, Library, LibraryFailed, Period, SourceError
from rag import Answer, Assistant, QuestionError

from ..background import Background
from ..jobs import JobNotFound
from ..threads import stepped
from ..uploads import add_uploads
from .answer_schemas import AnswerOut, AskBody
from .docs import docs_page
from .events import events
from .jobs import online_routes
from .schemas import (
    LIBRARY_FAILED,
    ArticleOut,
    ArticlesOut,
    ArticleWithText,
    ErrorOut,
    HitOut,
    ReportOut,
    SearchBody,
    SpeakerOut,
    SpeakersOut,
    StatementsOut,
    StatusOut,
    articles_of,
    hits_out,
    report_out,
    statements_out,
)

_LOG = logging.getLogger(__name__)
_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 422: "invalid_request"}
_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorOut, "description": "The question can't be asked as it is"},
    404: {"model": ErrorOut, "description": "There is no such article"},
    422: {"model": ErrorOut, "description": "The request is not what the API takes"},
}
Limit = Annotated[int, Query(ge=1, le=1000, description="at most that many")]
Offset = Annotated[int, Query(ge=0, description="how many to pass over")]
Publisher = Annotated[str | None, Query(description="only outlets whose name contains this")]
Since = Annotated[date | None, Query(description="only articles published on this day or later")]
Until = Annotated[date | None, Query(description="only articles published on this day or before")]


def build_api(library: Library, assistant: Assistant, background: Background) -> FastAPI:
    """The app with all routes but the page's."""
    app = FastAPI(
        title="Ask the Articles",
        version="1",
        summary="Answers from a library of articles, made of exact quotes.",
        docs_url=None,
        redoc_url=None,
        strict_content_type=False,  # no content type is taken for JSON too
    )
    app.include_router(_questions(library, assistant))
    app.include_router(_articles(library, background, assistant.writer.model if assistant.writer else None))
    app.include_router(online_routes(library, background))
    app.include_router(_health(background))
    _handle_errors(app)
    app.add_middleware(_JsonByDefault)

    @app.api_route("/api/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    def unknown(path: str) -> JSONResponse:
        return _error(404, "not_found", f"The API has no /api/{path}; /docs lists what it has.")

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(docs_page(app.openapi()))

    return app


class _JsonByDefault:
    """Reads the body of `curl -d '{…}'` as the JSON that it is, though curl calls it a form.

    Forms of other sites' pages don't come here: web.guard refuses them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/api/"):
            headers = MutableHeaders(scope=scope)
            if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
                headers["content-type"] = "application/json"
        await self._app(scope, receive, send)


def _questions(library: Library, assistant: Assistant) -> APIRouter:
    router = APIRouter(prefix="/api/v1", tags=["questions"])

    def begun(body: AskBody) -> Iterator[Answer]:
        # Before the response begins, so that what can't be asked is an error and no event.
        return assistant.stream(body.question, body.turns(), body.mode or "written")

    @router.post("/ask", responses=_ERRORS)
    def ask(body: AskBody) -> AnswerOut:
        """Answer a question with exact quotes, or say that the articles don't tell."""
        answer = assistant.ask(body.question, body.turns(), body.mode or "quotes")
        return AnswerOut.of(answer, articles_of(library, answer))

    @router.post("/ask/stream", response_class=EventSourceResponse, responses=_ERRORS)
    async def stream(answers: Iterator[Answer] = Depends(begun)) -> AsyncIterator[ServerSentEvent]:  # noqa: B008 a closure
        """The same as events while a language model writes: `partial` answers as they grow, then the whole `answer`.

        Without a `mode`, answers are written. Where something fails on the way, the last event is an `error`.
        """
        async for event in stepped(events(library, answers)):
            yield event

    @router.post("/search", responses=_ERRORS)
    def search(body: SearchBody) -> list[HitOut]:
        """Find passages, best first."""
        return hits_out(assistant.search(body.query, k=body.k))

    @router.get("/statements", responses=_ERRORS)
    def statements(
        speaker: str | None = None,
        about: str | None = None,
        publisher: Publisher = None,
        since: Since = None,
        until: Until = None,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> StatementsOut:
        """What a speaker said, or everybody: by date and place, or the nearest to a topic first."""
        found, total = assistant.page_of_statements(
            speaker, about, publisher=publisher, since=since, until=until, limit=limit, offset=offset
        )
        return StatementsOut(statements=statements_out(found), total=total)

    @router.get("/speakers", responses=_ERRORS)
    def speakers(
        matching: str = "",
        publisher: Publisher = None,
        since: Since = None,
        until: Until = None,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> SpeakersOut:
        """Who speaks, those with the most statements first; only names that contain `matching`."""
        found = library.speakers(matching, publisher, Period(since, until))
        page = [SpeakerOut.model_validate(speaker) for speaker in found[offset : offset + limit]]
        return SpeakersOut(speakers=page, total=len(found))

    return router


def _articles(library: Library, background: Background, language_model: str | None) -> APIRouter:
    router = APIRouter(prefix="/api/v1", tags=["library"])

    @router.get("/articles")
    def list_articles(matching: str = "", limit: Limit = 50, offset: Offset = 0) -> ArticlesOut:
        """List articles, last added first, whose title, outlet or source contains `matching`."""
        found = library.articles(matching, limit, offset)
        total = library.count_articles(matching)
        return ArticlesOut(articles=[ArticleOut.model_validate(article) for article in found], total=total)

    @router.get("/articles/{article_id}", responses=_ERRORS)
    def get_article(article_id: int) -> ArticleWithText:
        """One article with its text; earlier revisions are articles too."""
        article = ArticleWithText.model_validate(library.article(article_id))
        article.revisions = [revision.id for revision in library.revisions(article_id)]
        return article

    @router.post("/articles", status_code=201, responses=_ERRORS)
    def add_articles(files: Annotated[list[UploadFile], File(description=", ".join(FILE_KINDS))]) -> ReportOut:
        """Add files. Words are searchable at once; `GET /api/v1/status` tells when meaning is."""
        with tempfile.TemporaryDirectory() as folder:
            report = add_uploads(library, _kept(files, Path(folder)))
        background.wake()
        return report_out(report)

    @router.delete("/articles/{article_id}", status_code=204, responses=_ERRORS)
    def remove_article(article_id: int) -> None:
        """Remove an article, and all that was derived from it."""
        library.remove(article_id)

    @router.get("/status")
    def status() -> StatusOut:
        """What is in the library, and how far search by meaning and by speaker has come."""
        status = StatusOut.model_validate(library.status())
        status.language_model = language_model
        return status

    return router


def _kept(files: list[UploadFile], folder: Path) -> Iterator[tuple[Path, str]]:
    """Uploaded files as files in a folder, with what they are called."""
    for number, file in enumerate(files):
        name = file.filename or "article"
        path = folder / f"{number}{Path(name).suffix[:10]}"
        with path.open("wb") as copy:
            shutil.copyfileobj(file.file, copy)
        yield path, name


def _health(background: Background) -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    def healthz() -> dict[str, str]:
        """The process lives."""
        return {"status": "ok"}

    @router.get("/readyz", responses={503: {"model": ErrorOut, "description": "Not yet"}})
    def readyz() -> JSONResponse:
        """The app can answer."""
        if background.is_ready:
            return JSONResponse({"status": "ready"})
        if background.failure:
            return _error(503, "failed", f"The app can't get ready: {background.failure}")
        return _error(503, "starting", "The app is loading its model; try again in a few seconds.")

    return router


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(QuestionError)
    def on_question(_: Request, error: QuestionError) -> JSONResponse:
        return _error(400, "bad_question", str(error))

    @app.exception_handler(ArticleNotFound)
    def on_missing(_: Request, error: ArticleNotFound) -> JSONResponse:
        return _error(404, "not_found", f"No article has the id {error.article_id}.")

    @app.exception_handler(FeedNotFound)
    @app.exception_handler(JobNotFound)
    def on_none(_: Request, error: Exception) -> JSONResponse:
        return _error(404, "not_found", f"N{str(error)[1:]}.")

    @app.exception_handler(SourceError)
    def on_source(_: Request, error: SourceError) -> JSONResponse:
        return _error(422, "invalid_request", str(error))

    @app.exception_handler(LibraryFailed)
    def on_failure(_: Request, error: LibraryFailed) -> JSONResponse:
        _LOG.error("the library failed", exc_info=error)
        return _error(503, "library_failed", LIBRARY_FAILED)

    @app.exception_handler(ValueError)
    def on_value(_: Request, error: ValueError) -> JSONResponse:
        return _error(422, "invalid_request", str(error))

    @app.exception_handler(RequestValidationError)
    def on_request(_: Request, error: RequestValidationError) -> JSONResponse:
        problems = (f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors())
        return _error(422, "invalid_request", "; ".join(problems))

    @app.exception_handler(HTTPException)
    def on_http(_: Request, error: HTTPException) -> JSONResponse:
        return _error(error.status_code, _CODES.get(error.status_code, "error"), str(error.detail))

    @app.exception_handler(Exception)
    def on_defect(_: Request, error: Exception) -> JSONResponse:
        _LOG.error("request failed", exc_info=error)
        return _error(500, "internal", "Something went wrong in the app; its log says what.")


def _error(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message}}, status_code=status)
