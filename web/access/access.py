"""Who sends a request, by token or by session, with few tries for wrong tokens."""

from __future__ import annotations

import hmac
import logging
import math
from http.cookies import CookieError, SimpleCookie

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers

from ..limits import HASHES_AT_ONCE, LOGIN_TRIES, SESSION_SECONDS
from ..rates import Rate
from .callers import LOCAL, OWNER, Caller
from .sessions import Sessions
from .tokens import NamedToken, NamedTokens

_LOG = logging.getLogger(__name__)
_COOKIE = "articles_session"


class TooManyTries(Exception):
    """A client sent too many wrong tokens; `retry_seconds` is when it may send the next one."""

    def __init__(self, retry_seconds: int) -> None:
        super().__init__(f"too many wrong tokens; wait {retry_seconds} s")
        self.retry_seconds = retry_seconds


class Access:
    """Knows the tokens and who is logged in. Without any token, every request is the local user's.

    All methods may raise `StateFailed`: the named tokens can't be read.
    """

    def __init__(self, token: str, named: NamedTokens | None = None) -> None:
        self._token = token.encode()
        self._named = named
        self._sessions = Sessions()
        self._tries = Rate(*LOGIN_TRIES)
        self._hashing = CapacityLimiter(HASHES_AT_ONCE)

    @property
    def is_required(self) -> bool:
        """Whether a token is needed at all."""
        return bool(self._token) or (self._named is not None and self._named.exist())

    async def find_caller(self, headers: Headers, client: str) -> Caller | None:
        """Who sends a request; None if it has no valid token and no session.

        Raises:
            TooManyTries: it has a token, but this client sent too many wrong ones before.
        """
        if not self.is_required:
            return LOCAL
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return await self.check_token(bearer.strip(), client)
        return self.session_caller(headers)

    async def check_token(self, given: str, client: str, name: str = "") -> Caller | None:
        """Whose token this is. A wrong one is counted and logged, without its text.

        Args:
            given: what may be a token.
            client: who sends it.
            name: the name that the token must have; empty for any.

        Raises:
            TooManyTries: this client sent too many wrong ones; this one wasn't compared.
        """
        named = self._named.candidate(given) if self._named else None
        if self._named and named and self._named.is_remembered(given) and name in ("", named.name):
            return _caller(named)
        if seconds := math.ceil(self._tries.seconds_to_wait(client)):
            raise TooManyTries(seconds)
        caller = None
        if self._named and named:
            is_right = await to_thread.run_sync(self._named.is_right, given, named, limiter=self._hashing)
            caller = _caller(named) if is_right else None
        elif self._token and hmac.compare_digest(given.encode("utf-8", "surrogatepass"), self._token):
            caller = OWNER
        if caller is None or name not in ("", caller.name):
            self._tries.count(client)
            _LOG.warning("Wrong token from %s", client)
            return None
        return caller

    def session_caller(self, headers: Headers) -> Caller | None:
        """Who is logged in; None if nobody is, or the token was revoked."""
        token_id = self._sessions.token_id(_session_id(headers))
        if token_id is None:
            return None
        if token_id == "":
            return OWNER
        named = self._named.valid(token_id) if self._named else None
        return _caller(named) if named else None

    def log_in(self, caller: Caller, is_https: bool) -> str:
        """Start a session; returns the cookie."""
        return _cookie(self._sessions.start(caller.token_id), SESSION_SECONDS, is_https)

    def log_out(self, headers: Headers, is_https: bool) -> str:
        """End the session of a request; returns a cookie that replaces its own."""
        self._sessions.end(_session_id(headers))
        return _cookie("", 0, is_https)


def _caller(token: NamedToken) -> Caller:
    return Caller(token.name, token.role, token.id, token.per_minute, token.max_bytes)


def _session_id(headers: Headers) -> str:
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(_COOKIE)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


def _cookie(value: str, seconds: int, is_https: bool) -> str:
    secure = "; Secure" if is_https else ""
    return f"{_COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}"
