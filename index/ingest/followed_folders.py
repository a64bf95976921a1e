"""Followed folders: their new and changed files are added. Articles whose file was removed are kept."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..errors import SourceError
from ..records import Feed
from ..storage import FeedStore
from .folders import find_files
from .run import IngestRun
from .tasks import FileTask

MAX_FILES = 20_000  # of a followed folder and its subfolders
QUIET_SECONDS = 2.0  # a file that changed more recently may still be being written
STILL_WRITTEN = "it is still being written; the next update adds it"
_SCHEME = "file"


def folder_of(feed: Feed) -> Path | None:
    """The path of a followed folder; None if a feed is followed."""
    parts = urlsplit(feed.url)
    return Path(unquote(parts.path)) if parts.scheme == _SCHEME else None


class FolderUpdater:
    """Follows and updates the folders of a library. They are rows of the followed feeds, with an address "file:…"."""

    def __init__(self, store: FeedStore) -> None:
        self._store = store
        self._tried: dict[str, str] = {}  # path → version of files that have no article, until the program ends

    def follow(self, path: str | Path, run: IngestRun) -> None:
        """Follow a folder and add its files.

        Raises:
            SourceError: there is no such folder, or it has too many files.
        """
        if not str(path).strip():
            raise SourceError("no folder or address given")
        folder = Path(path).expanduser().resolve()
        _check(folder)
        self.update(self._store.follow(folder.as_uri(), folder.name or str(folder)), folder, run, adds_known=True)

    def update(self, feed: Feed, folder: Path, run: IngestRun, adds_known: bool = False) -> None:
        """Add the new and changed files of a folder.

        A file that was added before and hasn't changed since isn't read again, even if its article was removed from
        the library. Files that are being written are left for the next time.

        Raises:
            SourceError: the folder doesn't exist any more, or has too many files.
        """
        _check(folder)
        found = find_files(folder)
        for path, reason in found.skipped if adds_known else ():
            run.outcome.skip(path, reason)
        pending = []
        for file in found.files:
            version = _version(file)
            if version and (adds_known or not self._is_known(file, version)):
                pending.append((file, version))
        settled = _settled(pending, run)
        for file, version in pending:
            if (file, version) not in settled:
                run.outcome.skip(file, STILL_WRITTEN)
        run.enqueue_files([FileTask(file, version=version) for file, version in settled])
        is_complete = run.run().is_complete
        if len(self._tried) > MAX_FILES:
            self._tried.clear()
        if is_complete:
            self._tried.update((str(file), version) for file, version in settled)
            self._store.record_check(feed.id, None)

    def _is_known(self, file: Path, version: str) -> bool:
        if self._tried.get(str(file)) == version:
            return True
        known = self._store.known(file.as_uri())
        return known is not None and known.version == version


def _check(folder: Path) -> None:
    """Check that a folder exists and isn't too large, without walking through all of one that is.

    Raises:
        SourceError: it doesn't or is.
    """
    if not folder.is_dir():
        raise SourceError("no such folder" if not folder.exists() else "this is a file; follow the folder it is in")
    count = 0
    for _, _, names in os.walk(folder):
        count += len(names)
        if count > MAX_FILES:
            raise SourceError(f"the folder has more than {MAX_FILES:,} files; follow some of its subfolders instead")


def _version(file: Path) -> str:
    """What changes when a file is written; "" if it is gone or unreadable."""
    try:
        status = file.stat()
    except OSError:
        return ""
    return f"{status.st_mtime_ns}-{status.st_size}"


def _settled(files: Sequence[tuple[Path, str]], run: IngestRun) -> list[tuple[Path, str]]:
    """The files that aren't being written: if some have changed just now, look again after a while."""
    now = time.time()
    if any(now - int(version.partition("-")[0]) / 1e9 < QUIET_SECONDS for _, version in files):
        run.stop.wait(QUIET_SECONDS)
    return [(file, version) for file, version in files if _version(file) == version]
