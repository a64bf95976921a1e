"""One check for every route: the origin of a request, its size, its token, and what the token may do."""

from __future__ import annotations

import logging
import time
from urllib.parse import parse_qs, urlsplit

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .access import (
    LOGIN_PATH,
    LOGOUT_PATH,
    NOBODY,
    UNDECLARED,
    Access,
    Admission,
    Call,
    Caller,
    Changes,
    DeclaredRoute,
    NamedTokens,
    Role,
    RoleMissing,
    Routes,
    TooFast,
    TooManyTries,
    calling,
    login_page,
)
from .clients import client_of
from .limits import MAX_BODY_BYTES, MAX_EXPORT_BODY_BYTES, MAX_PAGE_EVENT_BYTES, MAX_UPLOAD_BYTES
from .messages import access as access_texts
from .messages import server as texts
from .monitoring import Monitoring
from .refusals import MCP_PATH, OPENAI_PATHS
from .state import StateFailed, StateFile
from .transport import bounded, read_body, refuse, respond

_LOG = logging.getLogger(__name__)
_UPLOAD_PATHS = ("/api/v1/articles", "/gradio_api/upload")
_PAGE_PATHS = "/gradio_api/"
_EXPORT_PATH = "/api/v1/export"
_ARTICLES = "/a/"  # followed by the id of an article: its page
# Their responses are never to be stored.
_PRIVATE_PATHS = ("/api/", "/page/", _ARTICLES, OPENAI_PATHS, MCP_PATH, _PAGE_PATHS, "/config", LOGIN_PATH, LOGOUT_PATH)
_MAX_LOGIN_BYTES = 10_000
_SERVED = "served"  # in the scope: the route and the caller's name
_LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")
_CONVERSATIONS = "/c/"  # followed by the id of a conversation: the page that opens it
_LINKED_PATHS = ("/", "/docs", LOGIN_PATH, "/healthz", "/readyz")
_WRONG_ROLE = {"WWW-Authenticate": 'Bearer error="insufficient_scope"'}
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
    With tokens, each route is served to those who have the role that it declares (`web.access.needs`).

    Attributes:
        routes: the routes of the app, with what they need.
    """

    def __init__(
        self,
        app: ASGIApp,
        token: str = "",
        content_security_policy: str = "default-src 'self'",
        max_upload_bytes: int = MAX_UPLOAD_BYTES,
        access_file: StateFile | None = None,
        monitoring: Monitoring | None = None,
    ) -> None:
        """Guard a finished app: routes that are added later aren't known.

        Args:
            app: the app.
            token: the token of the settings, which has all roles; empty for none.
            content_security_policy: sent with every response.
            max_upload_bytes: size of an upload.
            access_file: where the named tokens and the changes are stored; None for nowhere.
            monitoring: counts and logs the requests.
        """
        self._app = app
        self.routes = Routes(app)
        self._access = Access(token, NamedTokens(access_file) if access_file else None)
        self._changes = Changes(access_file) if access_file else None
        self._admission = Admission()
        self._monitoring = monitoring or Monitoring()
        self._policy = content_security_policy
        self._max_upload_bytes = max_upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve or refuse a request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._serve_observed(scope, receive, send)
        # Nothing else (WebSockets) is served: the app doesn't use it.

    async def _serve_observed(self, scope: Scope, receive: Receive, send: Send) -> None:
        started, status = time.perf_counter(), 500

        async def send_observed(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._serve(scope, receive, send_observed)
        finally:
            route, who = scope.get(_SERVED, ("none", NOBODY.name))
            self._monitoring.request(route, status, time.perf_counter() - started, who)

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
        try:
            if not self._is_known_host(headers):
                await refuse(scope, send_guarded, 421, "unknown_host", texts.UNKNOWN_HOST)
            elif not _is_link(scope["method"], path) and _is_cross_site(headers):
                await refuse(scope, send_guarded, 403, "cross_site", texts.CROSS_SITE)
            elif _declared_length(headers) > max_bytes:
                await refuse(scope, send_guarded, 413, "too_large", texts.request_too_large(max_bytes))
            elif self._access.is_required and path in (LOGIN_PATH, LOGOUT_PATH):
                await self._serve_login(scope, receive, send_guarded)
            else:
                await self._serve_route(scope, receive, send_guarded)
        except TooManyTries as error:
            retry = {"Retry-After": str(error.retry_seconds)}
            await refuse(scope, send_guarded, 429, "too_many_tries", texts.too_many_tries(error.retry_seconds), retry)
        except StateFailed:
            _LOG.exception("The named tokens can't be read")
            await refuse(scope, send_guarded, 503, "access_failed", access_texts.ACCESS_FAILED, {"Retry-After": "5"})

    async def _serve_route(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, route = Headers(scope=scope), self.routes.find(scope)
        need = route.need_of(scope) if route else UNDECLARED
        caller: Caller | None = NOBODY
        if need.role > Role.OPEN:
            caller = await self._access.find_caller(headers, client_of(scope))
        if caller is None:
            await _require_token(scope, send)
            return
        scope[_SERVED] = route.label(scope["method"]) if route else "none", caller.name
        max_bytes = min(self._max_bytes(scope["path"]), caller.max_bytes or MAX_UPLOAD_BYTES)
        try:
            self._admission.admit(caller, need)
        except RoleMissing as error:
            await refuse(scope, send, 403, "forbidden", str(error), _WRONG_ROLE)
        except TooFast as error:
            await refuse(scope, send, 429, "busy", str(error), {"Retry-After": str(error.retry_seconds)})
        else:
            if _declared_length(headers) > max_bytes:
                await refuse(scope, send, 413, "too_large", texts.request_too_large(max_bytes))
            else:
                await self._call(caller, route, {**scope}, bounded(receive, max_bytes), send)

    async def _call(
        self, caller: Caller, route: DeclaredRoute | None, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Serve an admitted request, and see that its change is recorded before it is confirmed."""
        call = scope["call"] = Call(caller, self._changes)

        async def send_recorded(message: Message) -> None:
            is_done = message["type"] == "http.response.start" and message["status"] < 400
            if is_done and route and route.changes(scope["method"]) and not call.has_recorded:
                await to_thread.run_sync(call.record, route.name, scope.get("path_params", {}).values())
            await send(message)

        with calling(call):
            await self._app(scope, receive, send_recorded)

    async def _serve_login(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if scope["path"] == LOGIN_PATH:
            await self._log_in(scope, receive, send)
        elif scope["method"] == "POST":
            cookie = self._access.log_out(headers, _is_https(scope))
            await respond(send, 303, "", "text/plain", {"Location": LOGIN_PATH, "Set-Cookie": cookie})
        elif await self._access.find_caller(headers, client_of(scope)):
            await self._app(scope, bounded(receive, MAX_BODY_BYTES), send)  # not found
        else:
            await _require_token(scope, send)

    async def _log_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            caller = self._access.session_caller(Headers(scope=scope))
            await respond(send, 200, login_page(logged_in=caller), "text/html; charset=utf-8")
            return
        try:
            body = await read_body(receive, _MAX_LOGIN_BYTES)
        except HTTPException as error:
            code = "too_large" if error.status_code == 413 else "too_slow"
            await refuse(scope, send, error.status_code, code, error.detail)
            return
        form = parse_qs(body.decode("utf-8", "replace"))
        name, given = (form.get(field, [""])[0].strip() for field in ("name", "token"))
        if caller := await self._access.check_token(given, client_of(scope), name):
            cookie = self._access.log_in(caller, _is_https(scope))
            await respond(send, 303, "", "text/plain", {"Location": "/", "Set-Cookie": cookie})
        else:
            await respond(send, 401, login_page(texts.WRONG_TOKEN), "text/html; charset=utf-8")

    def _is_known_host(self, headers: Headers) -> bool:
        return self._access.is_required or _host(headers.get("host", "")) in _LOCAL_HOSTS

    def _max_bytes(self, path: str) -> int:
        if path in _UPLOAD_PATHS:
            return self._max_upload_bytes
        if path == _EXPORT_PATH:
            return MAX_EXPORT_BODY_BYTES
        return MAX_PAGE_EVENT_BYTES if path.startswith(_PAGE_PATHS) else MAX_BODY_BYTES


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
    return method in ("GET", "HEAD") and (path in _LINKED_PATHS or path.startswith((_ARTICLES, _CONVERSATIONS)))


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
        await respond(send, 303, "", "text/plain", {"Location": LOGIN_PATH})
    else:
        await refuse(scope, send, 401, "unauthorized", texts.TOKEN_REQUIRED, {"WWW-Authenticate": "Bearer"})
