"""The work that goes on behind the page: load the model, embed what was added, look for what is new in feeds."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from index import Library

from .jobs import Jobs

_LOG = logging.getLogger(__name__)
_RETRY_SECONDS = 30.0
_LOOK_SECONDS = 5.0  # how often to look for articles that another process added


class Background:
    """A thread that makes the app ready and keeps the library's vectors up to date."""

    def __init__(
        self, library: Library, prepare: Callable[[], object] | None = None, update_minutes: float = 0
    ) -> None:
        """Make it; `start` begins.

        Args:
            library: the library.
            prepare: what to do first.
            update_minutes: how often to look for what is new in the feeds that are followed; 0 for never.
        """
        self.jobs = Jobs(self.wake)
        self._library = library
        self._prepare = prepare
        self._update_every = timedelta(minutes=update_minutes)
        self._last_update = -math.inf
        self._stop = threading.Event()
        self._work = threading.Event()
        self._thread = threading.Thread(target=self._run, name="background", daemon=True)
        self._settled = threading.Event()  # ready, or failed for good
        self.failure: str | None = None

    @property
    def is_ready(self) -> bool:
        """True once questions can be answered."""
        return self._settled.is_set() and self.failure is None

    def wait_until_ready(self) -> bool:
        """Wait until questions can be answered (True) or never will be (False, see `failure`)."""
        self._settled.wait()
        return self.is_ready

    def start(self) -> None:
        """Start to work."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the batch at hand; what isn't embedded yet is taken up at the next start."""
        self._stop.set()
        self.jobs.close()
        self._work.set()
        self._thread.join()

    def wake(self) -> None:
        """Something was added."""
        self._work.set()

    def _run(self) -> None:
        try:
            if self._prepare is not None:
                self._prepare()
            self._library.embedder.embed_question("Ready?")  # the first one is slow: not the user's
        except Exception as error:  # noqa: BLE001 the app goes on and says so at /readyz
            _LOG.exception("the app can't get ready")
            self.failure = str(error)
            return
        finally:
            self._settled.set()
        while not self._stop.is_set():
            self._work.clear()
            try:
                self._update_feeds()
                self._library.catch_up(stop=self._stop)
                self._work.wait(_LOOK_SECONDS)
            except Exception:  # noqa: BLE001 a full disk, say: try again later rather than never
                _LOG.exception("embedding stopped; it goes on in %s seconds", _RETRY_SECONDS)
                self._stop.wait(_RETRY_SECONDS)

    def _update_feeds(self) -> None:
        """Have the feeds asked, once one of them wasn't for so long."""
        if not self._update_every or self.jobs.running():  # it may be following a feed just now
            return
        if time.monotonic() - self._last_update < self._update_every.total_seconds():
            return  # whatever became of it: it may have been stopped
        due = datetime.now(UTC) - self._update_every
        if any(feed.checked is None or feed.checked < due for feed in self._library.feeds()):
            self._last_update = time.monotonic()
            self.jobs.start("the feeds", lambda tell, stop: self._library.update(progress=tell, wait=False, stop=stop))
