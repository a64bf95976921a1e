"""Measure how the time of a rule grows with its text: the exponent is 1 if the time is linear, 2 if it is quadratic."""

import math
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SMALL, SCREENED, LARGE = 4_000, 8_000, 64_000  # characters
MAX_EXPONENT = 1.2
_FLOOR = 0.05  # seconds for the large text; what takes less doesn't matter
_SCREEN = _FLOOR / (LARGE / SCREENED) ** 2  # a quadratic rule at the floor takes so long for the screened text
_LIMIT = 20.0  # seconds of CPU time, after which a rule counts as endless
_MIN_MEASURED = 0.012  # seconds; shorter runs are repeated, because the clock is coarse
_ATTEMPTS = 4
_CLEARLY_LINEAR = 1.1  # exponent between two small texts, which is a coarse measure


class Endless(BaseException):
    """A rule took longer than the limit."""


def exponent(run: Callable[[Any], object], text: Callable[[int], Any]) -> float:
    """Return the exponent from the small to the large text; 0 if the time doesn't matter, infinity if it is endless."""
    try:
        with _time_limit():
            # The first look is cheap, because nearly all rules pass it.
            if (screened := _elapsed(run, text(SCREENED), _SCREEN)) < _SCREEN:
                return 0.0
            if (first := math.log(screened / _elapsed(run, text(SMALL)), SCREENED / SMALL)) <= _CLEARLY_LINEAR:
                return first
            return _measured(run, text)
    except Endless:
        return math.inf


def _measured(run: Callable[[Any], object], text: Callable[[int], Any]) -> float:
    """Return the lowest of several measurements: other programs on the machine make them too high."""
    lowest = math.inf
    for _ in range(_ATTEMPTS):
        large = _cpu_time(run, text(LARGE))
        if large < _FLOOR:
            return 0.0
        lowest = min(lowest, math.log(large / _cpu_time(run, text(SMALL)), LARGE / SMALL))
        if lowest <= MAX_EXPONENT:
            break
    return lowest


def _elapsed(run: Callable[[Any], object], text: Any, enough: float = 0.0) -> float:
    """Return the time of the faster of two runs, by the wall clock: finer than that of CPU time, and never below it.

    There is no second run if the first takes less than `enough`.
    """
    best = math.inf
    for _ in range(2):
        start = time.perf_counter()
        run(text)
        best = min(best, time.perf_counter() - start)
        if best < enough:
            break
    return best


def _cpu_time(run: Callable[[Any], object], text: Any) -> float:
    """Return the CPU time of one run, the mean over as many as the clock needs."""
    start, runs = time.process_time(), 0
    while (spent := time.process_time() - start) < _MIN_MEASURED:
        run(text)
        runs += 1
    return spent / runs


@contextmanager
def _time_limit() -> Iterator[None]:
    """Stop a rule that takes too long; the engine of regular expressions lets signals through."""

    def stop(*_: object) -> None:
        raise Endless

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, _LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
