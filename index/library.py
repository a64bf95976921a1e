"""The library: the one door to articles, passages, vectors and statements."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from .check import problems, vectors_to_rebuild
from .embedding import BUNDLED, Embedder
from .errors import EmbedderMismatch, LibraryFailed, LibraryUnusable
from .fetch import Fetcher
from .ingest import CatchUp, FeedUpdater, IngestRun, OnProgress
from .reader import Reader
from .records import Failure, Report
from .storage import Database

_FILE = "library.db"
_OURS = (_FILE, f"{_FILE}-wal", f"{_FILE}-shm", "words", "words.lock", "catch_up.lock")


class Library(Reader):
    """A collection of articles in a directory. Safe to use from several threads and processes."""

    def __init__(
        self, directory: Path, database: Database, embedder: str | Embedder, fetcher: Fetcher | None = None
    ) -> None:
        super().__init__(directory, database, embedder)
        self._catch_up = CatchUp(database, lambda: self.embedder, directory / "catch_up.lock")
        self._following = FeedUpdater(database, self._fetch)
        self._fetcher = fetcher
        self._fetcher_lock = threading.Lock()

    @classmethod
    def open(
        cls,
        directory: str | Path,
        embedder: str | Embedder = BUNDLED,
        *,
        make: bool = True,
        replace_embedder: bool = False,
        fetcher: Fetcher | None = None,
    ) -> Library:
        """Open the library in a directory, or make it there.

        Args:
            directory: where the library lies.
            embedder: the bundled model, any other by sentence-transformers name or folder, or a finished one.
            make: make it where there is none.
            replace_embedder: where another model made the vectors, have them made anew by this one.
            fetcher: what fetches addresses; the public web's if left out.

        Raises:
            LibraryUnusable: the directory can't be used, or there is no library and none is to be made.
            EmbedderMismatch: another model made the library's vectors.
        """
        directory = Path(directory).expanduser()
        try:
            _check_directory(directory, make)
        except OSError as error:
            raise LibraryUnusable(f"{directory} can't be used as a library: {error.strerror}") from error
        name = embedder if isinstance(embedder, str) else embedder.name
        # A word index was made from a library: an empty file beside it isn't a new one.
        database = Database.open(directory / _FILE, name, may_be_new=not (directory / "words").exists())
        if (stored := database.embedder()) != name:
            if not replace_embedder:
                database.close()
                raise EmbedderMismatch(stored, name)
            database.vectors.replace_embedder(name)
        return cls(directory, database, embedder, fetcher)

    def close(self) -> None:
        """Close the library's files. Safe to call twice."""
        self._database.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Adding and removing

    def add(
        self,
        *sources: str | Path,
        progress: OnProgress | None = None,
        wait: bool = True,
        names: Mapping[str, str] | None = None,
        include: Sequence[str] = (),
        exclude: Sequence[str] = (),
        columns: Mapping[str, str] | None = None,
        stop: threading.Event | None = None,
    ) -> Report:
        """Add files, all supported files below folders, and what lies at addresses. Safe to interrupt and call again.

        What is unchanged is passed over; a text that changed takes the place of the earlier one, which stays citable.
        Of a feed or a sitemap all articles are fetched. A source that fails never stops the others.

        Args:
            sources: paths of files and folders, http and https addresses of articles, feeds and sitemaps.
            progress: called before and after each source, and after each batch of passages.
            wait: return when vectors and statements are in too; else `catch_up` remains to be called.
            names: for files that lie at a passing place (uploads): path → source to record instead.
            include: of folders only files that match one of these patterns ("*.html", "2022/*").
            exclude: of folders no files that match one of these.
            columns: what tables and JSON lines call the columns: {"text": "Body", "published": "Day"}.
            stop: once it is set, nothing more is begun; what was added stays.

        Raises:
            ValueError: `columns` names something that articles don't have.
        """
        stop = stop or threading.Event()
        adding = self._adding(progress, stop)
        adding.put(sources, names or {}, include, exclude, columns or {})
        adding.run()
        return self._finished(adding, progress, wait, stop)

    def follow(
        self, url: str, *, progress: OnProgress | None = None, wait: bool = True, stop: threading.Event | None = None
    ) -> Report:
        """Follow an RSS or Atom feed: add what it lists, now and at each `update`. Arguments as for `add`.

        Raises:
            SourceError: the address can't be had, or is no feed.
        """
        stop = stop or threading.Event()
        adding = self._adding(progress, stop)
        self._following.follow(url, adding)
        return self._finished(adding, progress, wait, stop)

    def update(
        self, *, progress: OnProgress | None = None, wait: bool = True, stop: threading.Event | None = None
    ) -> Report:
        """Add what is new or changed in the feeds that are followed; what left them stays. Arguments as for `add`."""
        stop = stop or threading.Event()
        adding = self._adding(progress, stop)
        try:
            self._following.update(adding)
        except LibraryFailed as error:
            adding.report.failed.append(Failure(str(self.directory), str(error)))
        return self._finished(adding, progress, wait, stop)

    def unfollow(self, feed_id: int) -> None:
        """Follow a feed no longer; its articles stay.

        Raises:
            FeedNotFound: there is none with this id.
        """
        self._database.feeds.unfollow(feed_id)

    def _adding(self, progress: OnProgress | None, stop: threading.Event) -> IngestRun:
        return IngestRun(self._database, lambda: self.embedder, self._fetch, self._words.follow, progress, stop)

    def _finished(self, adding: IngestRun, progress: OnProgress | None, wait: bool, stop: threading.Event) -> Report:
        try:
            self._words.follow()
            if wait:
                self.catch_up(progress, stop)
        except LibraryFailed as error:  # what was accepted stays, and the rest is taken up the next time
            adding.report.failed.append(Failure(str(self.directory), str(error)))
        return adding.report

    def _fetch(self) -> Fetcher:
        with self._fetcher_lock:
            self._fetcher = self._fetcher or Fetcher()
            return self._fetcher

    def remove(self, article_id: int) -> None:
        """Remove an article and everything derived from it.

        Raises:
            ArticleNotFound: there is none with this id.
        """
        self._database.remove(article_id)

    def answering(self) -> AbstractContextManager[None]:
        """While a question is answered: `catch_up`, in another thread, begins no batch within."""
        return self._catch_up.paused()

    def catch_up(self, progress: OnProgress | None = None, stop: threading.Event | None = None) -> None:
        """Embed the passages that have no vectors yet, and find the statements of articles that weren't read for them.

        Both go on side by side, in batches, until nothing is left or `stop` is set. What was done stays.
        """
        self._catch_up.run(progress, stop)

    # Keeping

    def check(self) -> list[str]:
        """What is wrong with the library, in words; empty where all is well."""
        return list(problems(self._database, self._words))

    def repair(self, progress: OnProgress | None = None) -> None:
        """Make anew what is derived: the word index, statements, near-duplicates, missing and damaged vectors."""
        self._words.rebuild(forget_lost=True)
        self._database.vectors.drop(vectors_to_rebuild(self._database))
        self._database.duplicates.forget()
        self._database.statements.forget()
        self.catch_up(progress)

    def back_up(self, file: str | Path) -> None:
        """Copy the library to a file, as it is now; it may be in use meanwhile.

        The copy becomes a library again as `library.db` in an empty directory; what is derived is made anew there.

        Raises:
            ValueError: the file exists already.
            LibraryFailed: it can't be written.
        """
        file = Path(file).expanduser()
        if file.exists() or file.is_symlink():
            raise ValueError(f"{file} exists already; choose another name for the backup")
        if not file.parent.is_dir():
            raise ValueError(f"there is no folder {file.parent}; make it first")
        scratch = file.with_name(f"{file.name}.part")
        try:
            scratch.unlink(missing_ok=True)
            self._database.back_up(scratch)
            scratch.rename(file)
        except OSError as error:
            raise LibraryFailed(f"{file}: {error.strerror}; no backup was made") from error
        finally:
            scratch.unlink(missing_ok=True)


def _check_directory(directory: Path, make: bool) -> None:
    """Make the directory where it may be made.

    Raises:
        LibraryUnusable: there is no library and none is to be made, or something else is there.
        OSError: the directory can't be read or made.
    """
    if (directory / _FILE).exists():
        return
    if not make:
        raise LibraryUnusable(
            f"there is no library at {directory}; name another directory with --library, or add articles first:"
            " python -m index add …"
        )
    directory.mkdir(parents=True, exist_ok=True)
    names = {path.name for path in directory.iterdir()}
    if "words" in names and any((directory / "words").iterdir()):
        raise LibraryUnusable(
            f"{directory / _FILE} is missing, though a library was there: restore it from a backup, or choose another"
            " directory to begin anew"
        )
    if others := sorted(names.difference(_OURS)):
        raise LibraryUnusable(f"{directory} holds other files ({others[0]}); choose an empty or a new directory")
