"""Counters, times and states in Prometheus' text form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from index import Library

_SECONDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
Numbers = Mapping[str, Callable[[], float]]


class Metrics:
    """The metrics of one app, in a registry of their own."""

    def __init__(self, library: Library, lanes: Numbers, jobs: Numbers) -> None:
        """Create metrics that start at zero.

        Args:
            library: the library whose state is reported.
            lanes: by name of the lane, the number of requests in it, served and waiting.
            jobs: by name of the queue, the number of jobs that wait or run.
        """
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "articles_requests", "Requests, by route and status.", ["route", "status"], registry=self._registry
        )
        self._request_seconds = Histogram(
            "articles_request_seconds",
            "Time to a complete response.",
            ["route"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answer_seconds = Histogram(
            "articles_answer_seconds",
            "Time to a complete answer, by mode and outcome (answered, abstained, refused, failed).",
            ["mode", "outcome"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        ProcessCollector(registry=self._registry)  # memory, processor time, open files
        self._registry.register(_States(library, lanes, jobs))

    def count_request(self, route: str, status: int, seconds: float) -> None:
        """Count a request. `route` is as written in the code."""
        self._requests.labels(route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def count_answer(self, mode: str, outcome: str, seconds: float) -> None:
        """Count an answer."""
        self._answer_seconds.labels(mode, outcome).observe(seconds)

    def text(self) -> bytes:
        """All metrics as text. Reads the state of the library.

        Raises:
            LibraryFailed: the library can't be read.
        """
        return generate_latest(self._registry)


class _States(Collector):
    """What is true now rather than counted: read when it is asked for."""

    def __init__(self, library: Library, lanes: Numbers, jobs: Numbers) -> None:
        self._library = library
        self._lanes = lanes
        self._jobs = jobs

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: so that registering doesn't read the library."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The current states."""
        status = self._library.status()
        waiting = status.passages - status.embedded
        for name, meaning, value in (
            ("articles_library_articles", "Articles in the library.", status.articles),
            ("articles_library_passages", "Passages in the library.", status.passages),
            ("articles_passages_pending", "Passages that can't be found by meaning yet.", waiting),
            (
                "articles_speakers_pending",
                "Articles whose speakers aren't known yet.",
                status.articles - status.articles_processed,
            ),
            ("articles_library_statements", "Statements in the library.", status.statements),
        ):
            yield GaugeMetricFamily(name, meaning, value=value)
        for name, meaning, label, numbers in (
            ("articles_lane_requests", "Requests in a lane, served and waiting.", "lane", self._lanes),
            ("articles_jobs", "Jobs that wait or run.", "queue", self._jobs),
        ):
            family = GaugeMetricFamily(name, meaning, labels=[label])
            for key, read in numbers.items():
                family.add_metric([key], read())
            yield family
