"""Which articles are one story: found as they come, kept in the library's file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from ..text import DAYS_APART, SHARED, bands, shared, shingles
from .connections import Connections


class DuplicateStore:
    """The stories of a library. A story is known by a number that its articles share."""

    def __init__(self, connections: Connections) -> None:
        self._file = connections

    def count_unplaced(self) -> int:
        """How many articles have not been compared with the others yet."""
        return int(self._file.value("SELECT count(*) FROM articles WHERE story IS NULL"))

    def unplaced(self, limit: int) -> list[tuple[int, str]]:
        """Id and text of the first articles that have not been compared yet."""
        rows = self._file.rows("SELECT id, text FROM articles WHERE story IS NULL ORDER BY id LIMIT ?", (limit,))
        return [(row[0], row[1]) for row in rows]

    def place(self, articles: Iterable[tuple[int, str]]) -> None:
        """Give each article the story of the one that it is most like, or one of its own.

        An article whose text has changed or that is gone by now is passed over.
        """
        for article_id, text in articles:
            its = list(bands(text))
            cluster = self._story_of(article_id, text, its) or article_id  # compared before others have to wait
            with self._file.write() as connection:
                connection.execute(
                    "UPDATE articles SET story = ? WHERE (id, text) = (?, ?)", (cluster, article_id, text)
                )
                if connection.changes():
                    connection.executemany(
                        "INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, article_id) for band in its]
                    )

    def forget(self) -> None:
        """Have all articles compared anew."""
        with self._file.write() as connection:
            connection.execute("UPDATE articles SET story = NULL")
            connection.execute("DELETE FROM bands")

    def clusters(self, article_ids: Iterable[int]) -> dict[int, int]:
        """The story of each article that shares one with another article."""
        rows = self._file.rows(
            "SELECT id, story FROM articles AS a WHERE id IN (SELECT value FROM json_each(?))"
            " AND EXISTS (SELECT 1 FROM articles AS b WHERE b.story = a.story AND b.id != a.id)",
            (json.dumps(list(article_ids)),),
        )
        return {row[0]: row[1] for row in rows}

    def _story_of(self, article_id: int, text: str, its: list[int]) -> int | None:
        """The story of the article that shares most with a text, where one shares enough in the same days."""
        alike = self._file.rows(
            "SELECT story, text, published, (SELECT published FROM articles WHERE id = ?1) FROM articles WHERE id IN"
            " (SELECT article_id FROM bands WHERE band IN (SELECT value FROM json_each(?2)) AND article_id != ?1)",
            (article_id, json.dumps(its)),
        )
        own = shingles(text)
        found = [
            (shared(own, shingles(other)), -cluster)
            for cluster, other, published, day in alike
            if cluster is not None and _same_days(published, day)
        ]
        likeness, cluster = max(found, default=(0.0, 0))  # of equally alike ones the oldest
        return -cluster if likeness >= SHARED else None


def _same_days(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return True
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= DAYS_APART
