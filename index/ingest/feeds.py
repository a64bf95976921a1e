"""Followed feeds and folders: new and changed articles are added. Articles that a feed no longer lists are kept."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from ..errors import LibraryFailed, SourceError
from ..fetch import Fetcher, FetchResult, is_url, normalize_url
from ..readers import ListEntry, read_file
from ..records import Failure, Feed
from ..storage import Database
from .content_type import Listing, find_feed_url, read_fetched
from .followed_folders import FolderUpdater, folder_of
from .outcome import to_failure
from .run import IngestRun

MAX_LISTED_FEEDS = 1_000  # of an OPML file


class FeedUpdater:
    """Follows and updates the feeds of a library."""

    def __init__(self, database: Database, fetcher: Callable[[], Fetcher]) -> None:
        self._store = database.feeds
        self._folders = FolderUpdater(database.feeds)
        self._fetcher = fetcher

    def follow(self, source: str | Path, run: IngestRun) -> None:
        """Follow a feed or the feed that a page declares, a folder, or the feeds of an OPML file, and add the articles.

        Raises:
            SourceError: the address can't be fetched, or is neither a feed nor a page that declares one; there is no
                such folder or file, or the file isn't an OPML file.
        """
        if is_url(source):
            self._follow_address(str(source), run)
        elif Path(source).suffix.lower() == ".opml" and Path(source).is_file():
            self._follow_listed(Path(source), run)
        else:
            self._folders.follow(source, run)

    def _follow_listed(self, path: Path, run: IngestRun) -> None:
        """Follow all feeds of an OPML file. One that fails never stops the others."""
        # All before the first is fetched: the process that reads files reads one at a time.
        items = list(islice(read_file(path, stop=run.stop), MAX_LISTED_FEEDS + 1))
        for count, item in enumerate(items):
            if run.is_stopped:
                return
            if count == MAX_LISTED_FEEDS:
                run.outcome.fail(path.name, SourceError(f"it lists more than {MAX_LISTED_FEEDS:,} feeds"))
                return
            if isinstance(item, Failure):
                run.outcome.record(item)
            elif isinstance(item, ListEntry):
                try:
                    self._follow_address(item.url, run)
                except SourceError as error:
                    run.outcome.fail(item.url, error)

    def _follow_address(self, url: str, run: IngestRun) -> None:
        url = normalize_url(url)
        fetched = self._fetcher().fetch(url, stop=run.stop)
        if feed_url := find_feed_url(fetched):
            url = normalize_url(feed_url)
            fetched = self._fetcher().fetch(url, stop=run.stop)
        listing = _read_feed(fetched, run)
        self._add_articles(self._store.follow(url, listing.title), fetched, listing, run)

    def update(self, run: IngestRun, only_folders: bool = False) -> None:
        """Add what is new in all feeds and folders. A feed that fails never stops the others."""
        for feed in self._store.feeds():
            if run.is_stopped:
                return
            folder = folder_of(feed)
            if only_folders and folder is None:
                continue
            try:
                if folder is not None:
                    self._folders.update(feed, folder, run)
                    continue
                fetched = self._fetcher().fetch(feed.url, self._store.validators(feed.id), run.stop)
                if fetched.body is None:  # not modified
                    self._store.record_check(feed.id, None)
                else:
                    self._add_articles(feed, fetched, _read_feed(fetched, run), run)
            except LibraryFailed:
                raise
            except Exception as error:  # noqa: BLE001 one feed never stops the others
                if not run.is_stopped:
                    failure = to_failure(feed.url, error)
                    run.report.failed.append(failure)
                    self._store.record_check(feed.id, None, failure.reason)

    def _add_articles(self, feed: Feed, fetched: FetchResult, listing: Listing, run: IngestRun) -> None:
        """Add the articles of a feed.

        The feed's validators are stored only if none of them may succeed the next time: else the server would answer
        "not modified", and they wouldn't be tried again.
        """
        run.enqueue_listed(feed.url, listing.items)
        outcome = run.run()
        if outcome.is_complete:
            self._store.record_check(feed.id, None if outcome.has_transient_failure else fetched.validators)


def _read_feed(fetched: FetchResult, run: IngestRun) -> Listing:
    listing = read_fetched(fetched, run.stop)
    if not isinstance(listing, Listing) or listing.kind != "feed":
        raise SourceError(
            "not an RSS or Atom feed, and it declares none; add it as an article, or enter the address of a feed"
        )
    return listing
