"""Kinds of work that go on side by side, batch by batch, each in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

_LOOK_SECONDS = 0.5  # how often one that has nothing left looks whether more has come


@dataclass(frozen=True, slots=True)
class Side:
    """One kind of work: `batches` does it, yielding the size of each batch; `left` counts what remains.

    `on_batch` is told how much is done and how much there is in all.
    """

    batches: Callable[[], Iterator[int]]
    left: Callable[[], int]
    on_batch: Callable[[int, int], None]


class SideBySide:
    """Does the work of several sides until none has any left: more may come while one of them goes on.

    Where one fails, or `stop` is set, the others end after their batch. `on_batch` is called by one thread at a time.
    """

    def __init__(self, give_way: Callable[[], None], stop: threading.Event | None) -> None:
        self._give_way = give_way
        self._stop = stop
        self._failed = False
        self._busy: set[Side] = set()
        self._changed = threading.Condition()

    def run(self, *sides: Side) -> None:
        """Do the work; the last side in this thread. Raises what one of them raised."""
        self._busy = set(sides)
        with ThreadPoolExecutor(max(1, len(sides) - 1), thread_name_prefix="side") as pool:
            others = [pool.submit(self._work, side) for side in sides[:-1]]
            self._work(sides[-1])
            for other in others:
                other.result()

    def _work(self, side: Side) -> None:
        done = 0
        try:
            while True:
                self._give_way()
                for count in side.batches():
                    done += count
                    if count:
                        with self._changed:
                            side.on_batch(done, done + side.left())
                    if self._is_over():
                        return
                    self._give_way()
                if not self._is_more_to_come(side):
                    return
        except BaseException:
            self._failed = True
            raise
        finally:
            with self._changed:
                self._busy.discard(side)
                self._changed.notify_all()

    def _is_more_to_come(self, side: Side) -> bool:
        """Wait until there is work for a side that has none left (True), or the others have none either (False)."""
        with self._changed:
            self._busy.discard(side)
            self._changed.notify_all()
            while self._busy and not self._is_over() and not side.left():
                self._changed.wait(_LOOK_SECONDS)
            if not self._busy or self._is_over():
                return False
            self._busy.add(side)
            return True

    def _is_over(self) -> bool:
        return self._failed or bool(self._stop and self._stop.is_set())
