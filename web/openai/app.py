"""The app of the OpenAI-compatible API, mounted under /v1."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Iterator

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from index import FilterError, LibraryFailed, Where
from rag import Assistant, Mode, QuestionError

from ..api import filter_of, route_class
from ..lanes import Busy, Lane, Lanes
from ..limits import EMBEDDING
from ..messages import api as api_texts
from ..messages import common
from ..messages import doors as texts
from ..refusals import OPENAI_PATHS, error_body
from ..threads import iterate_in_thread
from .completions import Completion, GrowingText, sent_event
from .conversation import question_of
from .embeddings import embeddings
from .errors import RequestRefused
from .schemas import ChatBody, EmbeddingsBody, Json
from .tasks import answer_task, without_context

_LOG = logging.getLogger(__name__)
QUOTES, WRITTEN, EMBEDDER = "articles-quotes", "articles-written", "articles-embedder"
_MODES: dict[str, Mode] = {QUOTES: "quotes", WRITTEN: "written"}
_OWNER = "ask-the-articles"
_CODES = {404: "not_found", 405: "method_not_allowed", 408: "too_slow", 413: "too_large"}
_UNION_MEMBERS = ("str", "list[str]", "list[Part]")  # pydantic names them where a field may have several types
_NO_BUFFERING = {"X-Accel-Buffering": "no"}  # in a reverse proxy


def build_openai(assistant: Assistant, lanes: Lanes) -> FastAPI:
    """The app over a library, with questions in the lane that they share with the other interfaces."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, strict_content_type=False)
    app.include_router(_model_routes(assistant, lanes.reading))
    app.include_router(_chat_routes(assistant, lanes.asking))
    app.include_router(_embedding_routes(assistant, Lane(EMBEDDING)))
    _handle_errors(app)
    return app


def _model_routes(assistant: Assistant, lane: Lane) -> APIRouter:
    router = APIRouter(route_class=route_class(lane, accepts_unknown_parameters=True))
    created = int(time.time())

    def model(name: str) -> Json:
        return {"id": name, "object": "model", "created": created, "owned_by": _OWNER}

    @router.get("/models")
    def list_models() -> Json:
        """List the models that answer questions."""
        return {"object": "list", "data": [model(name) for name in _chat_models(assistant)]}

    @router.get("/models/{name:path}")
    def get_model(name: str) -> Json:
        """Describe a model. The one for embeddings isn't listed, since it can't be chosen for a conversation."""
        _require_model(name, [*_chat_models(assistant), EMBEDDER])
        return model(name)

    return router


def _chat_routes(assistant: Assistant, lane: Lane) -> APIRouter:
    router = APIRouter(route_class=route_class(lane, accepts_unknown_parameters=True))
    library = assistant.library

    @router.post("/chat/completions", response_model=None)
    async def complete(body: ChatBody) -> Response:
        """Answer the last message of a conversation."""
        _require_model(body.model, _chat_models(assistant))
        if body.n not in (None, 1):
            raise RequestRefused(texts.ONE_CHOICE, "n")
        question, history = question_of(body.messages)
        question, mode = without_context(question), _MODES[body.model]
        where = _filter_of(body)
        completion = Completion(body.model)
        if (text := await lane.run(lambda: answer_task(assistant, question))) is not None:
            if not body.stream:
                return JSONResponse(completion.whole(text, body.messages))
            return _streamed(completion.stream([text], body.messages, body.includes_usage), lane)
        if not body.stream:
            answer = await lane.run(lambda: assistant.ask(question, history, mode, where=where))
            growing = GrowingText(library, [answer])
            text = await lane.run(lambda: "".join(growing))
            return JSONResponse(completion.whole(text, body.messages, growing.details()))
        # Before the response starts, so that an invalid question is an error response rather than an event.
        answers = await lane.run(lambda: assistant.stream(question, history, mode, where=where))
        growing = GrowingText(library, answers)
        return _streamed(completion.stream(growing, body.messages, body.includes_usage), lane)

    return router


