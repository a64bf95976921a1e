"""Followed feeds and fetched addresses in the SQLite file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from ..errors import FeedNotFound
from ..fetch import Validators
from ..records import Feed, LoadedArticle
from .checksums import text_hash
from .connections import Connections, Row, is_id

_FEED = "SELECT id, url, title, checked, failure FROM feeds"


@dataclass(frozen=True, slots=True)
class FetchedAddress:
    """What is recorded about an address that was fetched.

    Attributes:
        source: the source of the article found there.
        article_id: the article that now has this source; None if it was removed.
        is_present: that article still has the text found there.
        validators: ETag and Last-Modified of the fetched version.
        version: the version that the listing feed gave.
    """

    source: str
    article_id: int | None
    is_present: bool
    validators: Validators
    version: str


class FeedStore:
    """The followed feeds of a library, and the addresses of its fetched articles."""

    def __init__(self, connections: Connections) -> None:
        self._file = connections

    def feeds(self) -> list[Feed]:
        """The followed feeds, oldest first."""
        return [_feed(row) for row in self._file.rows(f"{_FEED} ORDER BY id")]

    def follow(self, url: str, title: str) -> Feed:
        """Record a feed, or its new title."""
        with self._file.write() as connection:
            connection.execute(
                "INSERT INTO feeds (url, title) VALUES (?1, ?2) ON CONFLICT (url) DO UPDATE SET title = ?2",
                (url, title),
            )
        return next(feed for feed in self.feeds() if feed.url == url)

    def unfollow(self, feed_id: int) -> None:
        """Delete a feed; its articles stay.

        Raises:
            FeedNotFound: no followed feed has this id.
        """
        if not is_id(feed_id):
            raise FeedNotFound(feed_id)
        with self._file.write() as connection:
            connection.execute("DELETE FROM feeds WHERE id = ?", (feed_id,))
            if not connection.changes():
                raise FeedNotFound(feed_id)

    def validators(self, feed_id: int) -> Validators:
        """ETag and Last-Modified of the last version of the feed that was read completely."""
        row = self._file.row("SELECT etag, last_modified FROM feeds WHERE id = ?", (feed_id,))
        return Validators(*row) if row else Validators()

    def record_check(self, feed_id: int, validators: Validators | None, failure: str | None = None) -> None:
        """Record that a feed was checked. `validators` belong to a completely read version; None if there was none."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._file.write() as connection:
            connection.execute("UPDATE feeds SET checked = ?, failure = ? WHERE id = ?", (now, failure, feed_id))
            if validators is not None:
                connection.execute(
                    "UPDATE feeds SET etag = ?, last_modified = ? WHERE id = ?",
                    (validators.etag, validators.last_modified, feed_id),
                )

    def known(self, url: str) -> FetchedAddress | None:
        """What is recorded about an address, or None if it was never fetched."""
        row = self._file.row(
            "SELECT f.source, a.id, a.hash IS f.hash, etag, last_modified, version FROM fetched AS f"
            " LEFT JOIN sources AS s ON s.source = f.source"
            " LEFT JOIN articles AS a ON a.id = s.article_id WHERE f.url = ?",
            (url,),
        )
        return FetchedAddress(row[0], row[1], bool(row[2]), Validators(row[3], row[4]), row[5]) if row else None

    def removed_texts(self, source: str) -> list[bytes]:
        """Hashes of texts fetched for a source that has since been removed from the library."""
        found = self._file.rows(
            "SELECT hash FROM fetched WHERE source = ?1 AND NOT EXISTS (SELECT 1 FROM sources WHERE source = ?1)",
            (source,),
        )
        return [row[0] for row in found]

    def remember(self, url: str, article: LoadedArticle, validators: Validators, version: str) -> None:
        """Record that an article was found at an address."""
        with self._file.write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO fetched (url, source, etag, last_modified, version, hash)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (url, article.source, validators.etag, validators.last_modified, version, text_hash(article.text)),
            )


def _feed(row: Row) -> Feed:
    feed_id, url, title, checked, failure = row
    return Feed(feed_id, url, title, datetime.fromisoformat(checked) if checked else None, failure)
