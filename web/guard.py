"""One check for every route: the origin of a request, its size and its token."""

from __future__ import annotations

import hashlib
import hmac
import json
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .login import LOGIN_PATH, login_page
from .messages import server as texts

MAX_REQUEST_BYTES = 200 * 1024 * 1024
_MAX_LOGIN_BYTES = 10_000
_COOKIE = "articles_session"
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
        max_bytes: int = MAX_REQUEST_BYTES,
    ) -> None:
        self._app = app
        self._token = token
        self._policy = content_security_policy
        self._max_bytes = max_bytes

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
            await send(message)

        if not self._is_known_host(headers):
            await _refuse(send_guarded, 421, "unknown_host", texts.UNKNOWN_HOST)
        elif not _is_link(scope["method"], path) and _is_cross_site(headers):
            await _refuse(send_guarded, 403, "cross_site", texts.CROSS_SITE)
        elif _declared_length(headers) > self._max_bytes:
            await _refuse(send_guarded, 413, "too_large", texts.request_too_large(self._max_bytes))
        elif self._token and path == LOGIN_PATH:
            await self._log_in(scope, receive, send_guarded)
        elif self._token and path not in _OPEN_PATHS and not self._has_token(headers):
            await _require_token(headers, scope["method"], send_guarded)
        else:
            await self._forward(scope, receive, send_guarded)

    async def _forward(self, scope: Scope, receive: Receive, send: Send) -> None:
        received = 0  # bytes; the declared length may be missing

        async def receive_bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._max_bytes:
                raise HTTPException(413, texts.request_too_large(self._max_bytes))
            return message

        await self._app(scope, receive_bounded, send)

    def _is_known_host(self, headers: Headers) -> bool:
        return bool(self._token) or _host(headers.get("host", "")) in _LOCAL_HOSTS

    def _has_token(self, headers: Headers) -> bool:
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return hmac.compare_digest(bearer.strip().encode(), self._token.encode())
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(_COOKIE)
        except CookieError:
            return False
        return cookie is not None and hmac.compare_digest(cookie.value.encode(), self._session().encode())

    def _session(self) -> str:
        """The value of the cookie: derived from the token without revealing it; a new token invalidates it."""
        return hmac.new(self._token.encode(), b"session", hashlib.sha256).hexdigest()

    async def _log_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            await _send(send, 200, login_page(), "text/html; charset=utf-8")
            return
        body = b""
        while len(body) < _MAX_LOGIN_BYTES:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        given = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0].strip()
        if hmac.compare_digest(given.encode(), self._token.encode()):
            secure = "; Secure" if scope.get("scheme") == "https" else ""
            cookie = f"{_COOKIE}={self._session()}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000{secure}"
            await _send(send, 303, "", "text/plain", {"Location": "/", "Set-Cookie": cookie})
        else:
            await _send(send, 401, login_page(texts.WRONG_TOKEN), "text/html; charset=utf-8")


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
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


async def _require_token(headers: Headers, method: str, send: Send) -> None:
    if method == "GET" and "text/html" in headers.get("accept", ""):
        await _send(send, 303, "", "text/plain", {"Location": LOGIN_PATH})
    else:
        await _refuse(send, 401, "unauthorized", texts.TOKEN_REQUIRED, {"WWW-Authenticate": "Bearer"})


async def _refuse(send: Send, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
    await _send(send, status, json.dumps({"error": {"code": code, "message": message}}), "application/json", headers)


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
