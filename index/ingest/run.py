"""One run of adding: files and addresses, and what those list, one after another."""

from __future__ import annotations

import logging
import os
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ..chunking import passage_spans, sentence_spans
from ..embedding import Embedder
from ..errors import LibraryError, SourceError
from ..fetch import Fetched, Fetcher, FetchFailed, Validators, is_url, normal_url, without_tracking
from ..readers import KEYS, MAX_LISTED, Listed
from ..records import Failure, LoadedArticle, Progress, Report
from ..storage import Database, text_hash
from ..text import language_of
from .catch_up import OnProgress
from .content_type import Listing, read_fetched
from .identity import completed, declared_address, is_variant
from .load import find_files, load

_LOG = logging.getLogger(__name__)
_ALWAYS_ASKED = 50  # items of a feed; those after them only where the feed calls them new or changed
_FOLLOWED_TOGETHER = 1_000  # sources


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


class IngestRun:
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
        self.has_transient_failure = False  # some page could not be had, and may be the next time
        self._database = database
        self._embedder = embedder
        self._fetcher = fetcher
        self._follow_words = follow_words
        self._tell = progress or (lambda _: None)
        self.stop = stop  # once it is set, nothing more is begun
        self._waiting: deque[File | Page] = deque()
        self._columns: Mapping[str, str] = {}
        self._listed: Counter[str] = Counter()
        self._seen = set[str]()  # addresses that lists gave

    @property
    def is_stopped(self) -> bool:
        """True once nothing more is to be begun."""
        return self.stop.is_set()

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
        except Exception as error:  # noqa: BLE001 one source never stops the others
            self._fail(task.source or task.path, error)

    def _add_page(self, page: Page) -> None:
        try:
            self._fetch_page(page)
        except Exception as error:  # noqa: BLE001 one source never stops the others
            if not self.is_stopped:
                self.has_transient_failure |= not isinstance(error, SourceError) or getattr(error, "is_passing", False)
                self._fail(page.url, error)

    def _fetch_page(self, page: Page) -> None:
        url = without_tracking(normal_url(page.url))
        known = self._database.feeds.known(url)
        validators, version = Validators(), page.listed.version if page.listed else ""
        if page.listed and known:
            if known.article_id is None:
                return  # it was removed from the library: a list doesn't bring it back
            if version and version == known.version and page.place >= _ALWAYS_ASKED:
                self.report.unchanged.append(known.article_id)
                return
            if known.is_present:
                validators = known.validators
        fetched = self._fetcher().fetch(url, validators, self.stop)
        if fetched.data is not None:
            self._add_fetched(page, url, fetched)
        elif known and known.article_id and validators != Validators():
            self.report.unchanged.append(known.article_id)
        else:
            raise FetchFailed("the server says that it is unchanged, though no version was named (HTTP 304)")

    def _add_fetched(self, page: Page, url: str, fetched: Fetched) -> None:
        """Add the articles of what was fetched from `url`, or put in line what it lists."""
        found = read_fetched(fetched)
        if isinstance(found, Listing):
            if page.listed and page.listed.kind == "article":
                raise SourceError(f"no article text: it is a {found.kind}")
            self.put_listed(page.root, found.items)
            return
        own, first = without_tracking(fetched.url), None
        for item in found:
            if isinstance(item, Failure):
                self.report.failed.append(item)
            elif article := self._add_page_article(page, own, item):
                first = first or article
        if first is None:
            return
        version = page.listed.version if page.listed else ""
        for address in {url, own}:
            self._database.feeds.remember(address, first, fetched.validators, version)

    def _add_page_article(self, page: Page, own: str, article: LoadedArticle) -> LoadedArticle | None:
        """Add an article of a page whose address is `own`, as what it is known by; None where it isn't added again."""
        if without_tracking(article.source) == own:  # not one of several in a file
            article = self._known_by(declared_address(article, own), own, article)
        if page.listed and (gone := self._database.feeds.removed_texts(article.source)):
            known = self._database.feeds.known(own)
            if text_hash(article.text) in gone or (known and known.article_id is None):
                return None  # a list doesn't bring back what was removed
            article = replace(article, source=own, url=own)  # another article, that only names the same address
        present = self._database.article_at(article.source)
        if present and article.source != own and present.text != article.text and not self._is_its_own(own, article):
            self.report.unchanged.append(present.id)  # another edition of an article that is known by its own address
            return article
        article = completed(article, page.listed, present)
        self._add_article(article)
        return article

    def _known_by(self, address: str, own: str, article: LoadedArticle) -> LoadedArticle:
        """The article under the address that the page names, or its own where another article is known by that."""
        present = self._database.article_at(address) if address != own else None
        if present and not is_variant(article, present) and not self._is_its_own(own, replace(article, source=address)):
            address = own
        return replace(article, source=address, url=address)

    def _is_its_own(self, own: str, article: LoadedArticle) -> bool:
        """True where the present text of the article came from this address."""
        known = self._database.feeds.known(own)
        return known is not None and known.source == article.source and known.is_present

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
    elif not isinstance(error, LibraryError | ValueError | RuntimeError):
        _LOG.error("%s failed", source, exc_info=error)
        reason = f"it can't be added, for a reason that nobody thought of ({type(error).__name__}); please report it"
    # A file's name may be no Unicode; what is reported has to be.
    name = os.fsencode(source).decode("utf-8", "backslashreplace") if isinstance(source, Path) else source
    return Failure(name.encode("utf-8", "backslashreplace").decode("utf-8"), reason)
