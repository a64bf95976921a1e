"""One check for every route: the origin of a request, its size and its token."""

from __future__ import annotations

import json
import time
from urllib.parse import parse_qs, urlsplit

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .access import LOGIN_PATH, LOGOUT_PATH, Access, TooManyTries, login_page
from .clients import client_of
from .limits import (
    BODY_GRACE_SECONDS,
    BODY_IDLE_SECONDS,
    MAX_BODY_BYTES,
    MAX_PAGE_EVENT_BYTES,
    MAX_UPLOAD_BYTES,
    MIN_BODY_BYTES_PER_SECOND,
)
from .messages import server as texts
from .refusals import MCP_PATH, OPENAI_PATHS, error_body

_UPLOAD_PATHS = ("/api/v1/articles", "/gradio_api/upload")
_PAGE_PATHS = "/gradio_api/"
# Their responses are never to be stored.
_PRIVATE_PATHS = ("/api/", OPENAI_PATHS, MCP_PATH, _PAGE_PATHS, "/config", LOGIN_PATH, LOGOUT_PATH)
_MAX_LOGIN_BYTES = 10_000
_OPEN_PATHS = ("/healthz", "/readyz")
_LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")
_LINKED_PATHS = ("/", "/docs", LOGIN_PATH, *_OPEN_PATHS)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """ASGI middleware in front of the whole app: API, page, uploads and files alike.

    Without a token, only loopback host names are served, so that no website can reach the app under its own name (DNS
    rebinding). Requests must come from the app's own pages, or from no page at all; links to its pages may be anywhere.
    """

    def __init__(
        self,
        app: ASGIApp,
        token: str = "",
        content_security_policy: str = "default-src 'self'",
        max_upload_bytes: int = MAX_UPLOAD_BYTES,
    ) -> None:
        self._app = app
        self._access = Access(token)
        self._policy = content_security_policy
        self._max_upload_bytes = max_upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve or refuse a request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)
        # Nothing else (WebSockets) is served: the app doesn't use it.

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, path = Headers(scope=scope), scope["path"]

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                response_headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    response_headers.setdefault(name, value)
                response_headers.setdefault("Content-Security-Policy", self._policy)
                if path.startswith(_PRIVATE_PATHS):
                    response_headers["Cache-Control"] = "no-store"
            await send(message)

        max_bytes = self._max_bytes(path)
        if not self._is_known_host(headers):
            await _refuse(scope, send_guarded, 421, "unknown_host", texts.UNKNOWN_HOST)
        elif not _is_link(scope["method"], path) and _is_cross_site(headers):
            await _refuse(scope, send_guarded, 403, "cross_site", texts.CROSS_SITE)
        elif _declared_length(headers) > max_bytes:
            await _refuse(scope, send_guarded, 413, "too_large", texts.request_too_large(max_bytes))
        elif self._access.is_required and path not in _OPEN_PATHS:
            await self._serve_with_token(scope, receive, send_guarded)
        else:
            await self._app(scope, _bounded(receive, max_bytes), send_guarded)

    async def _serve_with_token(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, path = Headers(scope=scope), scope["path"]
        try:
            if path == LOGIN_PATH:
                await self._log_in(scope, receive, send)
            elif path == LOGOUT_PATH and scope["method"] == "POST":
                cookie = self._access.log_out(headers, _is_https(scope))
                await _send(send, 303, "", "text/plain", {"Location": LOGIN_PATH, "Set-Cookie": cookie})
            elif self._access.may_enter(headers, client_of(scope)):
                await self._app(scope, _bounded(receive, self._max_bytes(path)), send)
            else:
                await _require_token(scope, send)
        except TooManyTries as error:
            retry = {"Retry-After": str(error.retry_seconds)}
            await _refuse(scope, send, 429, "too_many_tries", texts.too_many_tries(error.retry_seconds), retry)

    async def _log_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            page = login_page(is_logged_in=self._access.has_session(Headers(scope=scope)))
            await _send(send, 200, page, "text/html; charset=utf-8")
            return
        body, receive = b"", _bounded(receive, _MAX_LOGIN_BYTES)
        try:
            while True:
                message = await receive()
                body += message.get("body", b"")
                if not message.get("more_body"):
                    break
        except HTTPException as error:
            code = "too_large" if error.status_code == 413 else "too_slow"
            await _refuse(scope, send, error.status_code, code, error.detail)
            return
        given = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0].strip()
        if self._access.is_token(given, client_of(scope)):
            cookie = self._access.log_in(_is_https(scope))
            await _send(send, 303, "", "text/plain", {"Location": "/", "Set-Cookie": cookie})
        else:
            await _send(send, 401, login_page(texts.WRONG_TOKEN), "text/html; charset=utf-8")

    def _is_known_host(self, headers: Headers) -> bool:
        return self._access.is_required or _host(headers.get("host", "")) in _LOCAL_HOSTS

    def _max_bytes(self, path: str) -> int:
        if path in _UPLOAD_PATHS:
            return self._max_upload_bytes
        return MAX_PAGE_EVENT_BYTES if path.startswith(_PAGE_PATHS) else MAX_BODY_BYTES


def _bounded(receive: Receive, max_bytes: int) -> Receive:
    """Receives a body as long as it is small enough (the declared length may be missing) and arrives fast enough."""
    started = time.monotonic()
    received, is_complete = 0, False

    async def receive_bounded() -> Message:
        nonlocal received, is_complete
        if is_complete:
            return await receive()
        try:
            with anyio.fail_after(BODY_IDLE_SECONDS):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408, texts.BODY_TOO_SLOW) from None
        received += len(message.get("body", b""))
        is_complete = not message.get("more_body")
        if received > max_bytes:
            raise HTTPException(413, texts.request_too_large(max_bytes))
        seconds = time.monotonic() - started
        if not is_complete and seconds > BODY_GRACE_SECONDS and received < seconds * MIN_BODY_BYTES_PER_SECOND:
            raise HTTPException(408, texts.BODY_TOO_SLOW)
        return message

    return receive_bounded


def _is_https(scope: Scope) -> bool:
    return scope.get("scheme") == "https"


def _declared_length(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isdecimal() else 0


def _host(value: str) -> str:
    try:
        return (urlsplit(f"//{value}").hostname or "").lower()
    except ValueError:
        return ""


def _is_link(method: str, path: str) -> bool:
    """Whether a link of another site may lead here: to what shows a page or the server's state, and changes nothing."""
    return method in ("GET", "HEAD") and path in _LINKED_PATHS


def _is_cross_site(headers: Headers) -> bool:
    """Whether a browser sends the request on behalf of another site's page."""
    site = headers.get("sec-fetch-site", "none")
    if site == "same-origin":  # with our referrer policy, browsers send the login form with the origin "null"
        return False
    if site != "none":
        return True
    origin = headers.get("origin")
    return origin is not None and _network_location(origin) != headers.get("host", "").lower()


def _network_location(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


async def _require_token(scope: Scope, send: Send) -> None:
    if scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", ""):
        await _send(send, 303, "", "text/plain", {"Location": LOGIN_PATH})
    else:
        await _refuse(scope, send, 401, "unauthorized", texts.TOKEN_REQUIRED, {"WWW-Authenticate": "Bearer"})


async def _refuse(
    scope: Scope, send: Send, status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> None:
    body = json.dumps(error_body(scope["path"], status, code, message))
    await _send(send, status, body, "application/json", headers)


async def _send(send: Send, status: int, body: str, content_type: str, headers: dict[str, str] | None = None) -> None:
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
