"""Find matches and send them while the app runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from index import Fetcher

from .watches import Watches
from .webhooks import Webhooks

_LOG = logging.getLogger(__name__)
_POLL_SECONDS = 3.0
_RETRY_SECONDS = 30.0
_STOP_SECONDS = 2.0


class WatchWorker:
    """Two threads: one compares new articles with the watches, one calls webhooks. A slow webhook delays no match."""

    def __init__(self, watches: Watches, fetcher: Fetcher | None = None) -> None:
        """Create a worker; `start` starts it. `fetcher` sends to webhooks; by default to the public web only."""
        self.watches = watches
        self._webhooks = Webhooks(watches, fetcher)
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, wait_until_ready: Callable[[], bool]) -> None:
        """Start once the app is ready; never if it won't be."""
        for work in (self.watches.find_matches, self._webhooks.send_due):
            name = f"watches {work.__name__}"
            thread = threading.Thread(target=self._repeat, args=(work, wait_until_ready), name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def ask_to_stop(self) -> None:
        """Ask it to stop; doesn't wait."""
        self._stop.set()

    def stop(self) -> None:
        """Stop after the current batch, if that ends soon. The next start goes on from there."""
        self.ask_to_stop()
        for thread in self._threads:
            thread.join(_STOP_SECONDS)

    def _repeat(self, work: Callable[[threading.Event], int], wait_until_ready: Callable[[], bool]) -> None:
        if not wait_until_ready():
            return
        while not self._stop.is_set():
            try:
                work(self._stop)
                self._stop.wait(_POLL_SECONDS)
            except Exception:  # noqa: BLE001 the disk may be full, for example: retry later
                if self._stop.is_set():
                    return  # the library was closed
                _LOG.exception("Watches failed; retrying in %s seconds", _RETRY_SECONDS)
                self._stop.wait(_RETRY_SECONDS)
