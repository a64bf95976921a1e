"""One run of adding: files and addresses, and what those list, one after another."""

from __future__ import annotations

import os
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from .catch_up import OnProgress
from .database import Database
from .embed import Embedder
from .errors import LibraryError, LibraryFailed, SourceError
from .fetch import Fetched, Fetcher, Validators, is_url, normal_url, without_tracking
from .fetched_files import Listing, read_fetched
from .formats.files import KEYS, MAX_LISTED, Listed
from .formats.page_metadata import GUESS
from .language import language_of
from .load import find_files, load
from .metadata import metadata_line, parse_date
from .passages import passage_spans
from .records import Failure, LoadedArticle, Progress, Report
from .sentences import sentence_spans

_ALWAYS_ASKED = 50  # items of a feed; those after them only where the feed calls them new or changed
_FOLLOWED_TOGETHER = 1_000  # sources
_FROM_FEED = "the feed"


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read; `source` is recorded instead of its path, if given."""

    path: Path
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """An address to be fetched.

    `root` is the address that was asked for and led to this one. Where a list gave it, `listed` is what that says, and
    `place` where it stands in the list.
    """

    url: str
    root: str
    listed: Listed | None = None
    place: int = 0


class Adding:
    """Adds sources to a library. A source that fails never stops the others."""

    def __init__(
        self,
        database: Database,
        embedder: Callable[[], Embedder],
        fetcher: Callable[[], Fetcher],
        follow_words: Callable[[], None],
        progress: OnProgress | None,
        stop: threading.Event,
    ) -> None:
        self.report = Report()
        self.has_passing_failure = False  # some page could not be had, and may be the next time
        self._database = database
        self._embedder = embedder
        self._fetcher = fetcher
        self._follow_words = follow_words
        self._tell = progress or (lambda _: None)
        self._stop = stop
        self._waiting: deque[File | Page] = deque()
        self._columns: Mapping[str, str] = {}
        self._listed: Counter[str] = Counter()
        self._seen = set[str]()  # addresses that lists gave

    @property
    def is_stopped(self) -> bool:
        """True once nothing more is to be begun."""
        return self._stop.is_set()

    def put(
        self,
        sources: Sequence[str | Path],
        names: Mapping[str, str],
        include: Sequence[str],
        exclude: Sequence[str],
        columns: Mapping[str, str],
    ) -> None:
        """Put sources in line: paths of files and folders, and addresses. Arguments as for `Library.add`.

        Raises:
            ValueError: a column is given for what articles don't have.
        """
        if unknown := sorted(set(columns) - {"text", *KEYS}):
            raise ValueError(f"there is no column {unknown[0]!r}; there are {', '.join(('text', *KEYS))}")
        self._columns = columns
        for source in sources:
            try:
                if is_url(source):
                    self._waiting.append(Page(str(source).strip(), str(source).strip()))
                else:
                    files = _files_of(source, include, exclude)
                    self._waiting += [File(file, names.get(str(file))) for file in files]
            except (SourceError, OSError, ValueError) as error:
                self._fail(source, error)

    def put_listed(self, root: str, found: Iterable[Listed | Failure]) -> None:
        """Put in line what a list gives that `root` led to."""
        for place, item in enumerate(found):
            if isinstance(item, Failure):
                self.report.failed.append(item)
            elif item.url in self._seen:
                continue
            elif self._listed[root] == MAX_LISTED:
                self._fail(root, SourceError(f"it leads to more than {MAX_LISTED:,} addresses; no more are read"))
                return
            else:
                self._seen.add(item.url)
                self._listed[root] += 1
                self._waiting.append(Page(item.url, root, item, place))

    def run(self) -> None:
        """Add what stands in line, until nothing does or the run is stopped."""
        done = 0
        while self._waiting and not self.is_stopped:
            task = self._waiting.popleft()
            name = task.path.name if isinstance(task, File) else task.url
            self._tell(Progress("add", done, done + 1 + len(self._waiting), name))
            self._add_file(task) if isinstance(task, File) else self._add_page(task)
            done += 1
            if done % _FOLLOWED_TOGETHER == 0:  # what is added first need not wait for the last to be found
                with suppress(LibraryError):  # it is tried again, and told, at the end
                    self._follow_words()
            self._tell(Progress("add", done, done + len(self._waiting), name))

    def _add_file(self, task: File) -> None:
        try:
            for found in load(task.path, task.source, columns=self._columns):
                if isinstance(found, Failure):
                    self.report.failed.append(found)
                elif isinstance(found, LoadedArticle):
                    self._add_article(found)
        except (SourceError, LibraryFailed, OSError, RuntimeError) as error:
            self._fail(task.source or task.path, error)

    def _add_page(self, page: Page) -> None:
        try:
            self._fetch_page(page)
        except (SourceError, LibraryFailed, OSError, RuntimeError) as error:
            if self.is_stopped:
                return
            self.has_passing_failure |= not isinstance(error, SourceError) or getattr(error, "is_passing", False)
            self._fail(page.url, error)

    def _fetch_page(self, page: Page) -> None:
        url = without_tracking(normal_url(page.url))
        known = self._database.feeds.known(url)
        here = known.article_id if known else None
        version = page.listed.version if page.listed else ""
        if known and page.listed and here is None:
            return  # it was removed from the library: a list doesn't bring it back
        if known and here and version and version == known.version and page.place >= _ALWAYS_ASKED:
            self.report.unchanged.append(here)
            return
        fetched = self._fetcher().fetch(url, known.validators if known and here else Validators(), self._stop)
        if fetched.data is None and here:
            self.report.unchanged.append(here)
        elif source := self._add_fetched(page, fetched):
            self._database.feeds.remember(url, source, fetched.validators, version)

    def _add_fetched(self, page: Page, fetched: Fetched) -> str | None:
        """Add the articles of what was fetched, or put in line what it lists; the source of the first article."""
        found = read_fetched(fetched)
        if isinstance(found, Listing):
            if page.listed and page.listed.kind == "article":
                raise SourceError(f"no article text: it is a {found.kind}")
            self.put_listed(page.root, found.items)
            return None
        articles = [item for item in found if isinstance(item, LoadedArticle)]
        self.report.failed.extend(item for item in found if isinstance(item, Failure))
        for article in articles:
            self._add_article(_completed(article, page.listed))
        return articles[0].source if articles else None

    def _add_article(self, loaded: LoadedArticle) -> None:
        if (same := self._database.find_same(loaded)) is not None:
            self.report.unchanged.append(same)
            return
        sentences = sentence_spans(loaded.text)
        embedder = self._embedder()
        passages = passage_spans(loaded.text, sentences, embedder.count_tokens, embedder.max_tokens)
        loaded = replace(loaded, language=language_of(loaded.text) or loaded.language)
        outcome, article_id = self._database.put(loaded, passages)
        getattr(self.report, outcome).append(article_id)

    def _fail(self, source: str | Path, error: Exception) -> None:
        self.report.failed.append(failure(source, error))


def _completed(article: LoadedArticle, listed: Listed | None) -> LoadedArticle:
    """An article with what the feed says of it, where it says nothing itself, or only a date was found on its page."""
    told = listed.metadata if listed else {}
    published, author = parse_date(told.get("published")), metadata_line(told.get("author"))
    origins = dict(article.origins)
    if published and (article.published is None or origins.get("published") == GUESS):
        article, origins["published"] = replace(article, published=published), _FROM_FEED
    if author and article.author is None:
        article, origins["author"] = replace(article, author=author), _FROM_FEED
    return replace(article, origins=origins)


def _files_of(source: str | Path, include: Sequence[str], exclude: Sequence[str]) -> list[Path]:
    if not str(source).strip():
        raise SourceError("no file, folder or address is named")
    path = Path(source)
    if not path.exists() and not path.is_symlink():
        raise SourceError("no such file or folder")
    if not (found := find_files(path, include, exclude)):
        matching = " that match the patterns" if include or exclude else ""
        raise SourceError(f"no supported files{matching} in this folder")
    return found


def failure(source: str | Path, error: Exception) -> Failure:
    """What to report of a source that failed."""
    reason = str(error)
    if isinstance(error, OSError):
        reason = f"can't be read: {error.strerror or error}"
    # A file's name may be no Unicode; what is reported has to be.
    return Failure(os.fsencode(source).decode("utf-8", "backslashreplace"), reason)
