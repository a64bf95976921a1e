"""Whether a request may enter: by token or by session, with few tries."""

from __future__ import annotations

import hmac
import logging
import math
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers

from ..limits import LOGIN_TRIES, SESSION_SECONDS
from ..rates import Rate
from .sessions import Sessions

_LOG = logging.getLogger(__name__)
_COOKIE = "articles_session"


class TooManyTries(Exception):
    """A client sent too many wrong tokens; `retry_seconds` is when it may send the next one."""

    def __init__(self, retry_seconds: int) -> None:
        super().__init__(f"too many wrong tokens; wait {retry_seconds} s")
        self.retry_seconds = retry_seconds


class Access:
    """Knows the token and who is logged in. Without a token, every request may enter."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._sessions = Sessions()
        self._tries = Rate(*LOGIN_TRIES)

    @property
    def is_required(self) -> bool:
        """Whether a token is needed at all."""
        return bool(self._token)

    def may_enter(self, headers: Headers, client: str) -> bool:
        """Whether a request has the token or a session.

        Raises:
            TooManyTries: it has a token, but this client sent too many wrong ones before.
        """
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self.is_token(bearer.strip(), client)
        return self.has_session(headers)

    def is_token(self, given: str, client: str) -> bool:
        """Whether this is the token. A wrong one is counted and logged, without its text.

        Raises:
            TooManyTries: this client sent too many wrong ones; this one wasn't compared.
        """
        if seconds := math.ceil(self._tries.seconds_to_wait(client)):
            raise TooManyTries(seconds)
        is_right = hmac.compare_digest(given.encode(), self._token)
        if not is_right:
            self._tries.count(client)
            _LOG.warning("Wrong token from %s", client)
        return is_right

    def has_session(self, headers: Headers) -> bool:
        """Whether the request is that of a user who is logged in."""
        return self._sessions.is_valid(_session_id(headers))

    def log_in(self, is_https: bool) -> str:
        """Start a session; returns the cookie."""
        return _cookie(self._sessions.start(), SESSION_SECONDS, is_https)

    def log_out(self, headers: Headers, is_https: bool) -> str:
        """End the session of a request; returns a cookie that replaces its own."""
        self._sessions.end(_session_id(headers))
        return _cookie("", 0, is_https)


def _session_id(headers: Headers) -> str:
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(_COOKIE)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


def _cookie(value: str, seconds: int, is_https: bool) -> str:
    secure = "; Secure" if is_https else ""
    return f"{_COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}"
