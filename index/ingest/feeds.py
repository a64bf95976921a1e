"""Feeds that are followed: what is new in them is brought in, and what left them stays."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import LibraryFailed, SourceError
from ..fetch import Fetched, Fetcher, normal_url
from ..records import Feed
from ..storage import Database
from .content_type import Listing, feed_of, read_fetched
from .run import IngestRun, failure


class FeedUpdater:
    """The feeds of a library."""

    def __init__(self, database: Database, fetcher: Callable[[], Fetcher]) -> None:
        self._store = database.feeds
        self._fetcher = fetcher

    def follow(self, url: str, adding: IngestRun) -> None:
        """Remember a feed, and add what it lists. Of a page, the feed that it names is followed.

        Raises:
            SourceError: the address can't be had, or is no feed and names none.
        """
        url = normal_url(url)
        fetched = self._fetcher().fetch(url, stop=adding.stop)
        if place := feed_of(fetched):
            url = normal_url(place)
            fetched = self._fetcher().fetch(url, stop=adding.stop)
        listing = _listing(fetched)
        self._bring(self._store.follow(url, listing.title), fetched, listing, adding)

    def update(self, adding: IngestRun) -> None:
        """Add what is new in all feeds. A feed that fails never stops the others."""
        for feed in self._store.feeds():
            if adding.is_stopped:
                return
            try:
                fetched = self._fetcher().fetch(feed.url, self._store.validators(feed.id), adding.stop)
                if fetched.data is None:  # the version that is known
                    self._store.checked(feed.id, None)
                else:
                    self._bring(feed, fetched, _listing(fetched), adding)
            except LibraryFailed:
                raise
            except Exception as error:  # noqa: BLE001 one feed never stops the others
                if not adding.is_stopped:
                    failed = failure(feed.url, error)
                    adding.report.failed.append(failed)
                    self._store.checked(feed.id, None, failed.reason)

    def _bring(self, feed: Feed, fetched: Fetched, listing: Listing, adding: IngestRun) -> None:
        """Add what a feed lists. Only when all of it was tried is this version of the feed known."""
        adding.has_transient_failure = False
        adding.put_listed(feed.url, listing.items)
        adding.run()
        if not adding.is_stopped:
            self._store.checked(feed.id, None if adding.has_transient_failure else fetched.validators)


def _listing(fetched: Fetched) -> Listing:
    found = read_fetched(fetched)
    if not isinstance(found, Listing) or found.kind != "feed":
        raise SourceError("it is no RSS or Atom feed, and names none; add it instead, or find the address of a feed")
    return found
