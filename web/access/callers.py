"""Who sends the current request, for everything that happens because of it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from ..state import StateFailed
from .changes import Changes
from .roles import Role

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request.

    Attributes:
        name: the name of the token, or one of those below.
        role: what the caller may do.
        token_id: the id of the named token; empty for others.
        per_minute: how many requests a minute; None for any number.
        max_bytes: how large a request may be; None for the general limits.
    """

    name: str
    role: Role
    token_id: str = ""
    per_minute: int | None = None
    max_bytes: int | None = None


NOBODY = Caller("nobody", Role.OPEN)
LOCAL = Caller("local", Role.ADMIN)  # a server without tokens serves this machine only
OWNER = Caller("owner", Role.ADMIN)  # has the token of the settings
BACKGROUND = Caller("background", Role.ADMIN)  # updates of feeds
COMMAND_LINE = Caller("command line", Role.ADMIN)
RESERVED_NAMES = frozenset(caller.name for caller in (NOBODY, LOCAL, OWNER, BACKGROUND, COMMAND_LINE))


@dataclass
class Call:
    """What happens because of one request, also after it has ended, in a job.

    Attributes:
        caller: who sent it.
        changes: where its changes are recorded; None for nowhere.
        has_recorded: whether a change was recorded.
    """

    caller: Caller
    changes: Changes | None = None
    has_recorded: bool = field(default=False, compare=False)

    def record(self, what: str, ids: Iterable[int | str] = ()) -> None:
        """Record a change. It has happened, so that a failure to record it is logged, not raised."""
        self.has_recorded = True
        if self.changes is None:
            return
        try:
            self.changes.add(self.caller.name, what, ids)
        except StateFailed:
            _LOG.exception("A change (%s) by %s couldn't be recorded", what, self.caller.name)


_CURRENT: ContextVar[Call | None] = ContextVar("call", default=None)


def current_call() -> Call:
    """The request that the running code serves. Outside of a server, nothing is recorded."""
    return _CURRENT.get() or Call(LOCAL)


def record_change(what: str, ids: Iterable[int | str] = ()) -> None:
    """Record what the current request changed: when, who, what, and the ids of what. Never texts, titles or questions.

    Call it after the change. A request that needs the role write and records nothing is recorded by `web.guard`, by
    the name of its route and the ids in its path.
    """
    current_call().record(what, ids)


@contextmanager
def calling(call: Call) -> Iterator[Call]:
    """Make this the current request of the code in the context."""
    token = _CURRENT.set(call)
    try:
        yield call
    finally:
        _CURRENT.reset(token)
