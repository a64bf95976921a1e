"""Jobs: adding sources in the background, one job after another, with progress and a way to stop.

Uploads are jobs too, with a queue of their own: a feed that is read for hours doesn't hold them up.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from index import Failure, LibraryError, Progress, Report, SourceError

from .access import Call, calling, current_call
from .limits import JOBS_STOP_SECONDS, MAX_ENDED_JOBS, MAX_FAILURES_IN_REPORT, MAX_SKIPPED_IN_REPORT, MAX_WAITING_JOBS
from .messages import common

_LOG = logging.getLogger(__name__)

State = Literal["waiting", "running", "done", "stopped"]
Work = Callable[
    [Callable[[Progress], None], threading.Event], Report
]  # called with a progress callback and a stop event


class JobNotFound(LookupError):
    """No job has this id: there never was one, or it ended long ago."""

    def __init__(self, job_id: str) -> None:
        super().__init__(f"no job has the id {job_id!r}")
        self.job_id = job_id


class JobsFull(Exception):
    """Too many jobs are waiting."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit:,} jobs are waiting already")
        self.limit = limit


@dataclass
class Job:
    """Sources that are being added.

    Attributes:
        name: what is added, for people: an address, for example.
        library_directory: the directory of the library, which the report doesn't reveal.
        done: number of finished sources.
        total: number of known sources; grows when one leads to others.
        item: the current source.
        articles: number of finished articles in the current source.
        found: number of articles found in it until now.
        parts: name and report of each finished file of an upload.
        report: the result, once the job has ended; with the first failures and skipped sources only.
        more_failures: number of failures beyond those of the report.
        more_skipped: number of skipped sources beyond those of the report.
        call: the request that started it.
    """

    name: str
    work: Work = field(repr=False)
    library_directory: Path | None = None
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    state: State = "waiting"
    done: int = 0
    total: int = 0
    item: str = ""
    articles: int = 0
    found: int = 0
    parts: Sequence[tuple[str, Report]] = ()
    report: Report = field(default_factory=Report)
    more_failures: int = 0
    more_skipped: int = 0
    stop: threading.Event = field(default_factory=threading.Event, repr=False)
    ended: threading.Event = field(default_factory=threading.Event, repr=False)
    call: Call = field(default_factory=current_call, repr=False)
    _started: float = 0.0
    _item_started: float = 0.0

    @property
    def sources_per_second(self) -> float | None:
        """The average rate; None if not known yet."""
        seconds = time.monotonic() - self._started
        return self.done / seconds if self.state == "running" and self.done and seconds > 0 else None

    @property
    def articles_per_second(self) -> float | None:
        """The average rate within the current source, if it has several articles; None if not known yet."""
        seconds = time.monotonic() - self._item_started
        is_known = self.state == "running" and self.found > 1 and self.articles and seconds > 0
        return self.articles / seconds if is_known else None

    @property
    def seconds_left(self) -> float | None:
        """The estimated time to the end, of the current source if it has several articles; None if not known yet."""
        if rate := self.articles_per_second:
            return (self.found - self.articles) / rate
        rate = self.sources_per_second
        return (self.total - self.done) / rate if rate else None

    def update_progress(self, progress: Progress) -> None:
        """Record the progress."""
        if progress.item != self.item or progress.articles < self.articles:
            self._item_started = time.monotonic()
        self.done, self.total, self.item = progress.done, progress.total, progress.item
        self.articles, self.found = progress.articles, progress.found

    def mark_running(self) -> None:
        """Record that the job starts now."""
        self.state, self._started = "running", time.monotonic()

    def run(self) -> None:
        """Do the work. Any failure becomes part of the report."""
        try:
            self.report = self.work(self.update_progress, self.stop)
        except SourceError as error:
            self.report.failed.append(Failure(self.name, str(error), error.code))
        except LibraryError:
            _LOG.exception("The library failed")
            self.report.failed.append(Failure(self.name, common.JOB_LIBRARY_FAILED))
        except Exception:  # noqa: BLE001 a bug in one job must not end those after it
            _LOG.exception("A job crashed")
            self.report.failed.append(Failure(self.name, common.JOB_CRASHED))
        if ids := [*self.report.added, *self.report.updated]:
            self.call.record("add", ids)
        self._shorten_report()
        self.mark_ended()

    def _shorten_report(self) -> None:
        """Keep only the first failures and skipped sources, without the path of the library: that is for the log."""
        self.more_skipped = max(0, len(self.report.skipped) - MAX_SKIPPED_IN_REPORT)
        del self.report.skipped[MAX_SKIPPED_IN_REPORT:]
        failures = self.report.failed
        self.more_failures = max(0, len(failures) - MAX_FAILURES_IN_REPORT)
        del failures[MAX_FAILURES_IN_REPORT:]
        if (path := str(self.library_directory or "")) == "":
            return
        for position, failure in enumerate(failures):
            if path in failure.reason or path == failure.source:
                _LOG.error("%s failed: %s", failure.source, failure.reason)
                source = self.name if path == failure.source else failure.source
                failures[position] = replace(failure, source=source, reason=common.JOB_LIBRARY_FAILED)

    def mark_ended(self) -> None:
        """Record that the job is done or stopped."""
        self.state = "stopped" if self.stop.is_set() else "done"
        self.ended.set()


