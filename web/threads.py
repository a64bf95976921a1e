"""Work that blocks, for coroutines."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TypeVar

from anyio import to_thread

T = TypeVar("T")


async def stepped(steps: Iterator[T]) -> AsyncIterator[T]:
    """The items of an iterator that blocks, none of them None, each waited for in a thread.

    Where nobody waits any more, the thread is left alone: a generator that is at work can't be ended from outside. It
    is ended behind its next item. (Starlette's `iterate_in_threadpool` would wait for that.)
    """
    while (step := await to_thread.run_sync(next, steps, None, abandon_on_cancel=True)) is not None:
        yield step
