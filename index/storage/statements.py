"""Statements and speakers in the SQLite file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import apsw

from ..embedding import codec
from ..records import ALWAYS, Period, Statement
from ..text import acronym_of, fold_name
from . import rows
from .checksums import checksum
from .connections import Connections, next_change, value
from .selection import EVERYTHING, Selection, like_pattern

RULES = 4  # version of the extraction rules; if it increases, all articles are processed again

_FROM = "FROM statements JOIN articles ON articles.id = article_id JOIN speakers ON speakers.id = speaker_id"
# Undated articles are neither old nor new: they come last.
_BY_DATE = "published IS NULL, published, article_id, start"
_BEST = f"inferred, published IS NULL, published DESC, {_BY_DATE}"


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Selects statements by stored speaker name, article, outlet, period and selection of articles."""

    speakers: tuple[str, ...] | None = None
    article_ids: tuple[int, ...] | None = None
    publisher: str | None = None
    period: Period = ALWAYS
    within: Selection = EVERYTHING

    @property
    def depends_on_articles(self) -> bool:
        """Whether a condition needs columns of `articles`."""
        return self.publisher is not None or self.period != ALWAYS or not self.within.is_everything

    def where(self) -> tuple[str, tuple[Any, ...]]:
        """SQL condition on `_FROM` and its values. Unset conditions are left out, so that indexes are used."""
        since, until = self.period.since, self.period.until
        by_speaker = "speaker_id IN (SELECT id FROM speakers WHERE name IN (SELECT value FROM json_each(?)))"
        conditions = (
            (by_speaker, None if self.speakers is None else json.dumps(self.speakers)),
            (by_speaker, None if self.within.speakers is None else json.dumps(self.within.speakers)),
            (
                "article_id IN (SELECT value FROM json_each(?))",
                None if self.article_ids is None else json.dumps(self.article_ids),
            ),
            ("publisher LIKE ? ESCAPE '\\'", None if self.publisher is None else like_pattern(self.publisher)),
            ("published >= ?", since.isoformat() if since else None),
            ("published <= ?", until.isoformat() if until else None),
            *self.within.conditions,
        )
        chosen = [(sql, value) for sql, value in conditions if value is not None]
        return " AND ".join(["true", *(sql for sql, _ in chosen)]), tuple(value for _, value in chosen)


@dataclass(frozen=True, slots=True)
class StoredSpeaker:
    """Counts of one stored name."""

    name: str
    is_person: bool
    statements: int
    articles: int
    first: date | None
    last: date | None
    roles: tuple[str, ...]


