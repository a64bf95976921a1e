"""Whether a caller may do something: the one place where roles and rates of callers are compared with needs."""

from __future__ import annotations

import math

from ..messages import access as texts
from ..rates import Rate
from .callers import Caller
from .roles import Need, Role

_MINUTE = 60.0  # seconds


class RoleMissing(Exception):
    """The caller's role isn't enough. The message is for people."""


class TooFast(Exception):
    """The caller's token is used too often; `retry_seconds` is when it may be used again. The message is for people."""

    def __init__(self, message: str, retry_seconds: int) -> None:
        super().__init__(message)
        self.retry_seconds = retry_seconds


class Admission:
    """Admits callers by their roles, and counts the requests of named tokens. Used by one event loop: no locks."""

    def __init__(self) -> None:
        self._rates: dict[str, tuple[int, Rate]] = {}  # by id of the token: few, people make them one by one

    def admit(self, caller: Caller, need: Need) -> None:
        """Admit a request.

        Raises:
            RoleMissing: the caller's role isn't enough.
            TooFast: the caller's token is used too often.
        """
        require_role(caller, need.role)
        if caller.per_minute is None or not need.counts:
            return
        limit, rate = self._rates.get(caller.token_id, (0, Rate()))
        if limit != caller.per_minute:
            rate = Rate((caller.per_minute, _MINUTE))
            self._rates[caller.token_id] = caller.per_minute, rate
        if seconds := math.ceil(rate.seconds_to_wait(caller.token_id)):
            raise TooFast(texts.too_fast(caller.per_minute, seconds), seconds)
        rate.count(caller.token_id)


def require_role(caller: Caller, role: Role) -> None:
    """Check the role of a caller.

    Raises:
        RoleMissing: it isn't enough.
    """
    if caller.role < role:
        raise RoleMissing(texts.role_missing(role.label, caller.role.label))
