"""Blocking work for coroutines."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

T = TypeVar("T")


async def iterate_in_thread(items: Iterator[T], limiter: CapacityLimiter | None = None) -> AsyncIterator[T]:
    """The items of a blocking iterator, each awaited in a thread. None must not be among them.

    A running generator can't be stopped from outside: it ends after its next item. If the consumer is cancelled, the
    thread is abandoned; with a limiter, which counts the threads, its end is awaited. (Starlette's
    `iterate_in_threadpool` waits, too, but in the threads of everything else.)
    """
    is_counted = limiter is not None
    while (
        item := await to_thread.run_sync(next, items, None, abandon_on_cancel=not is_counted, limiter=limiter)
    ) is not None:
        yield item
