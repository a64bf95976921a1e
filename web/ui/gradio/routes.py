"""The part of Gradio that can be reached: the routes that the page uses, and its events with checked values."""

from __future__ import annotations

import re
from collections.abc import Callable

import gradio as gr
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...access import Need, Role, RoleMissing, current_call
from ...messages import server as texts
from .events import BadEvent, Events, check_stop

_EVENTS = ("/gradio_api/queue/join", "/gradio_api/run/predict")
_STOPS = ("/gradio_api/cancel", "/gradio_api/reset")
_UPLOAD = "/gradio_api/upload"
_FILES = re.compile(r"/config|/theme\.css|/favicon\.ico|/assets/[\w.-]+")
_ROUTES = {
    "GET": re.compile(
        r"/config|/theme\.css|/favicon\.ico|/assets/[\w.-]+"
        r"|/gradio_api/(?:app_id|info|queue/data|upload_progress|heartbeat/[A-Za-z0-9]+)"
    ),
    "POST": re.compile(r"/gradio_api/(?:queue/join|run/predict|cancel|reset|upload)"),
}
_QUERY = re.compile(rb"(?:session_hash|upload_id)=[A-Za-z0-9]{1,40}")  # anything else (deep links, themes) isn't used
# 6.31.0 believes these about its own address, whoever sends them, and lets every `Origin` read its answers.
_IGNORED_HEADERS = re.compile(rb"origin|x-forwarded-(?!proto$).*|x-gradio-.*")


class PageRoutes:
    """ASGI middleware in front of Gradio. Every other route of Gradio, known or new, is not found.

    So no route serves files or addresses: an uploaded file goes to its event and nowhere else.

    Attributes:
        page: the page behind it.
    """

    def __init__(self, app: ASGIApp, page: gr.Blocks) -> None:
        self.page = page
        self._app = app
        self._events = Events(page)

    def need_of(self, scope: Scope) -> Need:
        """What a request needs. Events have needs of their own, and what isn't listed here is refused anyway."""
        if scope["path"] == _UPLOAD:
            return Need(Role.WRITE)
        return Need(Role.READ, counts=not _FILES.fullmatch(scope["path"]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        routes = _ROUTES.get(scope["method"]) if scope["type"] == "http" else None
        if routes is None or not routes.fullmatch(scope["path"]):
            raise HTTPException(404)
        headers = [(name, value) for name, value in scope["headers"] if not _IGNORED_HEADERS.fullmatch(name)]
        if scope["path"] in _EVENTS:
            receive = await _checked(receive, lambda body: self._events.check(body, current_call().caller))
        elif scope["path"] in _STOPS:
            receive = await _checked(receive, check_stop)
        query = scope["query_string"] if _QUERY.fullmatch(scope["query_string"]) else b""
        await self._app({**scope, "headers": headers, "query_string": query}, receive, send)


async def _checked(receive: Receive, check: Callable[[bytes], bytes]) -> Receive:
    """What receives the body in its place, rebuilt from the values that it may have."""
    try:
        body = check(await _body(receive))
    except BadEvent:
        raise HTTPException(422, texts.BAD_EVENT) from None
    except RoleMissing as error:
        raise HTTPException(403, str(error)) from None
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_checked() -> Message:
        return messages.pop() if messages else await receive()

    return receive_checked


async def _body(receive: Receive) -> bytes:
    body, more = bytearray(), True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body)
