"""One run of adding: files and addresses, and what those list, one after another."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ..chunking import passage_spans, sentence_spans
from ..embedding import Embedder
from ..errors import FetchFailed, LibraryError, SourceError
from ..fetch import Fetcher, FetchResult, Validators, is_url, normalize_url
from ..readers import ListEntry, RawArticle, UnusedKeys
from ..records import Failure, LoadedArticle, Progress, Report, Skipped
from ..storage import Database, text_hash
from ..text import detect_language
from .catch_up import OnProgress
from .content_type import Listing
from .feed_text import read_listed
from .folders import find_source
from .identity import canonical_url, is_variant, strip_tracking, with_feed_metadata
from .load import LoadedItem, load
from .outcome import Outcome
from .read_ahead import ReadAhead
from .tasks import FileTask, PageTask

_RECHECKED_ITEMS = 50  # first items of a feed, always requested; later ones only if the feed marks them new or changed
_WORD_INDEX_INTERVAL = 1_000  # articles, after which they become searchable


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """How a run ended.

    Attributes:
        is_complete: every queued source was tried: the run wasn't stopped.
        has_transient_failure: an address failed in a way that retrying may help.
    """

    is_complete: bool
    has_transient_failure: bool


class IngestRun:
    """Adds sources to a library. A source that fails never stops the others.

    `outcome` collects the results; once `stop` is set, no further source is started.
    """

    def __init__(
        self,
        database: Database,
        embedder: Callable[[], Embedder],
        fetcher: Callable[[], Fetcher],
        update_word_index: Callable[[], None],
        progress: OnProgress | None,
        stop: threading.Event,
    ) -> None:
        self.outcome = Outcome()
        self.stop = stop
        self._database = database
        self._embedder = embedder
        self._fetcher = fetcher
        self._update_word_index = update_word_index
        self._progress = progress or (lambda _: None)
        self._queue: deque[FileTask | PageTask] = deque()
        self._columns: Mapping[str, str] = {}
        self._listed_count: Counter[str] = Counter()  # by root
        self._listed_urls = set[str]()

    @property
    def report(self) -> Report:
        """The results until now."""
        return self.outcome.report

    @property
    def is_stopped(self) -> bool:
        """Whether the run was stopped."""
        return self.stop.is_set()

    def enqueue_sources(
        self,
        sources: Sequence[str | Path],
        names: Mapping[str, str],
        include: Sequence[str],
        exclude: Sequence[str],
        columns: Mapping[str, str],
    ) -> None:
        """Queue files, the files in folders, and addresses. Arguments as for `Library.add`.

        Raises:
            ValueError: `columns` has a key that articles don't have.
        """
        known = ("text", *RawArticle.METADATA_KEYS)
        if unknown := sorted(set(columns) - set(known)):
            raise ValueError(f"Unknown column {unknown[0]!r}. The columns are {', '.join(known)}.")
        self._columns = columns
        for source in sources:
            try:
                if is_url(source):
                    self._queue.append(PageTask(str(source).strip(), str(source).strip()))
                else:
                    found = find_source(source, include, exclude)
                    self._queue += [FileTask(file, names.get(str(file))) for file in found.files]
                    for path, reason in found.skipped:
                        self.outcome.skip(path, reason)
                    if not found.files:
                        matching = " that match the patterns" if include or exclude else ""
                        raise SourceError(f"no supported files{matching} in this folder")
            except (SourceError, OSError, ValueError) as error:
                self.outcome.fail(source, error)

    def enqueue_files(self, files: Iterable[FileTask]) -> None:
        """Queue files."""
        self._queue += files

    def enqueue_listed(self, root: str, items: Iterable[ListEntry | Failure | Skipped | UnusedKeys]) -> None:
        """Queue the entries of a feed or sitemap that `root` is or leads to."""
        for position, item in enumerate(items):
            if not isinstance(item, ListEntry):
                self.outcome.record(item, root)
            elif item.url in self._listed_urls:
                continue
            elif self._listed_count[root] == ListEntry.MAX_PER_LIST:
                self.outcome.fail(root, _too_many())
                return
            else:
                self._listed_urls.add(item.url)
                self._listed_count[root] += 1
                self._queue.append(PageTask(item.url, root, item, position))

    def run(self) -> RunOutcome:
        """Add the queued sources until the queue is empty or the run is stopped."""
        done, has_transient_failure = 0, False
        while self._queue and not self.is_stopped:
            task = self._queue.popleft()
            self._progress(Progress("add", done, done + 1 + len(self._queue), task.name))
            if isinstance(task, FileTask):
                self._add_file(task, done)
            else:
                has_transient_failure |= self._add_page(task)
            done += 1
            self._progress(Progress("add", done, done + len(self._queue), task.name))
        return RunOutcome(not self.is_stopped, has_transient_failure)

    def _add_file(self, task: FileTask, done: int) -> None:
        articles, first = 0, None
        lock = threading.Lock()  # two threads report: the one that reads, and this one

        def report(found: int) -> None:
            with lock:
                self._progress(Progress("add", done, done + 1 + len(self._queue), task.name, articles, found))

        reading = ReadAhead(load(task.path, task.source, columns=self._columns, stop=self.stop), report)
        try:
            with reading as items:
                for item in items:
                    if self.is_stopped:
                        return
                    self._add_item(task, item)
                    first = first or (item if isinstance(item, LoadedArticle) else None)
                    articles += isinstance(item, LoadedArticle)
                    report(reading.found)
            if first is not None and task.version:
                self._database.feeds.remember(task.path.as_uri(), first, Validators(), task.version)
        except Exception as error:  # noqa: BLE001 one source never stops the others
            if not self.is_stopped:
                self.outcome.fail(task.source or task.path, error)

    def _add_item(self, task: FileTask, item: LoadedItem) -> None:
        match item:
            case LoadedArticle():
                self._add_article(item)
            case ListEntry():
                self._enqueue_address(task, item.url)
            case _:
                self.outcome.record(item, task.source or task.path)

    def _enqueue_address(self, task: FileTask, url: str) -> None:
        """Queue an address in a file, as if it had been added itself."""
        root = str(task.path)
        if url in self._listed_urls:
            return
        if (count := self._listed_count[root]) < ListEntry.MAX_PER_LIST:
            self._listed_urls.add(url)
            self._queue.append(PageTask(url, url))
        elif count == ListEntry.MAX_PER_LIST:
            self.outcome.fail(task.source or task.path, _too_many())
        self._listed_count[root] = count + 1

    def _add_page(self, task: PageTask) -> bool:
        """Fetch and add an address; return whether it failed in a way that retrying may help."""
        try:
            self._fetch_page(task)
        except Exception as error:  # noqa: BLE001 one source never stops the others
            if not self.is_stopped:
                self.outcome.fail(task.url, error)
                return not isinstance(error, SourceError) or (isinstance(error, FetchFailed) and error.is_transient)
        return False

    def _fetch_page(self, task: PageTask) -> None:
        url = strip_tracking(normalize_url(task.url))
        known = self._database.feeds.known(url)
        validators = Validators()
        if task.listed and known:
            if known.article_id is None:
                return  # removed from the library: a feed or sitemap doesn't add it again
            if task.version and task.version == known.version and task.position >= _RECHECKED_ITEMS:
                self.report.unchanged.append(known.article_id)
                return
            if known.is_present:
                validators = known.validators
        fetched = self._fetcher().fetch(url, validators, self.stop)
        if fetched.body is not None:
            self._add_fetched(task, url, fetched)
        elif known and known.article_id and validators != Validators():
            self.report.unchanged.append(known.article_id)
        else:
            raise FetchFailed("unexpected response: not modified, although no version was sent (HTTP 304)")

    def _add_fetched(self, task: PageTask, url: str, fetched: FetchResult) -> None:
        """Add the articles of the response for `url`, or queue the addresses that it lists."""
        content = read_listed(fetched, task.listed, self.stop)
        if isinstance(content, Listing):
            if task.listed and task.listed.kind == "article":
                raise SourceError(f"no article text found: it is a {content.kind}")
            self.enqueue_listed(task.root, content.items)
            return
        page_url, first = strip_tracking(fetched.url), None
        for item in content:
            if self.is_stopped:
                return
            if not isinstance(item, LoadedArticle):
                self.outcome.record(item, page_url)
            elif article := self._add_page_article(task, page_url, item):
                first = first or article
        if first is not None:
            for address in {url, page_url}:
                self._database.feeds.remember(address, first, fetched.validators, task.version)

    def _add_page_article(self, task: PageTask, page_url: str, article: LoadedArticle) -> LoadedArticle | None:
        """Add an article of a page; return it with its final source, or None if it was removed before."""
        if strip_tracking(article.source) == page_url:  # not one of several in a file
            article = self._with_canonical_source(page_url, article)
        if task.listed and (removed := self._database.feeds.removed_texts(article.source)):
            known = self._database.feeds.known(page_url)
            if text_hash(article.text) in removed or (known and known.article_id is None):
                return None  # a feed or sitemap doesn't add a removed article again
            article = replace(article, source=page_url, url=page_url)  # another one with the same canonical URL
        present = self._database.article_at(article.source)
        is_changed = present and present.text != article.text
        if (
            present
            and is_changed
            and article.source != page_url
            and not self._is_present_from(page_url, article.source)
        ):
            self.report.unchanged.append(present.id)  # a variant of an article that was fetched from its canonical URL
            return article
        article = with_feed_metadata(article, task.listed, present)
        self._add_article(article)
        return article

    def _with_canonical_source(self, page_url: str, article: LoadedArticle) -> LoadedArticle:
        """Identify an article by its canonical URL, or by `page_url` if another article has that canonical URL."""
        url = canonical_url(article, page_url)
        present = self._database.article_at(url) if url != page_url else None
        if present and not is_variant(article, present) and not self._is_present_from(page_url, url):
            url = page_url
        return replace(article, source=url, url=url)

    def _is_present_from(self, page_url: str, source: str) -> bool:
        """Return whether the present text of the article `source` was fetched from `page_url`."""
        known = self._database.feeds.known(page_url)
        return known is not None and known.source == source and known.is_present

    def _add_article(self, loaded: LoadedArticle) -> None:
        if (same := self._database.find_same(loaded)) is not None:
            self.report.unchanged.append(same)
            return
        sentences = sentence_spans(loaded.text)
        embedder = self._embedder()
        passages = passage_spans(loaded.text, sentences, embedder.count_tokens, embedder.max_tokens)
        loaded = replace(loaded, language=detect_language(loaded.text) or loaded.language)
        if self.is_stopped:
            return  # for the longest articles, the steps before took seconds
        outcome, article_id = self._database.put(loaded, passages)
        getattr(self.report, outcome).append(article_id)
        if (len(self.report.added) + len(self.report.updated)) % _WORD_INDEX_INTERVAL == 0:
            with suppress(LibraryError):  # it is tried again, and reported, at the end
                self._update_word_index()


def _too_many() -> SourceError:
    return SourceError(f"it lists more than {ListEntry.MAX_PER_LIST:,} addresses; the rest are skipped")
