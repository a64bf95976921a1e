"""Clusters of near-duplicate articles in the SQLite file, found incrementally as articles are added."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from ..text import DUPLICATE_OVERLAP, MAX_DAYS_APART, lsh_bands, shingle_overlap, shingles
from .connections import Connections


class DuplicateStore:
    """The clusters of near-duplicates of a library. The articles of a cluster share its number."""

    def __init__(self, connections: Connections) -> None:
        self._file = connections

    def count_pending(self) -> int:
        """Number of articles that haven't been compared with the others yet."""
        return int(self._file.value("SELECT count(*) FROM articles WHERE story IS NULL"))

    def pending(self, limit: int) -> list[tuple[int, str]]:
        """Id and text of the first articles that haven't been compared yet."""
        rows = self._file.rows("SELECT id, text FROM articles WHERE story IS NULL ORDER BY id LIMIT ?", (limit,))
        return [(row[0], row[1]) for row in rows]

    def assign(self, articles: Iterable[tuple[int, str]]) -> None:
        """Assign each article to the cluster of the most similar article, or to a new one.

        Articles that were changed or removed meanwhile are skipped.
        """
        for article_id, text in articles:
            keys = list(lsh_bands(text))
            cluster = self._find_cluster(article_id, text, keys) or article_id  # compared outside the transaction
            with self._file.write() as connection:
                connection.execute(
                    "UPDATE articles SET story = ? WHERE (id, text) = (?, ?)", (cluster, article_id, text)
                )
                if connection.changes():
                    connection.executemany(
                        "INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, article_id) for band in keys]
                    )

    def forget(self) -> None:
        """Discard all clusters, so that all articles are compared again."""
        with self._file.write() as connection:
            connection.execute("UPDATE articles SET story = NULL")
            connection.execute("DELETE FROM bands")

    def clusters(self, article_ids: Iterable[int]) -> dict[int, int]:
        """Cluster number of each of these articles that has near-duplicates."""
        rows = self._file.rows(
            "SELECT id, story FROM articles AS a WHERE id IN (SELECT value FROM json_each(?))"
            " AND EXISTS (SELECT 1 FROM articles AS b WHERE b.story = a.story AND b.id != a.id)",
            (json.dumps(list(article_ids)),),
        )
        return {row[0]: row[1] for row in rows}

    def _find_cluster(self, article_id: int, text: str, keys: list[int]) -> int | None:
        """The cluster of the article most similar to a text, if it is similar enough and of about the same day."""
        candidates = self._file.rows(
            "SELECT story, text, published, (SELECT published FROM articles WHERE id = ?1) FROM articles WHERE id IN"
            " (SELECT article_id FROM bands WHERE band IN (SELECT value FROM json_each(?2)) AND article_id != ?1)",
            (article_id, json.dumps(keys)),
        )
        own = shingles(text)
        found = [
            (shingle_overlap(own, shingles(other)), -cluster)
            for cluster, other, published, day in candidates
            if cluster is not None and _are_near(published, day)
        ]
        similarity, cluster = max(found, default=(0.0, 0))  # of equally similar ones the oldest
        return -cluster if similarity >= DUPLICATE_OVERLAP else None


def _are_near(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return True
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= MAX_DAYS_APART
