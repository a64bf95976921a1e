"""Kinds of work that go on side by side, batch by batch, each in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
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


class WorkPool:
    """Does the work of several sides until none has any left: more may come while one of them goes on.

    Where one fails, or `stop` is set, the others end after their batch. `on_batch` is called by one thread at a time.
    """

    def __init__(self, give_way: Callable[[], None], stop: threading.Event | None) -> None:
        self._give_way = give_way
        self._stop = stop
        self._failures: list[BaseException] = []
        self._sides: tuple[Side, ...] = ()
        self._busy: set[Side] = set()
        self._is_done = False
        self._changed = threading.Condition()

    def run(self, *sides: Side) -> None:
        """Do the work; the last side in this thread. Raises what one of them raised."""
        self._sides, self._busy = sides, set(sides)
        # Threads that nobody has to wait for when the program ends: what isn't done is done the next time.
        others = [threading.Thread(target=self._work, args=(side,), daemon=True) for side in sides[:-1]]
        try:
            for other in others:
                other.start()
            self._work(sides[-1])
        except BaseException as error:
            self._failures.append(error)
            raise
        finally:
            for other in others:
                if other.ident is not None:
                    other.join()
        if self._failures:
            raise self._failures[0]

    def _work(self, side: Side) -> None:
        done = 0
        try:
            while self._is_work(side):
                self._give_way()
                for count in side.batches():
                    done += count
                    if count:
                        with self._changed:
                            side.on_batch(done, done + side.left())
                    if self._is_over():
                        return
                    self._give_way()
        except BaseException as error:  # noqa: BLE001 `run` raises it
            self._failures.append(error)
        finally:
            with self._changed:
                self._busy.discard(side)
                self._changed.notify_all()

    def _is_work(self, side: Side) -> bool:
        """Wait until there is work for a side (True), or for none (False)."""
        with self._changed:
            self._busy.discard(side)
            while not self._is_over() and not self._is_done:
                if side.left():
                    self._busy.add(side)
                    return True
                if not self._busy and not any(other.left() for other in self._sides):
                    self._is_done = True
                    break
                self._changed.notify_all()
                self._changed.wait(_LOOK_SECONDS)
            self._changed.notify_all()
            return False

    def _is_over(self) -> bool:
        return bool(self._failures) or bool(self._stop and self._stop.is_set())
