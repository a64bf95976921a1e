"""One check for every route: where a request comes from, how large it is, and whether it has the token."""

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

MAX_REQUEST_BYTES = 200 * 1024 * 1024
_COOKIE = "articles_session"
_OPEN_PATHS = ("/healthz", "/readyz")
_LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
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

    Without a token only this machine's own names are served, so that no web site can reach the app under a name
    of its own (DNS rebinding). Requests that change something must come from the app's own pages or no page.
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
        """Serve a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)
        # Anything else (WebSockets) is not served: the app has none.

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, path = Headers(scope=scope), scope["path"]

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    out.setdefault(name, value)
                out.setdefault("Content-Security-Policy", self._policy)
            await send(message)

        if not self._is_known_host(headers):
            await _refuse(send_guarded, 421, "unknown_host", "This address is not served; use 127.0.0.1 or localhost.")
        elif scope["method"] not in _SAFE_METHODS and _is_cross_site(headers):
            await _refuse(send_guarded, 403, "cross_site", "Requests from other web sites are refused.")
        elif _declared_length(headers) > self._max_bytes:
            await _refuse(send_guarded, 413, "too_large", self._too_large())
        elif self._token and path == LOGIN_PATH:
            await self._log_in(scope, receive, send_guarded)
        elif self._token and path not in _OPEN_PATHS and not self._is_allowed(headers):
            await _ask_for_token(headers, scope["method"], send_guarded)
        else:
            await self._pass_on(scope, receive, send_guarded)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = 0

        async def receive_bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._max_bytes:
                raise HTTPException(413, self._too_large())
            return message

        await self._app(scope, receive_bounded, send)

    def _too_large(self) -> str:
        return f"The request is larger than {self._max_bytes / 1e6:.0f} MB. Add fewer files at a time."

    def _is_known_host(self, headers: Headers) -> bool:
        return bool(self._token) or _host(headers.get("host", "")) in _LOCAL_HOSTS

    def _is_allowed(self, headers: Headers) -> bool:
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return hmac.compare_digest(bearer.strip().encode(), self._token.encode())
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(_COOKIE)
        except CookieError:
            return False
        return cookie is not None and hmac.compare_digest(cookie.value.encode(), self._session().encode())

    def _session(self) -> str:
        """What the cookie holds: it proves the token without being it, and ends when the token changes."""
        return hmac.new(self._token.encode(), b"session", hashlib.sha256).hexdigest()

    async def _log_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            await _send(send, 200, login_page(), "text/html; charset=utf-8")
            return
        body = b""
        while len(body) < 10_000:
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
            await _send(send, 401, login_page("That is not the token."), "text/html; charset=utf-8")


def _declared_length(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isdecimal() else 0


def _host(value: str) -> str:
    try:
        return (urlsplit(f"//{value}").hostname or "").lower()
    except ValueError:
        return ""


def _is_cross_site(headers: Headers) -> bool:
    """True for requests that a browser sends on behalf of another site's page."""
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


async def _ask_for_token(headers: Headers, method: str, send: Send) -> None:
    if method == "GET" and "text/html" in headers.get("accept", ""):
        await _send(send, 303, "", "text/plain", {"Location": LOGIN_PATH})
    else:
        await _refuse(
            send, 401, "unauthorized", "A token is needed: send it as “Authorization: Bearer …”.",
            {"WWW-Authenticate": "Bearer"},
        )  # fmt: skip


async def _refuse(send: Send, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
    await _send(send, status, json.dumps({"error": {"code": code, "message": message}}), "application/json", headers)


async def _send(send: Send, status: int, body: str, kind: str, headers: dict[str, str] | None = None) -> None:
    data = body.encode("utf-8")
    lines = {"content-type": kind, "content-length": str(len(data)), **(headers or {})}
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in lines.items()],
        }
    )
    await send({"type": "http.response.body", "body": data})
