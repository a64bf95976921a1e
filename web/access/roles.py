"""Roles: what a caller may do, and what each route and each event of the page needs.

Every route declares its need with the decorator `needs`; `web.guard` compares it with the caller's role. What declares
nothing needs the role admin.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeVar

Declared = TypeVar("Declared")


class Role(IntEnum):
    """What a caller may do; each role includes those before it."""

    OPEN = 0  # of routes only: nobody needs a token
    READ = 1  # ask, search, list
    WRITE = 2  # add, edit and remove; follow feeds
    ADMIN = 3  # everything else: tokens, changes, metrics

    @property
    def label(self) -> str:
        """The role as users write it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Need:
    """What a request needs.

    Attributes:
        role: the least role.
        counts: whether it counts for the rate of a named token. The files that the page consists of don't.
    """

    role: Role
    counts: bool = True


UNDECLARED = Need(Role.ADMIN)


def needs(role: Role, *, counts: bool = True) -> Callable[[Declared], Declared]:
    """Declare the role that a route, an ASGI app or an event of the page needs.

    `@needs(Role.READ)` goes below the decorator of the route. A mounted app is declared as
    `app.mount("/path", needs(Role.READ)(mounted))`; if it has a method `need_of(scope)`, this decides instead.
    """

    def declare(target: Declared) -> Declared:
        target.need = Need(role, counts)  # type: ignore[attr-defined]
        return target

    return declare


def declared_need(target: Any) -> Need | None:
    """What an endpoint, ASGI app or handler declares; None if it declares nothing."""
    need = getattr(target, "need", None)
    return need if isinstance(need, Need) else None
