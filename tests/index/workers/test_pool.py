"""Work that goes on side by side: all of it is done, a failure ends it, more may come meanwhile."""

import threading
from collections.abc import Iterator

import pytest

from index.workers.pool import Side, WorkPool


class Heap:
    """Work that is done one by one, and recorded."""

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting
        self.told: list[tuple[int, int]] = []

    def side(self) -> Side:
        return Side(self.batches, lambda: self.waiting, lambda done, total: self.told.append((done, total)))

    def batches(self) -> Iterator[int]:
        while self.waiting:
            self.waiting -= 1
            self.after()
            yield 1

    def after(self) -> None:
        pass


def test_all_is_done_and_told() -> None:
    heaps = [Heap(3), Heap(0), Heap(5)]
    WorkPool(lambda: None, None).run(*(heap.side() for heap in heaps))
    assert [heap.told for heap in heaps] == [[(n, 3) for n in (1, 2, 3)], [], [(n, 5) for n in (1, 2, 3, 4, 5)]]


def test_what_comes_while_another_goes_on_is_done() -> None:
    done, late = threading.Event(), Heap(0)

    class Long(Heap):
        def after(self) -> None:
            if self.waiting == 1:
                late.waiting = 2
            if not self.waiting:
                assert done.wait(20)  # the other side did it while this one went on

    late.after = lambda: done.set() if not late.waiting else None  # type: ignore[method-assign]
    WorkPool(lambda: None, None).run(late.side(), Long(3).side())
    assert [count for count, _ in late.told] == [1, 2]


def test_what_the_last_batch_brings_is_done() -> None:
    for order in (1, -1):
        late = Heap(0)

        class Long(Heap):
            def after(self, late: Heap = late) -> None:
                late.waiting += not self.waiting

        WorkPool(lambda: None, None).run(*[late.side(), Long(3).side()][::order])
        assert late.told == [(1, 1)]


def test_a_failure_ends_the_others_after_their_batch() -> None:
    failed = threading.Event()

    class Failing(Heap):
        def after(self) -> None:
            failed.set()
            raise OSError("the disk is full")

    class Endless(Heap):
        def after(self) -> None:
            self.waiting = 1
            failed.wait(20)

    with pytest.raises(OSError, match="the disk is full"):
        WorkPool(lambda: None, None).run(Failing(1).side(), Endless(1).side())
    with pytest.raises(OSError, match="the disk is full"):
        WorkPool(lambda: None, None).run(Endless(1).side(), Failing(1).side())


def test_a_stop_ends_all_after_their_batch() -> None:
    stop = threading.Event()

    class Stopping(Heap):
        def after(self) -> None:
            stop.set()

    heaps = [Stopping(9), Stopping(9)]
    WorkPool(lambda: None, stop).run(*(heap.side() for heap in heaps))
    assert sum(heap.waiting for heap in heaps) >= 16  # one batch each, at most
