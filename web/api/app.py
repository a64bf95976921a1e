"""The FastAPI app: routes, documentation and error handlers."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from index import ArticleNotFound, FeedNotFound, Library, LibraryFailed, SourceError
from rag import Assistant, QuestionError

from ..background import Background
from ..jobs import JobNotFound
from ..messages import api as texts
from ..messages import common
from .articles import article_routes
from .docs import docs_page
from .errors import error_response
from .health import health_routes
from .jobs import job_routes
from .questions import question_routes

_LOG = logging.getLogger(__name__)
_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 422: "invalid_request"}


def build_api(library: Library, assistant: Assistant, background: Background) -> FastAPI:
    """The app with all routes except the page's."""
    app = FastAPI(
        title=common.APP_NAME,
        version="1",
        summary=texts.SUMMARY,
        docs_url=None,
        redoc_url=None,
        strict_content_type=False,  # a body without a content type is JSON too
    )
    app.include_router(question_routes(library, assistant))
    app.include_router(article_routes(library, background, assistant.writer.model if assistant.writer else None))
    app.include_router(job_routes(library, background))
    app.include_router(health_routes(background))
    _handle_errors(app)
    app.add_middleware(_JsonByDefault)

    @app.api_route("/api/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    def unknown(path: str) -> JSONResponse:
        return error_response(404, "not_found", texts.unknown_path(f"/api/{path}"))

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(docs_page(app.openapi()))

    return app


class _JsonByDefault:
    """Reads the body of `curl -d '{…}'` as JSON, although curl declares it as a form.

    Forms of other websites don't get here: `web.guard` refuses them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/api/"):
            headers = MutableHeaders(scope=scope)
            if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
                headers["content-type"] = "application/json"
        await self._app(scope, receive, send)


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(QuestionError)
    def on_question(_: Request, error: QuestionError) -> JSONResponse:
        return error_response(400, "bad_question", str(error))

    @app.exception_handler(ArticleNotFound)
    def on_missing_article(_: Request, error: ArticleNotFound) -> JSONResponse:
        return error_response(404, "not_found", texts.article_not_found(error.article_id))

    @app.exception_handler(FeedNotFound)
    def on_missing_feed(_: Request, error: FeedNotFound) -> JSONResponse:
        return error_response(404, "not_found", texts.feed_not_found(error.feed_id))

    @app.exception_handler(JobNotFound)
    def on_missing_job(_: Request, error: JobNotFound) -> JSONResponse:
        return error_response(404, "not_found", texts.job_not_found(error.job_id))

    @app.exception_handler(SourceError)
    @app.exception_handler(ValueError)
    def on_invalid_value(_: Request, error: Exception) -> JSONResponse:
        return error_response(422, "invalid_request", str(error))

    @app.exception_handler(LibraryFailed)
    def on_library_failure(_: Request, error: LibraryFailed) -> JSONResponse:
        _LOG.error("The library failed", exc_info=error)
        return error_response(503, "library_failed", common.LIBRARY_FAILED)

    @app.exception_handler(RequestValidationError)
    def on_invalid_request(_: Request, error: RequestValidationError) -> JSONResponse:
        return error_response(422, "invalid_request", "; ".join(map(_validation_message, error.errors())))

    @app.exception_handler(HTTPException)
    def on_http_error(_: Request, error: HTTPException) -> JSONResponse:
        return error_response(error.status_code, _CODES.get(error.status_code, "error"), str(error.detail))

    @app.exception_handler(Exception)
    def on_crash(_: Request, error: Exception) -> JSONResponse:
        _LOG.error("A request crashed", exc_info=error)
        return error_response(500, "internal", texts.INTERNAL_ERROR)


def _validation_message(problem: Any) -> str:
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
