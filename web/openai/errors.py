"""Errors of the OpenAI-compatible API."""

from __future__ import annotations


class RequestRefused(Exception):
    """A request can't be served as it is.

    Attributes:
        status: the HTTP status.
        code: the error, for programs.
        param: the field that is invalid.
    """

    def __init__(self, message: str, param: str, status: int = 400, code: str = "invalid_value") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.param = param
