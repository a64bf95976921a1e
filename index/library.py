"""The library: articles in a directory, and everything derived from them."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from .check import problems, status_of, vectors_to_rebuild
from .embedding import BUNDLED, Embedder, EmbedderLoader, PrecisionSetting
from .errors import EmbedderMismatch
from .fetch import Fetcher
from .ingest import Intake, OnProgress
from .records import ALWAYS, Article, Feed, Period, Report, Speaker, Statement, Status
from .search import ArticleSelector, PassageSearch, StatementSearch, VectorIndex, WordIndex
from .storage import (
    Catalog,
    Database,
    EditableLibrary,
    LabelStore,
    Order,
    Selection,
    Where,
    database_file,
    prepare_directory,
    write_backup,
)


class Library(EditableLibrary):
    """A collection of articles in a directory. Safe to use from several threads and processes.

    Attributes:
        directory: the directory of the library.
        catalog: articles by id, headings, near-duplicates.
        passages: search for passages by words and by meaning.
        speech: search for statements and speakers.
    """

    def __init__(
        self, directory: Path, database: Database, embedder: EmbedderLoader, fetcher: Fetcher | None = None
    ) -> None:
        self.directory = directory
        self._database = database
        self._words = WordIndex(directory / "words", database)
        self._vectors = VectorIndex(database)
        self.catalog = Catalog(database)
        self.passages = PassageSearch(database, self._words, self._vectors)
        self.speech = StatementSearch(database)
        self._selector = ArticleSelector(database, self.speech.speakers)
        self._embedder = embedder
        self._intake = Intake(directory, database, lambda: self.embedder, self._words.follow, fetcher)

    @classmethod
    def open(
        cls,
        directory: str | Path,
        embedder: str | Embedder = BUNDLED,
        *,
        make: bool = True,
        replace_embedder: bool = False,
        fetcher: Fetcher | None = None,
        precision: PrecisionSetting = "auto",
    ) -> Library:
        """Open the library in a directory, or create one.

        Args:
            directory: the library's directory.
            embedder: the bundled model, a sentence-transformers name or folder, or an `Embedder`.
            make: create the library if there is none.
            replace_embedder: if another model made the vectors, discard them so that this one makes new ones.
            fetcher: fetches addresses; by default one that reaches only the public web.
            precision: number format of the bundled model: bfloat16 if the processor is faster with it, or "full".

        Raises:
            LibraryUnusable: the directory can't be used, or contains no library and `make` is false.
            EmbedderMismatch: another model made the library's vectors.
        """
        directory = prepare_directory(Path(directory).expanduser(), make=make)
        loader = EmbedderLoader(embedder, precision)
        # A word index is only ever made from a library: beside one, an empty file isn't a new library.
        may_be_new = not (directory / "words").exists()
        database = Database.open(database_file(directory), loader.name, may_be_new=may_be_new)
        if (stored := database.embedder()) != loader.name:
            if not replace_embedder:
                database.close()
                raise EmbedderMismatch(stored, loader.name)
            database.vectors.replace_embedder(loader.name)
        return cls(directory, database, loader, fetcher)

    def close(self) -> None:
        """Close the library's files. Calling it twice is harmless."""
        self._database.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def embedder(self) -> Embedder:
        """The model that turns text into vectors, loaded on first use."""
        return self._embedder.load()

    def add(  # noqa: PLR0913 the documented public signature; all but the sources are passed by name
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
        """Add files, all supported files in folders, and web addresses. Safe to interrupt and call again.

        Unchanged content is skipped. Changed content replaces the earlier version, which can still be cited. For a feed
        or a sitemap, all its articles are fetched. A source that fails never stops the others.

        Args:
            sources: paths of files and folders; http and https addresses of articles, feeds and sitemaps.
            progress: called before and after each source, and after each batch of passages.
            wait: return only when vectors and statements are ready; otherwise call `catch_up` later.
            names: for temporary files such as uploads: path → source to record instead.
            include: in folders, add only files that match one of these patterns ("*.html", "2022/*").
            exclude: in folders, skip files that match one of these patterns.
            columns: column names of tables and JSON lines: {"text": "Body", "published": "Day"}.
            stop: when set, reading ends, also in the middle of a file; what was added stays.

        Raises:
            ValueError: `columns` has a key that articles don't have.
        """
        stop = stop or threading.Event()
        return self._intake.add(sources, names or {}, include, exclude, columns or {}, progress, wait, stop)

    def follow(
        self,
        source: str | Path,
        *,
        progress: OnProgress | None = None,
        wait: bool = True,
        stop: threading.Event | None = None,
    ) -> Report:
        """Follow a feed, a folder, or all feeds of an OPML file: add articles now and with each `update`.

        Raises:
            SourceError: the address can't be fetched or isn't a feed; there is no such folder or file.
        """
        return self._intake.follow(source, progress, wait, stop or threading.Event())

    def update(
        self,
        *,
        progress: OnProgress | None = None,
        wait: bool = True,
        only_folders: bool = False,
        stop: threading.Event | None = None,
    ) -> Report:
        """Add new and changed articles of all followed feeds and folders. Arguments as for `add`."""
        return self._intake.update(progress, wait, only_folders, stop or threading.Event())

    def unfollow(self, feed_id: int) -> None:
        """Stop following a feed; its articles stay.

        Raises:
            FeedNotFound: no followed feed has this id.
        """
        self._database.feeds.unfollow(feed_id)

    @property
    def collections(self) -> LabelStore:
        """The named collections of articles, to list, fill, rename and delete."""
        return self._database.collections

    def catch_up(self, progress: OnProgress | None = None, stop: threading.Event | None = None) -> None:
        """Embed pending passages and extract pending statements, in parallel batches.

        Ends when nothing is left or `stop` is set. Finished batches are kept.
        """
        if not self._database.is_read_only:
            self._database.removed.purge()
        self._intake.catch_up.run(progress, stop)

    def pause_catch_up(self) -> AbstractContextManager[None]:
        """Context manager during which `catch_up` in another thread starts no batch: a question goes first."""
        return self._intake.catch_up.paused()

    def __len__(self) -> int:
        return self._database.count_articles()

    def articles(  # noqa: PLR0913 each narrows the choice and is passed by name
        self,
        matching: str = "",
        limit: int | None = None,
        offset: int = 0,
        where: Where | None = None,
        before: int | None = None,
        words: str = "",
        order: Order = "added",
    ) -> Iterator[Article]:
        """Articles by a filter or a part of title, outlet or source; last added first, from the one `before` an id.

        `words` are looked for in their text and author, too. `order`: by day of publication, title or outlet instead.
        """
        within = self.select(where) & self.passages.articles_with(words)
        return self._database.articles(matching, -1 if limit is None else limit, offset, within, before, order)

    def count_articles(self, matching: str = "", where: Where | None = None, words: str = "") -> int:
        """Number of articles that `articles` returns without a limit."""
        return self._database.count_articles(matching, self.select(where) & self.passages.articles_with(words))

    def select(self, *filters: Where | None, publisher: str | None = None, period: Period = ALWAYS) -> Selection:
        """The articles of all filters, of outlets whose name contains `publisher`, and of a period."""
        return self._selector.select(*filters, publisher=publisher, period=period)

    def article(self, article_id: int) -> Article:
        """An article, or an earlier revision of one, by id. See `Article.replaced_by`.

        Raises:
            ArticleNotFound: no article has this id.
        """
        return self._database.article(article_id)

    def revisions(self, article_id: int) -> list[Article]:
        """Earlier revisions of an article, latest first."""
        return self._database.revisions(article_id)

    def feeds(self) -> list[Feed]:
        """The followed feeds."""
        return self._database.feeds.feeds()

    def publishers(self) -> list[str]:
        """Names of the outlets, sorted."""
        return self._database.lists.publishers()

    def statements(
        self,
        speakers: Sequence[str] | None = None,
        article_ids: Iterable[int] | None = None,
        limit: int | None = None,
        offset: int = 0,
        where: Where | None = None,
    ) -> list[Statement]:
        """Statements by publication day, optionally only of some speakers (by `Speaker.names`) or articles."""
        within = self.select(where)
        return self.speech.statements(speakers, article_ids, limit=limit, offset=offset, within=within)

    def speakers(self, matching: str = "") -> list[Speaker]:
        """Speakers with a name that contains `matching`, most statements first. `speech.speakers` has more filters."""
        return self.speech.speakers(matching)

    def status(self) -> Status:
        """Counts, and the progress of the work that follows an add."""
        return status_of(self._database, self._vectors, self._embedder, self.directory)

    # Maintenance

    def check(self) -> list[str]:
        """Verify the library's integrity. Returns one line per problem; empty if there are none."""
        return list(problems(self._database, self._words))

    def repair(self, progress: OnProgress | None = None) -> None:
        """Rebuild what is derived: the word index, statements, near-duplicates, missing and damaged vectors."""
        self._words.rebuild(forget_lost=True)
        self._database.vectors.drop(vectors_to_rebuild(self._database))
        self._database.duplicates.forget()
        self._database.statements.forget()
        self.catch_up(progress)

    def back_up(self, file: str | Path) -> None:
        """Copy the library to a file. It may be in use meanwhile.

        To restore it, copy the file to an empty directory as `library.db`; what is derived is rebuilt there.

        Raises:
            ValueError: the file already exists, or its folder doesn't.
            LibraryFailed: the file can't be written.
        """
        write_backup(self._database, Path(file).expanduser())
