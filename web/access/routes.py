"""Which need applies to a request: that of the first route that serves it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from .roles import UNDECLARED, Need, Role, declared_need

_READING = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class DeclaredRoute:
    """A route and what it declares.

    Attributes:
        path: its path, as written in the code.
        methods: its methods; None for all.
        target: its endpoint or mounted app.
        name: the name of its endpoint.
    """

    path: str
    methods: frozenset[str] | None
    target: Any
    name: str
    _route: BaseRoute
    _pattern: re.Pattern[str] | None

    @property
    def is_declared(self) -> bool:
        """Whether it says what it needs."""
        return declared_need(self.target) is not None or hasattr(self.target, "need_of")

    def label(self, method: str) -> str:
        """The route for people, as written in the code: nothing that a client chose."""
        path = self.path or "page"
        return f"{method} {path}" if self.methods and method in self.methods else path

    def changes(self, method: str) -> bool:
        """Whether a request for this route changes something."""
        need = declared_need(self.target)
        return need is not None and need.role >= Role.WRITE and method not in _READING

    def serves(self, scope: Scope) -> bool:
        """Whether a request is for this route."""
        if self._pattern is None:
            return self._route.matches(scope)[0] is Match.FULL
        is_allowed = self.methods is None or scope["method"] in self.methods
        return is_allowed and self._pattern.match(scope["path"]) is not None

    def need_of(self, scope: Scope) -> Need:
        """What a request for this route needs: the role admin if it isn't declared."""
        if hasattr(self.target, "need_of"):
            need = self.target.need_of(scope)
            return need if isinstance(need, Need) else UNDECLARED
        return declared_need(self.target) or UNDECLARED


class Routes:
    """The routes of an app, in the order in which it tries them."""

    def __init__(self, app: Any) -> None:
        self._routes = list(_declared(getattr(app, "routes", ())))

    def __iter__(self) -> Iterator[DeclaredRoute]:
        return iter(self._routes)

    def find(self, scope: Scope) -> DeclaredRoute | None:
        """The route that serves a request; None if there is none."""
        return next((route for route in self._routes if route.serves(scope)), None)


def _declared(routes: Sequence[BaseRoute]) -> Iterator[DeclaredRoute]:
    from fastapi.routing import iter_route_contexts  # the commands of this package don't need FastAPI

    for context in iter_route_contexts(routes):
        route, pattern = context.original_route, getattr(context, "path_regex", None)
        target = context.endpoint or getattr(route, "app", None) or route
        yield DeclaredRoute(
            path=context.path or "",
            methods=frozenset(context.methods) if context.methods else None,
            target=target,
            name=context.name or type(target).__name__,
            _route=route,
            _pattern=pattern,
        )
