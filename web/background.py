"""Work in the background of the app: load the model, embed new articles, update followed feeds."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from index import Library

from .access import BACKGROUND, Call, Changes, access_file, calling
from .folders import FolderWorker
from .jobs import Jobs, JobsFull
from .limits import BACKGROUND_STOP_SECONDS, MAX_WAITING_UPLOADS
from .messages import common
from .watches import WatchWorker

_LOG = logging.getLogger(__name__)
_RETRY_SECONDS = 30.0
_POLL_SECONDS = 5.0  # how often to look for articles that another process added


class Background:
    """A thread that makes the app ready and keeps the library's derived data up to date.

    Attributes:
        jobs: the jobs that add web addresses and update feeds.
        uploads: the jobs that add uploaded files.
        failure: why the app can't become ready; None if it can.
    """

    def __init__(
        self, library: Library, prepare: Callable[[], object] | None = None, update_minutes: float = 0
    ) -> None:
        """Create the thread; `start` starts it.

        Args:
            library: the library.
            prepare: called first.
            update_minutes: how often to update the followed feeds; 0 for never.
        """
        self.jobs = Jobs(self.wake, library.directory)
        self.uploads = Jobs(self.wake, library.directory, MAX_WAITING_UPLOADS)
        self._library = library
        self._prepare = prepare
        self._update_interval = timedelta(minutes=update_minutes)
        self._last_update = -math.inf
        self._stop = threading.Event()
        self._work = threading.Event()
        self._thread = threading.Thread(target=self._run, name="background", daemon=True)
        self._call = Call(BACKGROUND, Changes(access_file(library.directory)))
        self._is_prepared = threading.Event()  # ready, or failed for good
        self._workers: list[WatchWorker | FolderWorker] = []
        self.failure: str | None = None

    @property
    def is_ready(self) -> bool:
        """Whether questions can be answered."""
        return self._is_prepared.is_set() and self.failure is None

    @property
    def is_prepared(self) -> bool:
        """Whether the app is ready, or never will be."""
        return self._is_prepared.is_set()

    def wait_until_ready(self) -> bool:
        """Wait until questions can be answered (True) or never will be (False, see `failure`)."""
        self._is_prepared.wait()
        return self.is_ready

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def run_with(self, worker: WatchWorker | FolderWorker) -> None:
        """Run a worker, too, from when the app is ready until it stops."""
        self._workers.append(worker)
        worker.start(self.wait_until_ready)

    def stop(self) -> None:
        """Stop after the current batch, if that ends soon; the next start resumes what is left."""
        self.ask_to_stop()
        for worker in self._workers:
            worker.stop()
        self.jobs.close()
        self.uploads.close()
        if self._thread.is_alive():
            self._thread.join(BACKGROUND_STOP_SECONDS)

    def ask_to_stop(self) -> None:
        """Ask all work to stop; doesn't wait."""
        self._stop.set()
        self._work.set()
        for worker in self._workers:
            worker.ask_to_stop()
        self.jobs.stop_all()
        self.uploads.stop_all()

    def wake(self) -> None:
        """Report that something was added."""
        self._work.set()

    def _run(self) -> None:
        try:
            if self._prepare is not None:
                self._prepare()
            self._library.embedder.embed_question("Ready?")  # the first call is slow; the user shouldn't wait for it
        except Exception as error:  # noqa: BLE001 the app goes on and reports it at /readyz
            _LOG.exception("The app failed to start")
            self.failure = str(error)
            return
        finally:
            self._is_prepared.set()
        while not self._stop.is_set():
            self._work.clear()
            try:
                self._update_feeds()
                self._library.catch_up(stop=self._stop)
                self._work.wait(_POLL_SECONDS)
            except Exception:  # noqa: BLE001 the disk may be full, for example: retry later
                _LOG.exception("Embedding failed; retrying in %s seconds", _RETRY_SECONDS)
                self._stop.wait(_RETRY_SECONDS)

    def _update_feeds(self) -> None:
        """Start a job that updates the feeds if one of them is due."""
        if not self._update_interval or self.jobs.running():  # a running job may be following a feed
            return
        if time.monotonic() - self._last_update < self._update_interval.total_seconds():
            return  # even if that update was stopped
        now = datetime.now(UTC)
        if any(feed.is_due(now, self._update_interval) for feed in self._library.feeds()):
            self._last_update = time.monotonic()
            with suppress(JobsFull), calling(self._call):  # the next update will do
                self.jobs.start(
                    common.FEEDS_JOB,
                    lambda progress, stop: self._library.update(progress=progress, wait=False, stop=stop),
                )
