"""The FastAPI app: routes, documentation and error handlers."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from index import ArticleNotFound, FeedNotFound, Library, LibraryFailed, SourceError, SpeakerNotFound
from rag import Assistant, QuestionError

from ..access import Role, needs
from ..background import Background
from ..jobs import JobNotFound, JobsFull
from ..lanes import Busy, Lane, Lanes
from ..limits import JOB_RETRY_SECONDS, UPLOADING
from ..messages import api as texts
from ..messages import common
from ..refusals import OPENAI_PATHS
from ..watches import Watches
from .articles import article_routes
from .docs import complete_schema, docs_page
from .editing import editing_routes
from .errors import COMMON, error_response, retry_response
from .exports import add_article_page, export_routes
from .health import health_routes
from .jobs import job_routes
from .monitoring import count_routes, feed_list_routes, handle_watch_errors, watch_routes
from .questions import question_routes, speech_routes
from .unmatched import Unmatched
from .uploads import upload_routes

_LOG = logging.getLogger(__name__)
_CODES = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "too_slow",
    413: "too_large",
    422: "invalid_request",
}


def build_api(
    library: Library,
    assistant: Assistant,
    background: Background,
    lanes: Lanes | None = None,
    watches: Watches | None = None,
) -> FastAPI:
    """The app with the routes of the API. `lanes` are those that it shares with other interfaces.

    By default, the watches are those in the library's directory.
    """
    lanes = lanes or Lanes()
    app = FastAPI(
        title=common.APP_NAME,
        version="1",
        summary=texts.SUMMARY,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,  # programs are generated from them: names stay
        openapi_url=None,  # served below, where its role is declared
        strict_content_type=False,  # a body without a content type is JSON too
    )
    routers = [
        question_routes(library, assistant, lanes.asking),
        speech_routes(library, assistant, lanes.reading),
        upload_routes(library, background, Lane(UPLOADING)),
        editing_routes(library, lanes.reading),
        article_routes(library, assistant, lanes.reading),
        job_routes(library, background, lanes.reading),
        count_routes(assistant, lanes.reading),
        feed_list_routes(library, background, lanes.reading),
        watch_routes(watches or Watches(assistant), lanes.reading),
        export_routes(library, lanes.reading),
    ]
    for router in routers:
        app.include_router(router, responses=COMMON)
    health = health_routes(background, assistant.reader)
    app.include_router(health)
    add_article_page(app, library, lanes.reading)
    _handle_errors(app)
    handle_watch_errors(app)
    app.add_middleware(_JsonByDefault)

    @app.get("/openapi.json", include_in_schema=False)
    @needs(Role.READ)
    async def openapi() -> JSONResponse:
        return JSONResponse(app.openapi())

    @app.get("/docs", include_in_schema=False)
    @needs(Role.READ)
    async def docs() -> HTMLResponse:
        return HTMLResponse(docs_page(app.openapi()))

    own = [route for route in app.routes if isinstance(route, Route)]
    app.router.routes.append(Unmatched([*own, *(route for router in [*routers, health] for route in router.routes)]))
    complete_schema(app, has_language_model=assistant.writer is not None)
    return app


class _JsonByDefault:
    """Reads the body of `curl -d '{…}'` as JSON, although curl declares it as a form.

    Forms of other websites don't get here: `web.guard` refuses them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(("/api/", OPENAI_PATHS)):
            headers = MutableHeaders(scope=scope)
            if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
                headers["content-type"] = "application/json"
        await self._app(scope, receive, send)


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(QuestionError)
    async def on_question(_: Request, error: QuestionError) -> JSONResponse:
        return error_response(400, "bad_question", str(error))

    @app.exception_handler(ArticleNotFound)
    async def on_missing_article(_: Request, error: ArticleNotFound) -> JSONResponse:
        return error_response(404, "not_found", texts.article_not_found(error.article_id))

    @app.exception_handler(FeedNotFound)
    @app.exception_handler(SpeakerNotFound)
    async def on_missing_name(_: Request, error: Exception) -> JSONResponse:
        return error_response(404, "not_found", str(error))

    @app.exception_handler(JobNotFound)
    async def on_missing_job(_: Request, error: JobNotFound) -> JSONResponse:
        return error_response(404, "not_found", texts.job_not_found(error.job_id))

    @app.exception_handler(SourceError)
    @app.exception_handler(ValueError)
    async def on_invalid_value(_: Request, error: Exception) -> JSONResponse:
        return error_response(422, "invalid_request", str(error))

    @app.exception_handler(LibraryFailed)
    async def on_library_failure(_: Request, error: LibraryFailed) -> JSONResponse:
        _LOG.error("The library failed", exc_info=error)
        return error_response(503, "library_failed", common.LIBRARY_FAILED)

    @app.exception_handler(RequestValidationError)
    async def on_invalid_request(_: Request, error: RequestValidationError) -> JSONResponse:
        return error_response(422, "invalid_request", "; ".join(map(_validation_message, error.errors())))

    @app.exception_handler(HTTPException)
    async def on_http_error(_: Request, error: HTTPException) -> JSONResponse:
        code = _CODES.get(error.status_code, "error")
        return error_response(error.status_code, code, str(error.detail), error.headers)

    @app.exception_handler(Busy)
    async def on_busy(_: Request, error: Busy) -> JSONResponse:
        return retry_response(error.status, str(error), error.retry_seconds)

    @app.exception_handler(JobsFull)
    async def on_full_queue(_: Request, error: JobsFull) -> JSONResponse:
        return retry_response(429, texts.too_many_jobs(error.limit, JOB_RETRY_SECONDS), JOB_RETRY_SECONDS)

    @app.exception_handler(Exception)
    async def on_crash(_: Request, error: Exception) -> JSONResponse:
        _LOG.error("A request crashed", exc_info=error)
        return error_response(500, "internal", texts.INTERNAL_ERROR)


def _validation_message(problem: Any) -> str:
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg'].removeprefix('Value error, ')}"
