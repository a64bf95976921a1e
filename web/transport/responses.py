"""Responses without a framework: short texts, and refusals."""

from __future__ import annotations

import json

from starlette.types import Scope, Send

from ..refusals import error_body


async def refuse(
    scope: Scope, send: Send, status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> None:
    """Answer a request with an error, in the form that the clients of its path expect."""
    body = json.dumps(error_body(scope["path"], status, code, message))
    await respond(send, status, body, "application/json", headers)


async def respond(send: Send, status: int, body: str, content_type: str, headers: dict[str, str] | None = None) -> None:
    """Answer with a text."""
    data = body.encode("utf-8")
    fields = {"content-type": content_type, "content-length": str(len(data)), **(headers or {})}
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in fields.items()],
        }
    )
    await send({"type": "http.response.body", "body": data})
