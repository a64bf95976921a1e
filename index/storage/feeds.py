"""Feeds that are followed, and what is known of addresses that were fetched, kept in the library's file."""

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
    """What is known of an address that was fetched.

    Attributes:
        source: what the article is known by that lay there.
        article_id: the article that is known so now; None where it was removed.
        is_present: that article has the text that lay there.
        validators: what tells the server which version it was.
        version: what the feed that listed the address said of its version.
    """

    source: str
    article_id: int | None
    is_present: bool
    validators: Validators
    version: str


class FeedStore:
    """The feeds of a library, and the addresses that its articles were fetched from."""

    def __init__(self, connections: Connections) -> None:
        self._file = connections

    def feeds(self) -> list[Feed]:
        """The feeds that are followed, in the order in which they came."""
        return [_feed(row) for row in self._file.rows(f"{_FEED} ORDER BY id")]

    def follow(self, url: str, title: str) -> Feed:
        """Remember a feed, or its new title."""
        with self._file.write() as connection:
            connection.execute(
                "INSERT INTO feeds (url, title) VALUES (?1, ?2) ON CONFLICT (url) DO UPDATE SET title = ?2",
                (url, title),
            )
        return next(feed for feed in self.feeds() if feed.url == url)

    def unfollow(self, feed_id: int) -> None:
        """Forget a feed; its articles stay.

        Raises:
            FeedNotFound: there is none with this id.
        """
        if not is_id(feed_id):
            raise FeedNotFound(feed_id)
        with self._file.write() as connection:
            connection.execute("DELETE FROM feeds WHERE id = ?", (feed_id,))
            if not connection.changes():
                raise FeedNotFound(feed_id)

    def validators(self, feed_id: int) -> Validators:
        """What tells the server which version of the feed was read whole."""
        row = self._file.row("SELECT etag, last_modified FROM feeds WHERE id = ?", (feed_id,))
        return Validators(*row) if row else Validators()

    def checked(self, feed_id: int, validators: Validators | None, failure: str | None = None) -> None:
        """Note that a feed was asked. `validators` are those of the version that was read whole, None if none was."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._file.write() as connection:
            connection.execute("UPDATE feeds SET checked = ?, failure = ? WHERE id = ?", (now, failure, feed_id))
            if validators is not None:
                connection.execute(
                    "UPDATE feeds SET etag = ?, last_modified = ? WHERE id = ?",
                    (validators.etag, validators.last_modified, feed_id),
                )

    def known(self, url: str) -> FetchedAddress | None:
        """What is known of an address, if it was fetched before."""
        row = self._file.row(
            "SELECT f.source, a.id, a.hash IS f.hash, etag, last_modified, version FROM fetched AS f"
            " LEFT JOIN sources AS s ON s.source = f.source"
            " LEFT JOIN articles AS a ON a.id = s.article_id WHERE f.url = ?",
            (url,),
        )
        return FetchedAddress(row[0], row[1], bool(row[2]), Validators(row[3], row[4]), row[5]) if row else None

    def removed_texts(self, source: str) -> list[bytes]:
        """The hashes of the texts that were fetched as articles known so, where that is in the library no longer."""
        found = self._file.rows(
            "SELECT hash FROM fetched WHERE source = ?1 AND NOT EXISTS (SELECT 1 FROM sources WHERE source = ?1)",
            (source,),
        )
        return [row[0] for row in found]

    def remember(self, url: str, article: LoadedArticle, validators: Validators, version: str) -> None:
        """Note that an article lay at an address."""
        with self._file.write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO fetched (url, source, etag, last_modified, version, hash)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (url, article.source, validators.etag, validators.last_modified, version, text_hash(article.text)),
            )


def _feed(row: Row) -> Feed:
    feed_id, url, title, checked, failure = row
    return Feed(feed_id, url, title, datetime.fromisoformat(checked) if checked else None, failure)
