"""Several kinds of work done concurrently, batch by batch, each in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_POLL_SECONDS = 0.5  # how often an idle thread checks for new work


@dataclass(frozen=True, slots=True)
class BatchTask:
    """One kind of work.

    Attributes:
        run_batches: does what there is, and yields the number of items after each batch.
        count_remaining: returns the number of items left to do.
        on_progress: called after each batch with the number of items done and the total.
    """

    run_batches: Callable[[], Iterator[int]]
    count_remaining: Callable[[], int]
    on_progress: Callable[[int, int], None]


class WorkPool:
    """Runs several tasks until none has anything left; tasks may get more to do while others run.

    If a task fails, or `stop` is set, the others end after their current batch. `before_batch` is called before each
    batch; `on_progress` is called by one thread at a time.
    """

    def __init__(self, before_batch: Callable[[], None], stop: threading.Event | None) -> None:
        self._before_batch = before_batch
        self._stop = stop
        self._failures: list[BaseException] = []
        self._tasks: tuple[BatchTask, ...] = ()
        self._busy: set[BatchTask] = set()
        self._is_done = False
        self._changed = threading.Condition()

    def run(self, *tasks: BatchTask) -> None:
        """Run the tasks, the last one in this thread, and raise the first exception of any of them."""
        self._tasks, self._busy = tasks, set(tasks)
        # Daemon threads don't delay the end of the program: unfinished work is done the next time.
        threads = [threading.Thread(target=self._work, args=(task,), daemon=True) for task in tasks[:-1]]
        try:
            for thread in threads:
                thread.start()
            self._work(tasks[-1])
        except BaseException as error:
            self._failures.append(error)
            raise
        finally:
            for thread in threads:
                if thread.ident is not None:
                    thread.join()
        if self._failures:
            raise self._failures[0]

    def _work(self, task: BatchTask) -> None:
        done = 0
        try:
            while self._wait_for_work(task):
                self._before_batch()
                for count in task.run_batches():
                    done += count
                    if count:
                        with self._changed:
                            task.on_progress(done, done + task.count_remaining())
                    if self._is_stopping():
                        return
                    self._before_batch()
        except BaseException as error:  # noqa: BLE001 `run` raises it
            self._failures.append(error)
        finally:
            with self._changed:
                self._busy.discard(task)
                self._changed.notify_all()

    def _wait_for_work(self, task: BatchTask) -> bool:
        """Wait until the task has something to do (True), or until no task has (False)."""
        with self._changed:
            self._busy.discard(task)
            while not self._is_stopping() and not self._is_done:
                if task.count_remaining():
                    self._busy.add(task)
                    return True
                if not self._busy and not any(other.count_remaining() for other in self._tasks):
                    self._is_done = True
                    break
                self._changed.notify_all()
                self._changed.wait(_POLL_SECONDS)
            self._changed.notify_all()
            return False

    def _is_stopping(self) -> bool:
        return bool(self._failures) or bool(self._stop and self._stop.is_set())