def _embedding_routes(assistant: Assistant, lane: Lane) -> APIRouter:
    router = APIRouter(route_class=route_class(lane, accepts_unknown_parameters=True))

    @router.post("/embeddings")
    def embed(body: EmbeddingsBody) -> Json:
        """Embed texts with the library's own embedder, under its own name or `articles-embedder`."""
        embedder = assistant.library.embedder
        _require_model(body.model, [EMBEDDER, embedder.name])
        return embeddings(embedder, body)

    return router


def _filter_of(body: ChatBody) -> Where | None:
    try:
        return filter_of(body.where)
    except FilterError as error:
        raise RequestRefused(str(error), "where") from None


def _chat_models(assistant: Assistant) -> list[str]:
    return [QUOTES, WRITTEN] if assistant.writer else [QUOTES]


def _require_model(name: str, known: list[str]) -> None:
    if name not in known:
        message = texts.no_language_model(name) if name == WRITTEN else texts.unknown_model(name, known)
        raise RequestRefused(message, "model", 404, "model_not_found")


def _streamed(events: Iterator[str], lane: Lane) -> StreamingResponse:
    async def stream() -> AsyncIterator[str]:
        try:
            async for event in iterate_in_thread(events, lane.threads):
                yield event
        except QuestionError as error:
            yield sent_event(error_body(OPENAI_PATHS, 400, "bad_question", str(error)))
        except LibraryFailed:
            _LOG.exception("The library failed")
            yield sent_event(error_body(OPENAI_PATHS, 503, "library_failed", common.LIBRARY_FAILED))
        except Exception:  # noqa: BLE001 the response has begun: the client has to learn that it ends here
            _LOG.exception("A streamed answer failed")
            yield sent_event(error_body(OPENAI_PATHS, 500, "internal", api_texts.INTERNAL_ERROR))

    return StreamingResponse(stream(), media_type="text/event-stream", headers=_NO_BUFFERING)


def _handle_errors(app: FastAPI) -> None:
    def response(
        status: int, code: str, message: str, param: str | None = None, headers: dict[str, str] | None = None
    ) -> JSONResponse:
        return JSONResponse(error_body(OPENAI_PATHS, status, code, message, param), status, headers)

    @app.exception_handler(RequestRefused)
    async def on_refused(_: Request, error: RequestRefused) -> JSONResponse:
        return response(error.status, error.code, str(error), error.param)

    @app.exception_handler(QuestionError)
    async def on_question(_: Request, error: QuestionError) -> JSONResponse:
        return response(400, "bad_question", str(error), "messages")

    @app.exception_handler(RequestValidationError)
    async def on_invalid_request(_: Request, error: RequestValidationError) -> JSONResponse:
        problem = error.errors()[0]
        param = ".".join(str(part) for part in problem["loc"][1:] if part not in _UNION_MEMBERS) or None
        return response(400, "invalid_value", f"{param or 'body'}: {problem['msg']}", param)

    @app.exception_handler(LibraryFailed)
    async def on_library_failure(_: Request, error: LibraryFailed) -> JSONResponse:
        _LOG.error("The library failed", exc_info=error)
        return response(503, "library_failed", common.LIBRARY_FAILED)

    @app.exception_handler(HTTPException)
    async def on_http_error(request: Request, error: HTTPException) -> JSONResponse:
        code, message = _CODES.get(error.status_code, "error"), str(error.detail)
        if error.status_code == 404:
            message = texts.unknown_path(request.url.path)
        elif error.status_code == 405:
            message = api_texts.method_not_allowed(request.method, (error.headers or {}).get("Allow", ""))
        return response(error.status_code, code, message, headers=dict(error.headers or {}))

    @app.exception_handler(Busy)
    async def on_busy(_: Request, error: Busy) -> JSONResponse:
        headers = {"Retry-After": str(error.retry_seconds)}
        return response(error.status, "rate_limit_exceeded", str(error), headers=headers)

    @app.exception_handler(Exception)
    async def on_crash(_: Request, error: Exception) -> JSONResponse:
        _LOG.error("A request crashed", exc_info=error)
        return response(500, "internal", api_texts.INTERNAL_ERROR)
