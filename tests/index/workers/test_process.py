"""A worker process streams its answers, is reserved for one request at a time, and is replaced if it stops."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from index.workers import Limits, WorkerProcess, WorkerStopped


@pytest.fixture
def worker() -> Iterator[WorkerProcess]:
    worker = WorkerProcess("tests.index.workers.counter")
    yield worker
    worker.close()


def ask(worker: WorkerProcess, **request: int) -> list[list[int]]:
    with worker.request(request, Limits(answer_seconds=20)) as answers:
        return list(answers)


def test_the_process_is_kept_between_requests(worker: WorkerProcess) -> None:
    first, second = ask(worker, count=3), ask(worker, count=2)
    assert [number for number, _ in first + second] == [0, 1, 2, 0, 1]
    assert len({process_id for _, process_id in first + second}) == 1


def test_a_request_that_is_left_early_releases_the_worker(worker: WorkerProcess) -> None:
    with worker.request({"count": 9}) as answers:
        _, process_id = next(answers)
    with pytest.raises(StopIteration):
        next(answers)
    [[number, new_process_id]] = ask(worker, count=1)
    assert number == 0
    assert new_process_id != process_id  # its remaining answers would have been mixed with those of the new request


def test_other_threads_wait_until_the_context_is_left(worker: WorkerProcess) -> None:
    found: list[list[int]] = []
    thread = threading.Thread(target=lambda: found.extend(ask(worker, count=1)))
    with worker.request({"count": 2}) as answers:
        thread.start()
        thread.join(0.3)
        assert found == []
        assert len(list(answers)) == 2
    thread.join(20)
    assert [number for number, _ in found] == [0]


def test_errors_of_the_caller_are_not_errors_of_the_worker(worker: WorkerProcess) -> None:
    def fail() -> None:
        with worker.request({"count": 2}) as answers:
            next(answers)
            raise ValueError("not from the worker")

    with pytest.raises(ValueError, match="not from the worker"):
        fail()
    assert len(ask(worker, count=1)) == 1


def test_a_crash_is_reported_and_the_process_replaced(worker: WorkerProcess) -> None:
    with worker.request({"count": 3, "crash_at": 1}) as answers:
        assert next(answers)[0] == 0
        with pytest.raises(WorkerStopped, match="status 3"):
            next(answers)
    assert len(ask(worker, count=3)) == 3


def test_each_answer_has_a_time_limit(worker: WorkerProcess) -> None:
    ask(worker, count=1)  # starts the process
    with (
        pytest.raises(WorkerStopped, match=r"longer than 1 seconds$"),
        worker.request({"count": 3, "wait_at": 2}, Limits(answer_seconds=1)) as answers,
    ):
        for _ in answers:
            pass
    assert len(ask(worker, count=3)) == 3


def test_all_answers_together_have_a_time_limit(worker: WorkerProcess) -> None:
    ask(worker, count=1)
    limits = Limits(answer_seconds=30, total_seconds=1)
    with worker.request({"count": 3, "wait_at": 2}, limits) as answers:
        assert [next(answers)[0], next(answers)[0]] == [0, 1]
        time.sleep(1.5)
        with pytest.raises(WorkerStopped, match=r"longer than 1 seconds in all$"):
            next(answers)
    assert len(ask(worker, count=3)) == 3


def test_a_stopped_request_ends_at_once(worker: WorkerProcess) -> None:
    ask(worker, count=1)
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    began = time.monotonic()
    with (
        pytest.raises(WorkerStopped, match="stopped"),
        worker.request({"count": 3, "wait_at": 2}, Limits(stop=stop)) as answers,
    ):
        assert len(list(answers)) == 2
    assert time.monotonic() - began < 2


def test_a_request_that_waits_for_its_turn_can_be_stopped(worker: WorkerProcess) -> None:
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with (
        worker.request({"count": 1}) as answers,
        pytest.raises(WorkerStopped, match="stopped"),
        worker.request({"count": 1}, Limits(stop=stop)),
    ):
        pass
    assert len(list(answers)) == 0
