"""The file of the watches: their rows, matches and unsent messages. Every method is one transaction."""

from __future__ import annotations

import base64
import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from index import Span, Where

from ..state import StateFile
from .records import Kind, Watch, WatchError, WatchNotFound

MAX_WATCHES = 500
_SECRET_BYTES = 24
# When a message is sent again after a failure, in seconds; after the last one, the webhook is disabled.
RETRY_SECONDS = (5, 300, 1_800, 7_200, 18_000, 36_000, 36_000)

_MIGRATIONS = (
    """
    CREATE TABLE watches (
        id           INTEGER PRIMARY KEY AUTOINCREMENT,
        name         TEXT NOT NULL,
        kind         TEXT NOT NULL,
        words        TEXT NOT NULL,
        filters      TEXT NOT NULL,              -- JSON of `Where`: the fields that are given
        key          TEXT NOT NULL UNIQUE,
        created      TEXT NOT NULL,              -- ISO 8601 time, UTC
        seen         INTEGER NOT NULL,           -- id of the last article that was compared
        webhook      TEXT,
        secret       TEXT,
        failure      TEXT,
        failures     INTEGER NOT NULL DEFAULT 0, -- in a row
        next_attempt REAL NOT NULL DEFAULT 0,    -- seconds since 1970
        is_disabled  INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE messages (                      -- matches that a webhook hasn't received yet
        id       INTEGER PRIMARY KEY AUTOINCREMENT,
        watch_id INTEGER NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
        created  TEXT NOT NULL
    ) STRICT;
    CREATE INDEX messages_watch ON messages (watch_id);
    CREATE TABLE matches (
        id         INTEGER PRIMARY KEY AUTOINCREMENT,
        watch_id   INTEGER NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
        article_id INTEGER NOT NULL,
        start      INTEGER NOT NULL,
        end        INTEGER NOT NULL,
        found      TEXT NOT NULL,
        message_id INTEGER REFERENCES messages (id) ON DELETE SET NULL,
        UNIQUE (watch_id, article_id)
    ) STRICT;
    CREATE INDEX matches_message ON matches (message_id);
    """,
)
_WATCH = """
    SELECT id, name, kind, words, filters, key, created, seen,
           (SELECT count(*) FROM matches WHERE watch_id = watches.id), webhook, failure, is_disabled FROM watches"""


@dataclass(frozen=True, slots=True)
class StoredMatch:
    """A match as it is stored: where the quote is, not what it says. A removed article leaves no text behind."""

    id: int
    article_id: int
    span: Span
    found: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """Matches that are to be sent to a webhook."""

    id: int
    watch: Watch
    secret: str
    created: datetime


