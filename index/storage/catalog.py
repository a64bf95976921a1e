"""What answers need to know about articles beyond their text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..records import Article
from .curation import RemovedArticle
from .database import Database


class Catalog:
    """Articles by id, their headings, integrity and near-duplicates. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def by_id(self, article_ids: Iterable[int]) -> dict[int, Article]:
        """Articles and earlier revisions by id, without those that were removed."""
        return self._database.articles_by_id(article_ids)

    def damaged(self, article_ids: Iterable[int]) -> list[int]:
        """Ids of those articles whose stored text no longer matches its checksum."""
        return self._database.integrity.damaged_texts(article_ids)

    def headings(self, article_ids: Iterable[int]) -> dict[int, str]:
        """Title, outlet and written-out day of articles by id, without those that were removed."""
        return self._database.headings(article_ids)

    def duplicate_clusters(self, article_ids: Iterable[int]) -> dict[int, int]:
        """Cluster number of each article that has near-duplicates; near-duplicates share their number."""
        return self._database.duplicates.clusters(article_ids)

    def newest_day(self) -> date | None:
        """Publication day of the newest dated article."""
        return self._database.newest_day()

    def by_day(self, limit: int, *, newest_first: bool) -> list[Article]:
        """At most `limit` dated articles by publication day."""
        return self._database.articles_by_day(limit, newest_first)

    def removed(self) -> list[RemovedArticle]:
        """The articles that `Library.restore` can restore, last removed first."""
        return self._database.removed.removed()

    def outlets(self) -> list[tuple[str | None, int]]:
        """The outlets with their numbers of articles, most first; None for articles without an outlet."""
        return self._database.outlets()

    def change(self) -> int:
        """The change counter: if it differs from an earlier value, the library has changed since."""
        return self._database.change()