class StatementStore:
    """The statements and speakers of a library."""

    def __init__(self, connections: Connections) -> None:
        self._file = connections

    # Extraction

    def pending(self, limit: int) -> list[tuple[int, bytes, str]]:
        """Id, hash and text of the first articles that the current rules haven't processed."""
        return list(
            self._file.rows("SELECT id, hash, text FROM articles WHERE rules < ? ORDER BY id LIMIT ?", (RULES, limit))
        )

    def count_pending(self) -> int:
        """Number of articles that the current rules haven't processed."""
        return int(self._file.value("SELECT count(*) FROM articles WHERE rules < ?", (RULES,)))

    def forget(self) -> None:
        """Mark all articles for processing. Their present statements stay until then."""
        with self._file.write() as connection:
            connection.execute("UPDATE articles SET rules = 0")

    def put(self, found: Iterable[tuple[int, bytes, Sequence[Statement]]]) -> None:
        """Replace the statements of articles, unless their text has changed meanwhile.

        Each item is an article id, the hash of the processed text, and its statements.
        """
        with self._file.write() as connection:
            next_change(connection)
            for article_id, text_hash, statements in found:
                connection.execute(
                    "UPDATE articles SET rules = ? WHERE id = ? AND hash = ?", (RULES, article_id, text_hash)
                )
                if not connection.changes():
                    continue
                connection.execute("DELETE FROM statements WHERE article_id = ?", (article_id,))
                for statement in statements:
                    _insert(connection, article_id, statement)

    # Queries

    def statements(
        self, choice: StatementFilter, limit: int | None = None, offset: int = 0, best_first: bool = False
    ) -> list[Statement]:
        """Statements by date and position; or those that name their speaker first, newest article first."""
        order = _BEST if best_first else _BY_DATE
        where, values = choice.where()
        found = self._file.rows(
            "SELECT article_id, speakers.name, cue, substr(text, start + 1, end - start), start, end, inferred,"
            " mention, said, is_direct, role, is_person, via, is_negated"
            f" {_FROM}"
            # Ids first: otherwise SQLite extracts the text of every statement before sorting and limiting.
            f" WHERE statements.id IN (SELECT statements.id {_FROM} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?)"
            f" ORDER BY {order}",
            (*values, -1 if limit is None else limit, offset),
        )
        return [rows.statement(row) for row in found]

    def count(self, choice: StatementFilter) -> int:
        """Number of selected statements."""
        where, values = choice.where()
        tables = _FROM if choice.depends_on_articles else "FROM statements"
        return int(self._file.value(f"SELECT count(*) {tables} WHERE {where}", values))

    def days(self, choice: StatementFilter) -> list[date]:
        """Publication day of each selected statement whose article is dated."""
        where, values = choice.where()
        found = self._file.rows(f"SELECT published {_FROM} WHERE {where} AND published IS NOT NULL", values)
        return [day for row in found if (day := rows.day(row[0]))]

    def speakers(self, choice: StatementFilter) -> list[StoredSpeaker]:
        """Stored names of the selected statements, with counts."""
        where, values = choice.where()
        found = self._file.rows(
            "SELECT speakers.name, is_person, count(*), count(DISTINCT article_id), min(published), max(published),"
            " json_group_array(DISTINCT role) FILTER (WHERE role IS NOT NULL)"
            f" {_FROM} WHERE {where} GROUP BY speaker_id",
            values,
        )
        return [
            StoredSpeaker(name, bool(is_person), statements, articles, rows.day(first), rows.day(last), _roles(roles))
            for name, is_person, statements, articles, first, last, roles in found
        ]

    def names_with(self, words: Iterable[str]) -> list[tuple[str, bool]]:
        """Stored names that contain one of these folded words, and whether each is known to be a person's."""
        found = self._file.rows(
            "SELECT DISTINCT name, is_person FROM speaker_words JOIN speakers ON speakers.id = speaker_id"
            " WHERE word IN (SELECT value FROM json_each(?)) ORDER BY speakers.id",
            (json.dumps(list(words)),),
        )
        return [(name, bool(is_person)) for name, is_person in found]

    def with_role(self, words: Iterable[str]) -> list[str]:
        """Stored names of speakers with a role that contains all of these folded words."""
        wanted = set(words)
        found = self._file.rows(
            "SELECT DISTINCT role, name FROM statements JOIN speakers ON speakers.id = speaker_id WHERE role LIKE ?"
            " ESCAPE '\\'",
            (like_pattern(max(wanted, key=len, default="")),),
        )
        return list(dict.fromkeys(name for role, name in found if wanted <= set(fold_name(role))))

    def names(self) -> list[tuple[str, bool]]:
        """All stored names, and whether each is known to be a person's."""
        found = self._file.rows("SELECT name, is_person FROM speakers ORDER BY id")
        return [(name, bool(is_person)) for name, is_person in found]

    def words(self) -> list[str]:
        """Folded words of all stored names."""
        return [row[0] for row in self._file.rows("SELECT DISTINCT word FROM speaker_words")]


def _insert(connection: apsw.Connection, article_id: int, statement: Statement) -> None:
    speaker_id = value(
        connection,
        "INSERT INTO speakers (name, is_person, checksum) VALUES (?1, ?2, checksum(?1))"
        " ON CONFLICT (name) DO UPDATE SET is_person = max(is_person, ?2) RETURNING id",
        (statement.speaker, statement.is_person),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO speaker_words VALUES (?, ?)",
        [(word, speaker_id) for word in {*fold_name(statement.speaker), acronym_of(statement.speaker)} if word],
    )
    values = (
        article_id,
        speaker_id,
        statement.start,
        statement.end,
        codec.pack_spans(statement.content),
        statement.cue,
        statement.mention,
        statement.role,
        statement.is_direct,
        statement.inferred,
        statement.via,
        statement.is_negated,
    )
    connection.execute(
        "INSERT INTO statements"
        " (article_id, speaker_id, start, end, said, cue, mention, role, is_direct, inferred, via, is_negated,"
        " checksum)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, checksum(*values)),
    )


def _roles(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()
