"""The library: the one door to articles, passages, vectors and statements."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from types import TracebackType

from .catch_up import CatchUp, OnProgress
from .check import problems, vectors_to_make_anew
from .database import Database
from .embed import BUNDLED, Embedder
from .errors import EmbedderMismatch, LibraryError, LibraryFailed, LibraryUnusable, SourceError
from .load import find_files, load
from .passages import passage_spans
from .reader import Reader
from .records import Failure, LoadedArticle, Progress, Report
from .sentences import sentence_spans

_FOLLOWED_TOGETHER = 1_000  # files
_FILE = "library.db"
_OURS = (_FILE, f"{_FILE}-wal", f"{_FILE}-shm", "words", "words.lock", "catch_up.lock")


class Library(Reader):
    """A collection of articles in a directory. Safe to use from several threads and processes."""

    def __init__(self, directory: Path, database: Database, embedder: str | Embedder) -> None:
        super().__init__(directory, database, embedder)
        self._catch_up = CatchUp(database, lambda: self.embedder, directory / "catch_up.lock")

    @classmethod
    def open(
        cls,
        directory: str | Path,
        embedder: str | Embedder = BUNDLED,
        *,
        make: bool = True,
        replace_embedder: bool = False,
    ) -> Library:
        """Open the library in a directory, or make it there.

        Args:
            directory: where the library lies.
            embedder: the bundled model, any other by sentence-transformers name or folder, or a finished one.
            make: make it where there is none.
            replace_embedder: where another model made the vectors, have them made anew by this one.

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
        return cls(directory, database, embedder)

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
    ) -> Report:
        """Add files, and all supported files below folders. Safe to interrupt and call again.

        What is unchanged is passed over, what changed is replaced. A source that fails never stops the others.

        Args:
            sources: paths of files and folders.
            progress: called after each file and each batch of passages.
            wait: return when vectors and statements are in too; else `catch_up` remains to be called.
            names: for files that lie at a passing place (uploads): path → source to record instead.
            include: of folders only files that match one of these patterns ("*.html", "2022/*").
            exclude: of folders no files that match one of these.
        """
        report = Report()
        files: list[Path] = []
        for source in sources:
            try:
                files += _files_of(source, include, exclude)
            except (SourceError, OSError, ValueError) as error:
                report.failed.append(_failure(source, error))
        for number, file in enumerate(files, 1):
            self._add_file(file, (names or {}).get(str(file)), report)
            if number % _FOLLOWED_TOGETHER == 0:  # what is added first need not wait for the last to be found
                with suppress(LibraryError):  # it is tried again, and told, below
                    self._words.follow()
            if progress is not None:
                progress(Progress("add", number, len(files), file.name))
        try:
            self._words.follow()
            if wait:
                self.catch_up(progress)
        except LibraryFailed as error:  # what was accepted stays, and the rest is taken up the next time
            report.failed.append(Failure(str(self.directory), str(error)))
        return report

    def _add_file(self, file: Path, source: str | None, report: Report) -> None:
        try:
            for loaded in load(file, source):
                if isinstance(loaded, Failure):
                    report.failed.append(loaded)
                else:
                    self._add_article(loaded, report)
        except (SourceError, LibraryFailed, OSError, RuntimeError) as error:
            report.failed.append(_failure(source or file, error))

    def _add_article(self, loaded: LoadedArticle, report: Report) -> None:
        if (same := self._database.find_same(loaded)) is not None:
            report.unchanged.append(same)
            return
        sentences = sentence_spans(loaded.text)
        passages = passage_spans(loaded.text, sentences, self.embedder.count_tokens, self.embedder.max_tokens)
        outcome, article_id = self._database.put(loaded, passages)
        getattr(report, outcome).append(article_id)

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
        self._database.vectors.drop(vectors_to_make_anew(self._database))
        self._database.stories.forget()
        self._database.said.forget()
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


def _files_of(source: str | Path, include: Sequence[str], exclude: Sequence[str]) -> list[Path]:
    if not str(source).strip():
        raise SourceError("no file or folder is named")
    path = Path(source)
    if not path.exists() and not path.is_symlink():
        raise SourceError("no such file or folder")
    if not (found := find_files(path, include, exclude)):
        matching = " that match the patterns" if include or exclude else ""
        raise SourceError(f"no supported files{matching} in this folder")
    return found


def _failure(source: str | Path, error: Exception) -> Failure:
    reason = str(error)
    if isinstance(error, OSError):
        reason = f"can't be read: {error.strerror or error}"
    # A file's name may be no Unicode; what is reported has to be.
    return Failure(os.fsencode(source).decode("utf-8", "backslashreplace"), reason)
