"""Watches a process that may block: it is killed when an answer takes too long, or when its caller stops."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self, TypeVar

POLL_SECONDS = 0.2  # how often to check

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a request may take.

    Attributes:
        answer_seconds: the time limit for each answer; only the time that is spent waiting for it counts.
        total_seconds: the time limit for the request, what the caller does with the answers included.
        stop: ends the request when it is set.
    """

    answer_seconds: float = math.inf
    total_seconds: float = math.inf
    stop: threading.Event | None = None


NO_LIMITS = Limits()


class Watch:
    """Calls `kill` once if a limit is exceeded. `reason` then says which."""

    def __init__(self, limits: Limits, kill: Callable[[], None]) -> None:
        self.reason = ""
        self._limits = limits
        self._kill = kill
        self._began = time.monotonic()
        self._waits_since = math.inf
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        if self._limits != NO_LIMITS:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()

    def waiting(self, wait: Callable[[], T]) -> T:
        """Call a function that waits for an answer of the process."""
        self._waits_since = time.monotonic()
        try:
            return wait()
        finally:
            self._waits_since = math.inf

    def _run(self) -> None:
        while not self._ended.wait(POLL_SECONDS):
            if reason := self._exceeded():
                self.reason = reason
                self._kill()
                return

    def _exceeded(self) -> str:
        limits, now = self._limits, time.monotonic()
        if limits.stop is not None and limits.stop.is_set():
            return "it was stopped"
        if now - self._waits_since > limits.answer_seconds:
            return f"it took longer than {limits.answer_seconds:.0f} seconds"
        if now - self._began > limits.total_seconds:
            return f"it took longer than {limits.total_seconds:.0f} seconds in all"
        return ""
