"""The forms of errors: the API's own, that of OpenAI-compatible servers, and that of the Model Context Protocol."""

from __future__ import annotations

from typing import Any, Final

OPENAI_PATHS: Final = "/v1/"
MCP_PATH: Final = "/mcp"
_MCP_REFUSED: Final = -32000  # JSON-RPC: the server's own errors start here
_OPENAI_TYPES: Final = {
    401: "authentication_error",
    403: "permission_error",
    429: "rate_limit_error",
}


def error_body(path: str, status: int, code: str, message: str, param: str | None = None) -> dict[str, Any]:
    """The JSON of an error.

    Args:
        path: of the request; it decides on the form.
        status: the HTTP status.
        code: the error, for programs.
        message: the error, for people.
        param: the invalid field, if there is one; only OpenAI's form has it.
    """
    if path.startswith(OPENAI_PATHS):
        kind = _OPENAI_TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
        return {"error": {"message": message, "type": kind, "param": param, "code": code}}
    if path == MCP_PATH:
        error = {"code": _MCP_REFUSED, "message": message, "data": {"code": code}}
        return {"jsonrpc": "2.0", "id": None, "error": error}
    return {"error": {"code": code, "message": message}}
