"""Watch the followed folders, and add what has changed."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import watchfiles

from index import Library
from index.ingest import STILL_WRITTEN, folder_of

_LOG = logging.getLogger(__name__)
_MAX_DIRECTORIES = 2_000  # that are watched; what is in others is found by the rescan
_POLL_SECONDS = 2.0  # how often to look for folders that are followed or unfollowed
_RESCAN_SECONDS = 300.0  # network drives don't report what other computers write
_DEBOUNCE_MILLISECONDS = 300
_TICK_MILLISECONDS = 700
_RETRY_SECONDS = 30.0
_STOP_SECONDS = 3.0


class FolderWorker:
    """A thread that adds new and changed files of followed folders.

    What changes only starts a scan, which compares every file with what was recorded: nothing depends on the order,
    the number or the kind of events, and what happened while no app was running is found at the start.
    """

    def __init__(self, library: Library, on_added: Callable[[], None]) -> None:
        """Create a worker. `on_added` is called after articles were added."""
        self._library = library
        self._on_added = on_added
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, wait_until_ready: Callable[[], bool]) -> None:
        """Start once the app is ready; never if it won't be."""
        self._thread = threading.Thread(target=self._run, args=(wait_until_ready,), name="folders", daemon=True)
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Ask it to stop; doesn't wait."""
        self._stop.set()

    def stop(self) -> None:
        """Stop after the current file, if that ends soon. The next start finds what is left."""
        self.ask_to_stop()
        if self._thread is not None:
            self._thread.join(_STOP_SECONDS)

    def _run(self, wait_until_ready: Callable[[], bool]) -> None:
        if not wait_until_ready():
            return
        while not self._stop.is_set():
            try:
                if folders := self._folders():
                    self._follow(folders)
                else:
                    self._stop.wait(_POLL_SECONDS)
            except Exception:  # noqa: BLE001 the disk may be full, for example: retry later
                if self._stop.is_set():
                    return  # the library was closed
                _LOG.exception("Followed folders failed; retrying in %s seconds", _RETRY_SECONDS)
                self._stop.wait(_RETRY_SECONDS)

    def _folders(self) -> list[Path]:
        return [folder for feed in self._library.feeds() if (folder := folder_of(feed))]

    def _scan(self) -> bool:
        """Add what has changed. Returns whether files were left because they are being written."""
        report = self._library.update(only_folders=True, wait=False, stop=self._stop)
        if report.added or report.updated:
            self._on_added()
        return any(one.reason == STILL_WRITTEN for one in report.skipped)

    def _follow(self, folders: list[Path]) -> None:
        """Scan the folders, and return when something may have changed since, or after a while."""
        changes = self._changes(folders)
        next(changes)  # what happens from here on, during the scan too, is reported
        while self._scan():  # files that are being written: look again
            if self._stop.wait(_POLL_SECONDS):
                return
        end = time.monotonic() + _RESCAN_SECONDS
        for found in changes:
            if found or time.monotonic() > end or self._folders() != folders:
                return

    def _changes(self, folders: list[Path]) -> Iterator[bool]:
        """Yield, again and again, whether something has changed; the first time at once."""
        directories = _directories(folders)
        if directories:
            # Not recursively: that would follow links out of the folder.
            changes = watchfiles.watch(
                *directories,
                watch_filter=None,
                debounce=_DEBOUNCE_MILLISECONDS,
                rust_timeout=_TICK_MILLISECONDS,
                yield_on_timeout=True,
                stop_event=self._stop,
                recursive=False,
                raise_interrupt=False,
            )
            try:
                yield from map(bool, changes)
            except (OSError, RuntimeError) as error:  # too many watched directories, for example
                _LOG.warning("folders can't be watched; scanning every %s seconds instead: %s", _RETRY_SECONDS, error)
        yield False
        self._stop.wait(_RETRY_SECONDS)
        yield True


def _directories(folders: Iterable[Path]) -> list[Path]:
    """The folders that exist and their subfolders, without links, up to a number."""
    found: list[Path] = []
    for folder in folders:
        for directory, subfolders, _ in os.walk(folder):
            if len(found) == _MAX_DIRECTORIES:
                return found
            found.append(Path(directory))
            subfolders[:] = [name for name in subfolders if not name.startswith(".")]
    return found
