"""Integrity of the SQLite file: whether it still contains what was written to it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from .checksums import damaged_query
from .connections import Connections


class Integrity:
    """Compares rows with their checksums and with each other."""

    def __init__(self, connections: Connections) -> None:
        self._file = connections

    def problems(self) -> list[str]:
        """Problems that SQLite itself finds in the file, one line each."""
        found = [str(row[0]) for row in self._file.rows("PRAGMA integrity_check")]
        missing = self._file.rows("PRAGMA foreign_key_check")
        dangling = [f"a row of {table} references a missing row of {parent}" for table, _, parent, _ in missing]
        return [*([] if found == ["ok"] else found), *dangling]

    def damaged_rows(self, table: str) -> list[int]:
        """Ids of the rows of a table that changed since they were written."""
        return self._ids(damaged_query(table))

    def damaged_texts(self, article_ids: Iterable[int]) -> list[int]:
        """Ids of those articles and revisions whose text no longer matches its hash."""
        wanted = json.dumps(list(article_ids))
        found = self._file.rows(
            # As bytes: a damaged text may no longer be valid UTF-8.
            "SELECT id, CAST(text AS BLOB), hash FROM articles WHERE id IN (SELECT value FROM json_each(?1)) UNION ALL"
            " SELECT id, CAST(text AS BLOB), hash FROM revisions WHERE id IN (SELECT value FROM json_each(?1))",
            (wanted,),
        )
        return [row[0] for row in found if hashlib.sha256(row[1]).digest() != row[2]]

    def inconsistent_vectors(self) -> list[int]:
        """Ids of passages with vectors of the wrong length or number, or with vectors but no row."""
        return self._ids(
            "SELECT passage_id FROM vectors LEFT JOIN passages ON passages.id = passage_id"
            " WHERE passages.id IS NULL OR length(passage) <>"
            " (SELECT length(passage) FROM vectors GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)"  # the usual length
            " OR length(vectors.sentences) <> length(passages.sentences) / 8 * length(passage) / 2"
            " OR length(word_counts) <> length(passages.sentences) / 4"
        )

    def newest_row(self) -> int:
        """The highest change number of any row."""
        tables = ("passages", "vectors", "removals")
        return max(int(self._file.value(f"SELECT ifnull(max(change), 0) FROM {table}")) for table in tables)

    def article_ids(self) -> list[int]:
        """Ids of all articles."""
        return self._ids("SELECT id FROM articles ORDER BY id")

    def revision_ids(self) -> list[int]:
        """Ids of all earlier revisions."""
        return self._ids("SELECT id FROM revisions ORDER BY id")

    def passage_ids(self) -> list[int]:
        """Sorted ids of all passages."""
        return self._ids("SELECT id FROM passages ORDER BY id")

    def _ids(self, query: str) -> list[int]:
        return [row[0] for row in self._file.rows(query)]
