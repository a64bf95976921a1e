"""A pool does all the work of its tasks, including work that is added meanwhile, and ends on failures and stops."""

import threading
from collections.abc import Iterator

import pytest

from index.workers.pool import BatchTask, WorkPool


class Backlog:
    """Items that are done one by one; records the reported progress."""

    def __init__(self, remaining: int) -> None:
        self.remaining = remaining
        self.progress: list[tuple[int, int]] = []

    def task(self) -> BatchTask:
        return BatchTask(
            self.run_batches, lambda: self.remaining, lambda done, total: self.progress.append((done, total))
        )

    def run_batches(self) -> Iterator[int]:
        while self.remaining:
            self.remaining -= 1
            self.after_item()
            yield 1

    def after_item(self) -> None:
        pass


def test_all_work_is_done_and_reported() -> None:
    backlogs = [Backlog(3), Backlog(0), Backlog(5)]
    WorkPool(lambda: None, None).run(*(backlog.task() for backlog in backlogs))
    assert [backlog.progress for backlog in backlogs] == [
        [(n, 3) for n in (1, 2, 3)],
        [],
        [(n, 5) for n in (1, 2, 3, 4, 5)],
    ]


def test_work_added_during_another_task_is_done() -> None:
    done, late = threading.Event(), Backlog(0)

    class Long(Backlog):
        def after_item(self) -> None:
            if self.remaining == 1:
                late.remaining = 2
            if not self.remaining:
                assert done.wait(20)  # the late work was done while this task was running

    late.after_item = lambda: done.set() if not late.remaining else None  # type: ignore[method-assign]
    WorkPool(lambda: None, None).run(late.task(), Long(3).task())
    assert [count for count, _ in late.progress] == [1, 2]


def test_work_added_by_the_last_batch_is_done() -> None:
    for order in (1, -1):
        late = Backlog(0)

        class Long(Backlog):
            def after_item(self, late: Backlog = late) -> None:
                late.remaining += not self.remaining

        WorkPool(lambda: None, None).run(*[late.task(), Long(3).task()][::order])
        assert late.progress == [(1, 1)]


def test_a_failure_ends_other_tasks_after_their_batch() -> None:
    failed = threading.Event()

    class Failing(Backlog):
        def after_item(self) -> None:
            failed.set()
            raise OSError("the disk is full")

    class Endless(Backlog):
        def after_item(self) -> None:
            self.remaining = 1
            failed.wait(20)

    with pytest.raises(OSError, match="the disk is full"):
        WorkPool(lambda: None, None).run(Failing(1).task(), Endless(1).task())
    with pytest.raises(OSError, match="the disk is full"):
        WorkPool(lambda: None, None).run(Endless(1).task(), Failing(1).task())


def test_a_stop_ends_all_tasks_after_their_batch() -> None:
    stop = threading.Event()

    class Stopping(Backlog):
        def after_item(self) -> None:
            stop.set()

    backlogs = [Stopping(9), Stopping(9)]
    WorkPool(lambda: None, stop).run(*(backlog.task() for backlog in backlogs))
    assert sum(backlog.remaining for backlog in backlogs) >= 16  # at most one batch each
