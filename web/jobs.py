"""Jobs: adding that takes a while, one after another, with progress, and a way to stop it."""

from __future__ import annotations

import logging
import queue
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from index import Failure, LibraryError, Progress, Report, SourceError

_LOG = logging.getLogger(__name__)
_PATIENCE_SECONDS = 10.0
_KEPT = 100  # finished jobs that can be asked about

State = Literal["waiting", "running", "done", "stopped"]
Work = Callable[[Callable[[Progress], None], threading.Event], Report]


class JobNotFound(LookupError):
    """No job has this id: there never was one, or it ended long ago."""

    def __init__(self, job_id: str) -> None:
        super().__init__(f"no job has the id {job_id!r}")


@dataclass
class Job:
    """Something that is being added.

    Attributes:
        name: what it is about, for people: an address, say.
        done, total: sources; `total` grows when one leads to others.
        item: the source at hand.
        report: what it did, once it ended.
    """

    name: str
    work: Work = field(repr=False)
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    state: State = "waiting"
    done: int = 0
    total: int = 0
    item: str = ""
    report: Report = field(default_factory=Report)
    stop: threading.Event = field(default_factory=threading.Event, repr=False)
    ended: threading.Event = field(default_factory=threading.Event, repr=False)
    _began: float = 0.0

    @property
    def sources_per_second(self) -> float | None:
        """How fast it goes; None where that can't be told yet."""
        seconds = time.monotonic() - self._began
        return self.done / seconds if self.state == "running" and self.done and seconds > 0 else None

    @property
    def seconds_left(self) -> float | None:
        """How long it will take from here, at this rate."""
        rate = self.sources_per_second
        return (self.total - self.done) / rate if rate else None

    def tell(self, progress: Progress) -> None:
        """Take down how far it is."""
        self.done, self.total, self.item = progress.done, progress.total, progress.item

    def begin(self) -> None:
        """It is its turn."""
        self.state, self._began = "running", time.monotonic()

    def run(self) -> None:
        """Do the work, whatever becomes of it."""
        try:
            self.report = self.work(self.tell, self.stop)
        except SourceError as error:
            self.report.failed.append(Failure(self.name, str(error)))
        except LibraryError:
            _LOG.exception("the library failed")
            self.report.failed.append(
                Failure(self.name, "the library can't be written just now; the app's log says why")
            )
        except Exception:  # noqa: BLE001 one job's defect must not end those after it
            _LOG.exception("a job failed")
            self.report.failed.append(Failure(self.name, "something went wrong in the app; its log says what"))
        self.end()

    def end(self) -> None:
        """It is done, or stopped."""
        self.state = "stopped" if self.stop.is_set() else "done"
        self.ended.set()


class Jobs:
    """A thread that does one job after another. What the app is stopped in stays undone; what was added stays."""

    def __init__(self, on_added: Callable[[], None]) -> None:
        self._on_added = on_added
        self._waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def start(self, name: str, work: Work) -> Job:
        """Put a job in line. Once the jobs are closed, it is stopped at once."""
        job = Job(name, work)
        if self._is_closed:
            job.stop.set()
            job.end()
            return job
        with self._lock:
            self._jobs[job.id] = job
            for old in [job_id for job_id, known in self._jobs.items() if known.ended.is_set()][:-_KEPT]:
                del self._jobs[old]
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
                self._thread.start()
        self._waiting.put(job)
        return job

    def job(self, job_id: str) -> Job:
        """The job with this id.

        Raises:
            JobNotFound: there is none.
        """
        with self._lock:
            if (job := self._jobs.get(job_id)) is None:
                raise JobNotFound(job_id)
            return job

    def stop(self, job_id: str) -> Job:
        """Stop a job; what it added stays. One that waits ends at once.

        Raises:
            JobNotFound: there is none.
        """
        job = self.job(job_id)
        with self._lock:
            job.stop.set()
            if job.state == "waiting":
                job.end()
        return job

    def jobs(self) -> list[Job]:
        """The jobs, the newest first."""
        with self._lock:
            return list(self._jobs.values())[::-1]

    def running(self) -> Job | None:
        """The job at hand."""
        return next((job for job in self.jobs() if job.state == "running"), None)

    def close(self) -> None:
        """Stop the job at hand and begin no other."""
        self._is_closed = True
        for job in self.jobs():
            self.stop(job.id)
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(_PATIENCE_SECONDS)  # a document may take a while yet; what was added is safe

    def _run(self) -> None:
        while (job := self._waiting.get()) is not None:
            with self._lock:
                if job.ended.is_set():
                    continue
                job.begin()
            job.run()
            self._on_added()
