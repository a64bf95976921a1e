"""Counts of articles and statements by day and outlet, and the order in which articles become ready."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .. import rows
from ..connections import Connections, Row
from ..selection import Selection
from ..statements import RULES, StatementFilter

_BY_DAY = "published, publisher, count(*)"
_STATEMENTS = "statements JOIN articles ON articles.id = article_id"


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of articles or statements of one day and one outlet, either of which may be unknown."""

    day: date | None
    publisher: str | None
    count: int


class Tallies:
    """Counts of a library, made in SQL: none is an estimate."""

    def __init__(self, connections: Connections) -> None:
        self._file = connections

    def articles_with(self, passage_ids: Iterable[int]) -> set[int]:
        """Ids of the articles that contain these passages."""
        found = self._file.rows(
            "SELECT DISTINCT article_id FROM passages WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(passage_ids)),),
        )
        return {row[0] for row in found}

    def articles(self, within: Selection) -> list[Tally]:
        """Numbers of articles of a selection."""
        return self._tallies("articles", within.sql, within.values)

    def statements(self, choice: StatementFilter) -> list[Tally]:
        """Numbers of statements."""
        return self._tallies(_STATEMENTS, *choice.where())

    def last_id(self) -> int:
        """The highest id that an article ever had; 0 if there never was one."""
        return int(self._file.value("SELECT max(seq) FROM sqlite_sequence WHERE name = 'articles'") or 0)

    def ready(self, after: int, limit: int) -> list[int]:
        """Ids above `after`, in order, up to the first article without all its vectors and statements.

        Ids are given in the order of the commits, so that whoever remembers the last one misses none.
        """
        found = self._file.rows(
            "SELECT id FROM articles WHERE id > ?1 AND id < min("
            " coalesce((SELECT min(id) FROM articles WHERE id > ?1 AND rules < ?2), 9223372036854775807),"
            " coalesce((SELECT min(article_id) FROM to_embed JOIN passages ON passages.id = passage_id"
            " WHERE article_id > ?1), 9223372036854775807)) ORDER BY id LIMIT ?3",
            (after, RULES, limit),
        )
        return [row[0] for row in found]

    def _tallies(self, tables: str, where: str, values: Sequence[Any]) -> list[Tally]:
        found: Iterator[Row] = self._file.rows(
            f"SELECT {_BY_DAY} FROM {tables} WHERE {where} GROUP BY published, publisher", values
        )
        return [Tally(rows.day(day), publisher, count) for day, publisher, count in found]
