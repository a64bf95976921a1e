"""Blocking work for coroutines."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TypeVar

from anyio import to_thread

T = TypeVar("T")


async def iterate_in_thread(items: Iterator[T]) -> AsyncIterator[T]:
    """The items of a blocking iterator, each awaited in a thread. None must not be among them.

    If the consumer is cancelled, the thread is abandoned, because a running generator can't be stopped from outside;
    it ends after its next item. (Starlette's `iterate_in_threadpool` would wait for that.)
    """
    while (item := await to_thread.run_sync(next, items, None, abandon_on_cancel=True)) is not None:
        yield item
