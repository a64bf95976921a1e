"""Requests that no route of the API serves: 405 for a wrong method, 404 for an unknown path of the API."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from ..access import Need, Role
from ..messages import api as texts

_PREFIX = "/api/"


class Unmatched(BaseRoute):
    """The last route of the API, before the page's, which would take everything else."""

    need = Need(Role.READ)

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._routes = [route for route in routes if isinstance(route, Route)]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match the paths of the API, with any method."""
        if scope["type"] == "http" and (scope["path"].startswith(_PREFIX) or self._methods(scope["path"])):
            return Match.FULL, {}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 of starlette
        """Refuse a request."""
        if methods := self._methods(scope["path"]):
            allowed = ", ".join(sorted(methods))
            message = texts.method_not_allowed(scope["method"], allowed)
            raise HTTPException(405, message, {"Allow": allowed})
        raise HTTPException(404, texts.unknown_path(scope["path"]))

    def _methods(self, path: str) -> set[str]:
        """The methods of the routes with this path."""
        return {method for route in self._routes if route.path_regex.match(path) for method in route.methods or ()}
