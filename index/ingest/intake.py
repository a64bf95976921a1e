"""The runs of a library: adding sources, following and updating feeds, and the work that follows each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ..embedding import Embedder
from ..errors import LibraryFailed
from ..fetch import Fetcher
from ..records import Failure, Report
from ..storage import Database
from .catch_up import CatchUp, OnProgress
from .feeds import FeedUpdater
from .run import IngestRun


class Intake:
    """Adds sources to a library. The arguments of its methods are those of `Library`'s."""

    def __init__(
        self,
        directory: Path,
        database: Database,
        embedder: Callable[[], Embedder],
        follow_words: Callable[[], None],
        fetcher: Fetcher | None,
    ) -> None:
        """Create an intake. `follow_words` brings the word index up to date."""
        self._directory = directory
        self._database = database
        self._embedder = embedder
        self._follow_words = follow_words
        self._fetcher = fetcher
        self._fetcher_lock = threading.Lock()
        self._feeds = FeedUpdater(database, self._get_fetcher)
        self.catch_up = CatchUp(database, embedder, directory / "catch_up.lock")

    def add(  # noqa: PLR0913 as `Library.add`
        self,
        sources: Sequence[str | Path],
        names: Mapping[str, str],
        include: Sequence[str],
        exclude: Sequence[str],
        columns: Mapping[str, str],
        progress: OnProgress | None,
        wait: bool,
        stop: threading.Event,
    ) -> Report:
        """Add files, folders and addresses.

        Raises:
            ValueError: `columns` has a key that articles don't have.
        """
        run = self._run(progress, stop)
        run.enqueue_sources(sources, names, include, exclude, columns)
        run.run()
        return self._finish(run, progress, wait)

    def follow(self, source: str | Path, progress: OnProgress | None, wait: bool, stop: threading.Event) -> Report:
        """Follow a feed or a folder and add its articles.

        Raises:
            SourceError: the address can't be fetched or isn't a feed, or there is no such folder.
        """
        run = self._run(progress, stop)
        self._feeds.follow(source, run)
        return self._finish(run, progress, wait)

    def update(self, progress: OnProgress | None, wait: bool, only_folders: bool, stop: threading.Event) -> Report:
        """Add new and changed articles of all followed feeds and folders."""
        run = self._run(progress, stop)
        try:
            self._feeds.update(run, only_folders)
        except LibraryFailed as error:
            run.report.failed.append(Failure(str(self._directory), str(error)))
        return self._finish(run, progress, wait)

    def _run(self, progress: OnProgress | None, stop: threading.Event) -> IngestRun:
        return IngestRun(self._database, self._embedder, self._get_fetcher, self._follow_words, progress, stop)

    def _finish(self, run: IngestRun, progress: OnProgress | None, wait: bool) -> Report:
        if run.is_stopped:
            return run.report  # the word index catches up before the next search
        try:
            self._follow_words()
            if wait:
                self.catch_up.run(progress, run.stop)
        except LibraryFailed as error:  # accepted articles stay, and the next catch-up does the rest
            run.report.failed.append(Failure(str(self._directory), str(error)))
        return run.report

    def _get_fetcher(self) -> Fetcher:
        with self._fetcher_lock:
            self._fetcher = self._fetcher or Fetcher()
            return self._fetcher
