"""A worker for the tests: it counts, and waits or crashes on request."""

import os
import time
from collections.abc import Callable, Iterator

from index.workers import answer_requests


def serve() -> None:
    """Answer requests until standard input ends."""
    answer_requests(_prepare)


def _prepare() -> Callable[[dict[str, int]], Iterator[list[int]]]:
    def count(request: dict[str, int]) -> Iterator[list[int]]:
        for number in range(request["count"]):
            if number == request.get("crash_at"):
                os._exit(3)
            if number == request.get("wait_at"):
                time.sleep(60)
            yield [number, os.getpid()]

    return count
