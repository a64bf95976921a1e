"""A log that others can't flood by causing the same message again and again."""

from __future__ import annotations

import logging
import time
from collections import Counter

from .limits import MAX_SAME_LOG_RECORDS_PER_MINUTE

_SECONDS = 60.0


class RepetitionFilter(logging.Filter):
    """Passes a number of records a minute from each place in the code, and counts the rest."""

    def __init__(self, per_minute: int = MAX_SAME_LOG_RECORDS_PER_MINUTE) -> None:
        super().__init__()
        self._per_minute = per_minute
        self._counts = Counter[tuple[str, int]]()
        self._dropped = Counter[tuple[str, int]]()
        self._started = time.monotonic()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to log a record; the first one of a minute says how many were left out in the minute before."""
        if record.levelno < logging.WARNING:  # logged on request only
            return True
        if time.monotonic() - self._started > _SECONDS:
            self._dropped = self._counts - Counter(dict.fromkeys(self._counts, self._per_minute))
            self._counts.clear()
            self._started = time.monotonic()
        place = record.pathname, record.lineno
        self._counts[place] += 1
        if dropped := self._dropped.pop(place, 0):
            record.msg = f"{record.getMessage()} ({dropped:,} more messages like this were not logged)"
            record.args = ()
        return self._counts[place] <= self._per_minute
