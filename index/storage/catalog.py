"""What answers need to know about articles beyond their text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ..records import Article
from . import rows
from .curation import RemovedArticle
from .database import Database
from .selection import EVERYTHING, Selection
from .statements import StatementFilter
from .tallies import Tally


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
        return self._database.lists.newest_day()

    def by_day(self, limit: int, *, newest_first: bool, within: Selection = EVERYTHING) -> list[Article]:
        """At most `limit` dated articles of a selection by publication day."""
        return [rows.article(row) for row in self._database.lists.by_day(limit, newest_first, within)]

    def removed(self) -> list[RemovedArticle]:
        """The articles that `Library.restore` can restore, last removed first."""
        return self._database.removed.removed()

    def outlets(self, within: Selection = EVERYTHING) -> list[tuple[str | None, int]]:
        """The outlets with their numbers of articles, most first; None for articles without an outlet."""
        return self._database.lists.outlets(within)

    def count(self, within: Selection = EVERYTHING) -> int:
        """Number of articles of a selection."""
        return self._database.count_articles(within=within)

    def tags(self, article_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """The tags of articles by id, without articles that have none."""
        return self._database.tags.of(article_ids)

    def collections(self, article_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """The collections that contain articles, by the articles' ids."""
        return self._database.collections.of(article_ids)

    def change(self) -> int:
        """The change counter: if it differs from an earlier value, the library has changed since."""
        return self._database.change()

    def with_passages(self, passage_ids: Iterable[int]) -> set[int]:
        """Ids of the articles that contain these passages."""
        return self._database.tallies.articles_with(passage_ids)

    def tally_articles(self, within: Selection = EVERYTHING) -> list[Tally]:
        """Numbers of articles of a selection by day and outlet."""
        return self._database.tallies.articles(within)

    def tally_statements(self, speakers: Sequence[str] | None = None, within: Selection = EVERYTHING) -> list[Tally]:
        """Numbers of statements by day and outlet: by these stored speaker names, in a selection of articles."""
        names = None if speakers is None else tuple(speakers)
        return self._database.tallies.statements(StatementFilter(names, within=within))

    def last_id(self) -> int:
        """The highest id that an article ever had; later articles get higher ones. 0 if there never was one."""
        return self._database.tallies.last_id()

    def ready(self, after: int, limit: int) -> list[int]:
        """At most `limit` ids above `after`, in order, up to the first article that isn't completely processed yet."""
        return self._database.tallies.ready(after, limit)
