"""Work in forked processes that report values to their parent."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from typing import Any

Report = Callable[[Any], None]


def run_forked(work: Callable[[Report], None], kill_after: float | None = None) -> tuple[list[Any], int]:
    """Run `work` in a forked process, which is killed after `kill_after` seconds.

    Returns the values that it reported, and its exit status.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        status = 1
        try:
            work(lambda value: os.write(writing, (json.dumps(value) + "\n").encode()) and None)
            status = 0
        except BaseException as error:  # noqa: BLE001 reported to the parent
            os.write(writing, (json.dumps(["raised", f"{type(error).__name__}: {error}"]) + "\n").encode())
        os._exit(status)
    os.close(writing)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading) as lines:
        values = [json.loads(line) for line in lines if line.endswith("\n")]
    return values, os.waitpid(child, 0)[1]


def start_forked(work: Callable[[Report], None]) -> tuple[int, int]:
    """Start `work` in a forked process. Returns its id and the pipe to read its values from."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        values, _ = run_forked(work)
        os.write(writing, "".join(json.dumps(value) + "\n" for value in values).encode())
        os._exit(0)
    os.close(writing)
    return child, reading


def wait_for(child: int, reading: int) -> list[Any]:
    """Wait for a process of `start_forked`. Returns the values that it reported."""
    with os.fdopen(reading) as out:
        values = [json.loads(line) for line in out.read().splitlines()]
    os.waitpid(child, 0)
    return values