class WatchFile:
    """The watches of a library."""

    def __init__(self, path: Path) -> None:
        self._file = StateFile(path, _MIGRATIONS)

    @property
    def is_missing(self) -> bool:
        """Whether there never was a watch."""
        return not self._file.path.exists()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def add(self, name: str, kind: Kind, words: str, where: Where, seen: int, webhook: str | None) -> Watch:
        """Add a watch. The returned one has the secret of its webhook.

        Raises:
            WatchError: there are too many.
        """
        secret = f"whsec_{base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}" if webhook else None
        with self._file.write() as connection:
            if len(connection.execute("SELECT id FROM watches").fetchall()) >= MAX_WATCHES:
                raise WatchError(f"There are {MAX_WATCHES} watches already, the limit. Remove one first.")
            values = (name, kind, words, _as_json(where), uuid.uuid4().hex, _now(), seen, webhook, secret)
            connection.execute(
                "INSERT INTO watches (name, kind, words, filters, key, created, seen, webhook, secret)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            watch_id = connection.last_insert_rowid()
        return replace(self.watch(watch_id), secret=secret)

    def watches(self) -> list[Watch]:
        """All watches, oldest first."""
        return [] if self.is_missing else [_watch(row) for row in self._file.rows(f"{_WATCH} ORDER BY id")]

    def watch(self, watch_id: int) -> Watch:
        """A watch by id.

        Raises:
            WatchNotFound: there is none.
        """
        found = [] if self.is_missing or watch_id >= 2**63 else self._file.rows(f"{_WATCH} WHERE id = ?", (watch_id,))
        if not found:
            raise WatchNotFound(watch_id)
        return _watch(found[0])

    def remove(self, watch_id: int) -> None:
        """Remove a watch with its matches and unsent messages.

        Raises:
            WatchNotFound: there is none.
        """
        self.watch(watch_id)
        with self._file.write() as connection:
            connection.execute("DELETE FROM watches WHERE id = ?", (watch_id,))

    # Matches

    def record(self, watch: Watch, seen: int, matches: Mapping[int, Span]) -> bool:
        """Record that articles up to `seen` were compared with a watch, and which of them match (id → quote).

        Both are one transaction, so that a kill loses no article and finds none twice. Returns False, and changes
        nothing, if somebody else has compared them in the meantime.
        """
        with self._file.write() as connection:
            connection.execute("UPDATE watches SET seen = ? WHERE id = ? AND seen = ?", (seen, watch.id, watch.seen))
            if not connection.changes():
                return False
            message_id = None
            if matches and watch.webhook:
                # A disabled webhook gets no further messages; those that it has missed stay.
                connection.execute(
                    "INSERT INTO messages (watch_id, created) SELECT id, ? FROM watches"
                    " WHERE id = ? AND NOT is_disabled",
                    (_now(), watch.id),
                )
                message_id = connection.last_insert_rowid() if connection.changes() else None
            connection.executemany(
                "INSERT OR IGNORE INTO matches (watch_id, article_id, start, end, found, message_id)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [(watch.id, i, span.start, span.end, _now(), message_id) for i, span in sorted(matches.items())],
            )
            return True

    def forget_after(self, last_id: int) -> None:
        """Forget articles with higher ids than the library ever had: it was restored from an older copy."""
        if self.is_missing or not self._file.rows("SELECT 1 FROM watches WHERE seen > ? LIMIT 1", (last_id,)):
            return
        with self._file.write() as connection:
            connection.execute("UPDATE watches SET seen = ?1 WHERE seen > ?1", (last_id,))
            connection.execute("DELETE FROM matches WHERE article_id > ?", (last_id,))

    def matched(self, watch: Watch, article_ids: Sequence[int]) -> bool:
        """Whether one of these articles has matched a watch."""
        marks = ", ".join("?" * len(article_ids))
        query = f"SELECT 1 FROM matches WHERE watch_id = ? AND article_id IN ({marks}) LIMIT 1"
        return bool(self._file.rows(query, (watch.id, *article_ids)))

    def matches(self, watch: Watch, limit: int, offset: int = 0) -> list[StoredMatch]:
        """Matches of a watch, newest first."""
        return self._matches("watch_id = ? ORDER BY id DESC LIMIT ? OFFSET ?", (watch.id, limit, offset))

    # Messages

    def due(self, now: float) -> list[Message]:
        """The oldest unsent message of each webhook that may be called now (in seconds since 1970)."""
        if self.is_missing:
            return []
        found = self._file.rows(
            "SELECT min(messages.id), watch_id, secret, messages.created FROM messages"
            " JOIN watches ON watches.id = watch_id WHERE NOT is_disabled AND next_attempt <= ? GROUP BY watch_id",
            (now,),
        )
        watches = {watch.id: watch for watch in self.watches()}
        return [Message(row[0], watches[row[1]], row[2], _time(row[3])) for row in found if row[1] in watches]

    def matches_of(self, message: Message) -> list[StoredMatch]:
        """The matches that a message is about."""
        return self._matches("message_id = ? ORDER BY id", (message.id,))

    def sent(self, message: Message) -> None:
        """Record that a message was received."""
        with self._file.write() as connection:
            connection.execute("DELETE FROM messages WHERE id = ?", (message.id,))
            connection.execute(
                "UPDATE watches SET failure = NULL, failures = 0, next_attempt = 0 WHERE id = ?", (message.watch.id,)
            )

    def failed(self, message: Message, reason: str, now: float, is_final: bool = False) -> None:
        """Record that a message wasn't received. After too many failures, or a final one, the webhook is disabled."""
        with self._file.write() as connection:
            row = connection.execute("SELECT failures FROM watches WHERE id = ?", (message.watch.id,)).fetchone()
            failures = row[0] if row else 0
            is_last = is_final or failures >= len(RETRY_SECONDS)
            connection.execute(
                "UPDATE watches SET failure = ?, failures = ?, next_attempt = ?, is_disabled = ? WHERE id = ?",
                (
                    reason,
                    failures + 1,
                    now if is_last else now + RETRY_SECONDS[failures],
                    is_last,
                    message.watch.id,
                ),
            )

    def enable(self, watch_id: int) -> None:
        """Let a webhook be called again, now.

        Raises:
            WatchNotFound: no watch has this id.
        """
        self.watch(watch_id)
        with self._file.write() as connection:
            connection.execute(
                "UPDATE watches SET failures = 0, next_attempt = 0, is_disabled = 0 WHERE id = ?", (watch_id,)
            )

    def _matches(self, where: str, values: Sequence[Any]) -> list[StoredMatch]:
        found = self._file.rows(f"SELECT id, article_id, start, end, found FROM matches WHERE {where}", values)
        return [StoredMatch(row[0], row[1], Span(row[2], row[3]), _time(row[4])) for row in found]


def _watch(row: tuple[Any, ...]) -> Watch:
    watch_id, name, kind, words, filters, key, created, seen, matches, webhook, failure, is_disabled = row
    return Watch(
        watch_id,
        name,
        kind,
        words,
        _where(filters),
        key,
        _time(created),
        seen,
        matches,
        webhook,
        failure,
        bool(is_disabled),
    )


def _as_json(where: Where) -> str:
    given = {name: value for name in Where.field_names() if (value := getattr(where, name))}
    return json.dumps(given, default=date.isoformat, ensure_ascii=False)


def _where(text: str) -> Where:
    given = json.loads(text)
    return Where(**{**given, **{name: date.fromisoformat(given[name]) for name in ("since", "until") if name in given}})


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
