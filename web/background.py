"""The work that goes on behind the page: load the model, embed what was added."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from index import Library

_LOG = logging.getLogger(__name__)
_RETRY_SECONDS = 30.0
_LOOK_SECONDS = 5.0  # how often to look for articles that another process added


class Background:
    """A thread that makes the app ready and keeps the library's vectors up to date."""

    def __init__(self, library: Library, prepare: Callable[[], object] | None = None) -> None:
        self._library = library
        self._prepare = prepare
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
                self._library.catch_up(stop=self._stop)
                self._work.wait(_LOOK_SECONDS)
            except Exception:  # noqa: BLE001 a full disk, say: try again later rather than never
                _LOG.exception("embedding stopped; it goes on in %s seconds", _RETRY_SECONDS)
                self._stop.wait(_RETRY_SECONDS)
