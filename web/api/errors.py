"""Error responses, and their descriptions in the API's documentation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi.responses import JSONResponse

from .schemas import ErrorOut

Responses = dict[int | str, dict[str, Any]]


def _response(description: str, retries: bool = False) -> dict[str, Any]:
    response: dict[str, Any] = {
        "model": ErrorOut,
        "description": description,
        "content": {"application/json": {}},  # also where the route itself answers with something else
    }
    if retries:
        header = {"description": "seconds to wait before the next try", "schema": {"type": "integer"}}
        response["headers"] = {"Retry-After": header}
    return response


NOT_FOUND: Responses = {404: _response("No article, job, feed, speaker or cursor is called so")}
NOT_READY: Responses = {503: _response("The app isn't ready")}
# Of every route under /api/v1: what the guard, the limits and the checks of parameters may answer.
COMMON: Responses = {
    400: _response("The request isn't valid HTTP or JSON, or the question is empty, too long or has no words"),
    401: _response("The token is missing or wrong"),
    403: _response("The request comes from another website, or the token's role isn't enough"),
    405: _response("The route doesn't support this method"),
    408: _response("The request arrived too slowly"),
    413: _response("The request is too large"),
    421: _response("This host name isn't served"),
    422: _response("A parameter is invalid"),
    429: _response("This client sends too many requests", retries=True),
    500: _response("Unexpected error"),
    503: _response("The library can't be read or written, or too many requests are waiting", retries=True),
}


def error_response(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The JSON of an error."""
    return JSONResponse({"error": {"code": code, "message": message}}, status_code=status, headers=headers)


def retry_response(status: int, message: str, seconds: int) -> JSONResponse:
    """The JSON of an error that goes away by itself."""
    return error_response(status, "busy", message, {"Retry-After": str(seconds)})
