"""What happens to a request and to an answer, counted and logged."""

from __future__ import annotations

import logging
from typing import Literal

from .metrics import Metrics

_LOG = logging.getLogger(__name__)
LogRequests = Literal["none", "requests", "questions"]


class Monitoring:
    """Counts and logs what the app serves.

    Attributes:
        metrics: the counters; None if nothing is counted.
    """

    def __init__(self, metrics: Metrics | None = None, log_requests: LogRequests = "none") -> None:
        """Create it.

        Args:
            metrics: the counters.
            log_requests: what to log: "requests" by their routes, or "questions", too, with their words.
        """
        self.metrics = metrics
        self._log_requests = log_requests

    def request(self, route: str, status: int, seconds: float, who: str) -> None:
        """A request was served. `route` is as written in the code, `who` the name of the token."""
        if self.metrics:
            self.metrics.count_request(route, status, seconds)
        if self._log_requests != "none":
            fields = {"route": route, "status": status, "seconds": round(seconds, 4), "who": who}
            _LOG.info("%s %s in %.3f s for %s", route, status, seconds, who, extra={"fields": fields})

    def answer(self, mode: str, outcome: str, seconds: float, question: str) -> None:
        """A question was answered, or not."""
        if self.metrics:
            self.metrics.count_answer(mode, outcome, seconds)
        if self._log_requests == "none":
            return
        message = "Question (%s) %s in %.3f s"
        values: list[object] = [mode, outcome, seconds]
        fields: dict[str, object] = {"mode": mode, "outcome": outcome, "seconds": round(seconds, 4)}
        if self._log_requests == "questions":
            message, values = f"{message}: %r", [*values, question]
            fields["question"] = question
        _LOG.info(message, *values, extra={"fields": fields})
