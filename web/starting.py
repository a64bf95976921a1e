"""Answers from the first second: the app is built while its address already responds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .messages import api as api_texts
from .messages import common
from .messages import server as texts
from .refusals import error_body

RELOAD_SECONDS = 1
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Retry-After": str(RELOAD_SECONDS),
    "X-Content-Type-Options": "nosniff",
}


class Starting:
    """An ASGI app that builds another one in a thread, and is replaced by it.

    Until then it reads nothing of the request but its path: "/", "/a/…" and "/c/…" are a page that reloads itself,
    `/healthz` succeeds, and everything else is refused with 503.

    Attributes:
        failure: why the app couldn't be built; None if it could.
    """

    def __init__(self, build: Callable[[], ASGIApp], on_failure: Callable[[], object]) -> None:
        self.failure: Exception | None = None
        self._build = build
        self._on_failure = on_failure
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the app answer once it is there."""
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
        elif self._app is not None:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await _respond(scope["path"])(scope, receive, send)

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Report startup at once, so that the server listens; then build the app and start it."""
        startup = await receive()
        await send({"type": "lifespan.startup.complete"})
        try:
            app = await asyncio.to_thread(self._build)
        except Exception as error:  # noqa: BLE001 raised again by whoever runs the server
            self.failure = error
            self._on_failure()
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        messages = [startup]

        async def receive_for_app() -> Message:
            return messages.pop() if messages else await receive()

        async def send_for_app(message: Message) -> None:
            if message["type"] == "lifespan.startup.complete":
                self._app = app
            else:
                await send(message)

        await app(scope, receive_for_app, send_for_app)


def _respond(path: str) -> Response:
    if path == "/" or path.startswith(("/a/", "/c/")):
        return HTMLResponse(_PAGE, headers=_HEADERS)
    if path == "/healthz":
        return JSONResponse({"status": "ok"}, headers=_HEADERS)
    content = error_body(path, 503, "starting", api_texts.STARTING)
    return JSONResponse(content, status_code=503, headers=_HEADERS)


_PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="{RELOAD_SECONDS}">
<title>{common.APP_NAME}</title>
</head>
<body>
<h1>{common.APP_NAME}</h1>
<p role="status">{texts.STARTING_PAGE}</p>
</body>
</html>
"""
