"""Lanes: requests of one kind, with threads and a waiting line of their own, so that they never starve another kind."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from .limits import ASKING, READING, LaneLimits
from .messages import api as texts
from .rates import Rate

T = TypeVar("T")
_MAX_RETRY_SECONDS = 60
_SMOOTHING = 0.2  # weight of the newest request in the average duration


class Busy(Exception):
    """Too many requests.

    Attributes:
        status: the HTTP status: 429, or 503 if it isn't this client's fault.
        retry_seconds: when to try again.
    """

    def __init__(self, status: int, message: str, retry_seconds: int) -> None:
        super().__init__(message)
        self.status = status
        self.retry_seconds = retry_seconds


class Lane:
    """Admits requests of one kind, first come, first served, and runs their work in threads.

    Used by one event loop: no locks.
    """

    def __init__(self, limits: LaneLimits) -> None:
        self._limits = limits
        self._slots = CapacityLimiter(limits.at_once)
        self._threads = CapacityLimiter(limits.at_once)
        self._inside = Counter[str]()  # admitted and waiting requests by client
        self._rate = Rate((limits.per_minute, 60.0)) if limits.per_minute else Rate()
        self._seconds = 1.0  # average duration of a request

    @asynccontextmanager
    async def admit(self, client: str) -> AsyncIterator[None]:
        """Wait until it is this request's turn; the context is the request.

        Raises:
            Busy: too many requests, of this client or of all.
        """
        self._check(client)
        self._inside[client] += 1
        ticket = object()
        try:
            async with _borrowed(self._slots, ticket):
                started = time.monotonic()
                yield
                self._seconds += _SMOOTHING * (time.monotonic() - started - self._seconds)
        finally:
            self._inside[client] -= 1
            if not self._inside[client]:
                del self._inside[client]

    async def run(self, function: Callable[[], T]) -> T:
        """Call a blocking function in one of the lane's threads. If cancelled, it still waits for its end."""
        return await to_thread.run_sync(function, limiter=self._threads)

    @property
    def requests(self) -> int:
        """The number of requests that are served or wait."""
        return self._inside.total()

    @property
    def threads(self) -> CapacityLimiter:
        """The limiter of the lane's threads."""
        return self._threads

    def _check(self, client: str) -> None:
        limits, seconds = self._limits, self._seconds_to_wait()
        if self._inside[client] >= limits.per_client:
            raise Busy(429, texts.too_many_at_once(limits.per_client, seconds), seconds)
        if self._inside.total() >= limits.at_once + limits.waiting:
            raise Busy(limits.full_status, texts.busy(seconds), seconds)
        if seconds := math.ceil(self._rate.seconds_to_wait(client)):
            raise Busy(429, texts.too_many_per_minute(limits.per_minute or 0, seconds), seconds)
        self._rate.count(client)

    def _seconds_to_wait(self) -> int:
        """When about half of the waiting requests are done."""
        seconds = self._seconds * self._inside.total() / self._limits.at_once / 2
        return min(max(1, math.ceil(seconds)), _MAX_RETRY_SECONDS)


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes that several interfaces share.

    Attributes:
        asking: questions and searches.
        reading: what is read from the library.
    """

    asking: Lane = field(default_factory=lambda: Lane(ASKING))
    reading: Lane = field(default_factory=lambda: Lane(READING))


@asynccontextmanager
async def _borrowed(slots: CapacityLimiter, ticket: object) -> AsyncIterator[None]:
    """A slot for something other than the current task, which may have one already."""
    await slots.acquire_on_behalf_of(ticket)
    try:
        yield
    finally:
        slots.release_on_behalf_of(ticket)
