"""Error responses, and their descriptions in the API's documentation."""

from __future__ import annotations

from typing import Any

from fastapi.responses import JSONResponse

from .schemas import ErrorOut

Responses = dict[int | str, dict[str, Any]]

BAD_QUESTION: Responses = {400: {"model": ErrorOut, "description": "The question is empty, too long or has no words"}}
NOT_FOUND: Responses = {404: {"model": ErrorOut, "description": "No article, job or feed has this id"}}
INVALID: Responses = {422: {"model": ErrorOut, "description": "A parameter is invalid"}}
NOT_READY: Responses = {503: {"model": ErrorOut, "description": "The app isn't ready"}}


def error_response(status: int, code: str, message: str) -> JSONResponse:
    """The JSON of an error."""
    return JSONResponse({"error": {"code": code, "message": message}}, status_code=status)