class Jobs:
    """A queue of jobs and the thread that runs them. Unfinished jobs are discarded on shutdown; added articles stay."""

    def __init__(
        self, on_added: Callable[[], None], library_directory: Path, max_waiting: int = MAX_WAITING_JOBS
    ) -> None:
        """Create an empty queue.

        Args:
            on_added: called after each job.
            library_directory: the directory of the library, which reports don't reveal.
            max_waiting: the number of jobs that may wait.
        """
        self._on_added = on_added
        self._library_directory = library_directory
        self._max_waiting = max_waiting
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def start(self, name: str, work: Work, parts: Sequence[tuple[str, Report]] = ()) -> Job:
        """Queue a job; `work` adds to `parts`, if it has several. After `close`, it is stopped at once.

        Raises:
            JobsFull: too many jobs are waiting.
        """
        job = Job(name, work, self._library_directory, parts=parts)
        if self._is_closed:
            job.stop.set()
            job.mark_ended()
            return job
        with self._lock:
            if sum(known.state == "waiting" for known in self._jobs.values()) >= self._max_waiting:
                raise JobsFull(self._max_waiting)
            self._jobs[job.id] = job
            for old_id in [job_id for job_id, known in self._jobs.items() if known.ended.is_set()][:-MAX_ENDED_JOBS]:
                del self._jobs[old_id]
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
                self._thread.start()
        self._queue.put(job)
        return job

    def job(self, job_id: str) -> Job:
        """The job with this id.

        Raises:
            JobNotFound: no job has this id.
        """
        with self._lock:
            if (job := self._jobs.get(job_id)) is None:
                raise JobNotFound(job_id)
            return job

    def stop(self, job_id: str) -> Job:
        """Stop a job; what it added stays. A waiting job ends at once.

        Raises:
            JobNotFound: no job has this id.
        """
        job = self.job(job_id)
        with self._lock:
            job.stop.set()
            if job.state == "waiting":
                job.mark_ended()
        return job

    def jobs(self) -> list[Job]:
        """All jobs, newest first."""
        with self._lock:
            return list(self._jobs.values())[::-1]

    def running(self) -> Job | None:
        """The running job."""
        return next((job for job in self.jobs() if job.state == "running"), None)

    def unfinished(self) -> int:
        """The number of jobs that wait or run."""
        return sum(not job.ended.is_set() for job in self.jobs())

    def stop_all(self) -> None:
        """Ask all jobs to stop, and start no more; doesn't wait."""
        self._is_closed = True
        for job in self.jobs():
            self.stop(job.id)
        self._queue.put(None)

    def close(self) -> None:
        """Stop all jobs and start no more; wait for the running one."""
        self.stop_all()
        if self._thread is not None:
            self._thread.join(JOBS_STOP_SECONDS)  # a document may take longer; what was added is safe

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            with self._lock:
                if job.ended.is_set():
                    continue
                job.mark_running()
            with calling(job.call):
                job.run()
            self._on_added()
