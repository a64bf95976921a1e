"""Routes that keep to their lane: admitted in turn, worked on in the lane's threads, ended when the client leaves."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import anyio
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.params import Query
from fastapi.routing import APIRoute
from starlette.datastructures import QueryParams
from starlette.types import Message, Receive, Scope, Send

from ..clients import client_of
from ..lanes import Lane
from ..messages import api as texts


def route_class(
    lane: Lane, admits_before_body: bool = False, accepts_unknown_parameters: bool = False
) -> type[APIRoute]:
    """The class of the routes of a lane.

    Args:
        lane: admits the requests and runs them.
        admits_before_body: refuse a request before its body is read; otherwise a slow body holds no place.
        accepts_unknown_parameters: ignore query parameters that the route doesn't have, instead of refusing them.
    """

    class LaneRoute(APIRoute):
        def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
            super().__init__(path, _in_thread(endpoint, lane), **options)
            fields = get_flat_params(self.dependant)
            self._parameters = {field.alias for field in fields if isinstance(field.field_info, Query)}

        async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
            if not accepts_unknown_parameters:
                _refuse_unknown(QueryParams(scope["query_string"]), self._parameters)
            body = _Body(receive)
            if not admits_before_body:
                await body.store()

            async def serve() -> None:
                async with lane.admit(client_of(scope)):
                    await super(LaneRoute, self).handle(scope, body, send)

            await _until_client_leaves(serve, body)

    return LaneRoute


def _in_thread(endpoint: Callable[..., Any], lane: Lane) -> Callable[..., Any]:
    """A blocking endpoint as a coroutine function that runs it in a thread of the lane."""
    if inspect.iscoroutinefunction(endpoint) or inspect.isasyncgenfunction(endpoint):
        return endpoint

    @functools.wraps(endpoint)
    async def call(*arguments: Any, **named: Any) -> Any:
        return await lane.run(functools.partial(endpoint, *arguments, **named))

    return call


def _refuse_unknown(given: QueryParams, known: set[str]) -> None:
    if unknown := [name for name in given if name not in known]:
        message = texts.unknown_parameter(", ".join(sorted(known)))
        raise RequestValidationError(
            [{"type": "extra_forbidden", "loc": ("query", name[:100]), "msg": message} for name in unknown[:1]]
        )


class _Body:
    """Receives the body of a request, and afterwards whether its client has left."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._stored: list[Message] = []
        self._is_complete = anyio.Event()
        self._has_left = anyio.Event()

    async def __call__(self) -> Message:
        if self._stored:
            return self._stored.pop(0)
        if not self._is_complete.is_set():
            return await self._next()
        await self._has_left.wait()
        return {"type": "http.disconnect"}

    async def store(self) -> None:
        """Receive the whole body."""
        while not self._is_complete.is_set():
            self._stored.append(await self._next())

    async def wait_until_left(self) -> None:
        """Return when the body is complete and the client has left."""
        await self._is_complete.wait()
        while not self._has_left.is_set():
            await self._next()

    async def _next(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            self._has_left.set()
            self._is_complete.set()
        elif not message.get("more_body"):
            self._is_complete.set()
        return message


async def _until_client_leaves(serve: Callable[[], Any], body: _Body) -> None:
    problem: Exception | None = None  # raised outside of the task group, which would wrap it

    async def watch() -> None:
        await body.wait_until_left()
        tasks.cancel_scope.cancel()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(watch)
        try:
            await serve()
        except Exception as error:  # noqa: BLE001 raised again
            problem = error
        tasks.cancel_scope.cancel()
    if problem is not None:
        raise problem
