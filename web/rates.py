"""Rates: how often a client may do something."""

from __future__ import annotations

import time

_MAX_CLIENTS = 10_000  # remembered; beyond, those seen first are forgotten


class Rate:
    """Allows so many events of a client in each of some periods: at first all at once, then evenly spaced.

    The generic cell rate algorithm: for each client and period, it stores the time at which its events so far would
    end if they were evenly spaced.
    """

    def __init__(self, *limits: tuple[int, float]) -> None:
        """Create a rate of (events, seconds) pairs, all of which apply."""
        self._limits = limits
        self._ends: dict[str, list[float]] = {}

    def seconds_to_wait(self, client: str) -> float:
        """How long this client has to wait until its next event; 0 if it needn't."""
        ends = zip(self._ends.get(client, ()), self._limits, strict=False)
        now = time.monotonic()
        waits = [end - now - seconds * (1 - 1 / events) for end, (events, seconds) in ends]
        return max([0.0, *waits])

    def count(self, client: str) -> None:
        """Record an event of this client."""
        now = time.monotonic()
        known = self._ends.pop(client, [now] * len(self._limits))
        if len(self._ends) >= _MAX_CLIENTS:
            self._forget(now)
        self._ends[client] = [
            max(end, now) + seconds / events for end, (events, seconds) in zip(known, self._limits, strict=True)
        ]

    def _forget(self, now: float) -> None:
        self._ends = {client: ends for client, ends in self._ends.items() if max(ends) > now}
        while len(self._ends) >= _MAX_CLIENTS:
            del self._ends[next(iter(self._ends))]
