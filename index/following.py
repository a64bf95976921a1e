"""Feeds that are followed: what is new in them is brought in, and what left them stays."""

from __future__ import annotations

import threading
from collections.abc import Callable

from .adding import Adding, failure
from .database import Database
from .errors import LibraryFailed, SourceError
from .fetch import Fetched, Fetcher, Validators, normal_url
from .fetched_files import Listing, read_fetched
from .records import Feed


class Following:
    """The feeds of a library."""

    def __init__(self, database: Database, fetcher: Callable[[], Fetcher]) -> None:
        self._store = database.feeds
        self._fetcher = fetcher

    def follow(self, url: str, adding: Adding) -> None:
        """Remember a feed, and add what it lists.

        Raises:
            SourceError: the address can't be had, or is no feed.
        """
        url = normal_url(url)
        fetched, listing = self._listing(url, Validators(), adding.stop)
        if listing is None:
            raise SourceError("the server says that it is unchanged, though it was never had (HTTP 304)")
        self._bring(self._store.follow(url, listing.title), fetched, listing, adding)

    def update(self, adding: Adding) -> None:
        """Add what is new in all feeds. A feed that fails never stops the others."""
        for feed in self._store.feeds():
            if adding.is_stopped:
                return
            try:
                fetched, listing = self._listing(feed.url, self._store.validators(feed.id), adding.stop)
                if listing is None:
                    self._store.checked(feed.id, None)
                else:
                    self._bring(feed, fetched, listing, adding)
            except LibraryFailed:
                raise
            except Exception as error:  # noqa: BLE001 one feed never stops the others
                if not adding.is_stopped:
                    failed = failure(feed.url, error)
                    adding.report.failed.append(failed)
                    self._store.checked(feed.id, None, failed.reason)

    def _listing(self, url: str, known: Validators, stop: threading.Event | None) -> tuple[Fetched, Listing | None]:
        """What a feed lists; None where it is the version that is known."""
        fetched = self._fetcher().fetch(url, known, stop)
        if fetched.data is None:
            return fetched, None
        listing = read_fetched(fetched)
        if not isinstance(listing, Listing) or listing.kind != "feed":
            raise SourceError("it is no RSS or Atom feed; add it instead, or look for the address of the site's feed")
        return fetched, listing

    def _bring(self, feed: Feed, fetched: Fetched, listing: Listing, adding: Adding) -> None:
        """Add what a feed lists. Only when all of it was tried is this version of the feed known."""
        adding.has_passing_failure = False
        adding.put_listed(feed.url, listing.items)
        adding.run()
        if not adding.is_stopped:
            self._store.checked(feed.id, None if adding.has_passing_failure else fetched.validators)
