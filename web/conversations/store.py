"""The file of the conversations."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rag import Answer, Mode, Turn

from ..state import Connection, StateFile
from .records import Conversation, ConversationNotFound, Exchange, State, StoredAnswer

CONVERSATIONS_FILE = "conversations.db"
MAX_TITLE = 80
MAX_LISTED = 200
MAX_HISTORY = 20  # earlier turns that a question may refer to
UNDO_PERIOD = timedelta(hours=1)  # then what was deleted or replaced is gone for good

_TABLES = """
CREATE TABLE conversations (
    id      TEXT PRIMARY KEY,
    owner   TEXT NOT NULL DEFAULT '',
    title   TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    filter  TEXT NOT NULL DEFAULT '{}',
    deleted TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX conversations_by_time ON conversations (updated);
CREATE TABLE turns (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL,
    question     TEXT NOT NULL,
    mode         TEXT NOT NULL,
    filter       TEXT NOT NULL DEFAULT '{}',
    state        TEXT NOT NULL,
    notice       TEXT NOT NULL DEFAULT '',
    answer       TEXT,
    asked        TEXT NOT NULL,
    replaced     TEXT
) STRICT;
CREATE UNIQUE INDEX current_turns ON turns (conversation, number) WHERE replaced IS NULL;
CREATE INDEX replaced_turns ON turns (conversation, replaced) WHERE replaced IS NOT NULL;
"""
_CONVERSATION = """
SELECT id, title, created, updated, filter,
       (SELECT count(*) FROM turns WHERE conversation = conversations.id AND replaced IS NULL)
FROM conversations WHERE deleted IS NULL
"""
_EXCHANGE = """
SELECT id, conversation, number, question, mode, state, notice, answer, filter
FROM turns WHERE conversation = ? AND replaced IS NULL
"""


class Conversations:
    """The conversations of a library. Safe to use from several threads and processes.

    Attributes:
        file: the file in which they are kept.
    """

    def __init__(self, directory: Path) -> None:
        self.file = StateFile(directory / CONVERSATIONS_FILE, [_TABLES])

    # Conversations

    def create(self, question: str, where: str = "{}") -> Conversation:
        """Start a conversation, named after its first question."""
        now = datetime.now(UTC)
        found = Conversation(secrets.token_urlsafe(16), title_for(question), now, now, where)
        with self.file.write() as connection:
            _purge(connection, now)
            connection.execute(
                "INSERT INTO conversations (id, title, created, updated, filter) VALUES (?, ?, ?, ?, ?)",
                (found.id, found.title, now.isoformat(), now.isoformat(), where),
            )
        return found

    def get(self, conversation_id: str) -> Conversation:
        """A conversation by id.

        Raises:
            ConversationNotFound: there is none, or it was deleted.
        """
        for row in self.file.rows(f"{_CONVERSATION} AND id = ?", [conversation_id]):
            return _conversation(row)
        raise ConversationNotFound(conversation_id)

    def all(self, matching: str = "", limit: int = MAX_LISTED) -> list[Conversation]:
        """The conversations, last used first, whose title or questions contain `matching`."""
        pattern = "%" + "".join("\\" + sign if sign in "\\%_" else sign for sign in matching.strip()) + "%"
        rows = self.file.rows(
            f"{_CONVERSATION} AND (title LIKE ?1 ESCAPE '\\' OR EXISTS (SELECT 1 FROM turns WHERE replaced IS NULL"
            " AND conversation = conversations.id AND question LIKE ?1 ESCAPE '\\'))"
            " ORDER BY updated DESC, id LIMIT ?2",
            [pattern, limit],
        )
        return [_conversation(row) for row in rows]

    def rename(self, conversation_id: str, title: str) -> None:
        """Rename a conversation.

        Raises:
            ConversationNotFound: there is none.
        """
        self._update("title = ?", [title_for(title)], conversation_id)

    def delete(self, conversation_id: str) -> None:
        """Delete a conversation. It can be restored for an hour, or longer if nothing is asked meanwhile.

        Raises:
            ConversationNotFound: there is none.
        """
        self._update("deleted = ?", [datetime.now(UTC).isoformat()], conversation_id)

    def restore(self, conversation_id: str) -> None:
        """Undo `delete`.

        Raises:
            ConversationNotFound: it is gone for good, or wasn't deleted.
        """
        self._update("deleted = NULL", [], conversation_id, "NOT NULL")

    # Questions and answers

    def ask(
        self, conversation_id: str, question: str, mode: Mode, replaces: int | None = None, where: str = "{}"
    ) -> Exchange:
        """Keep a question, which waits for its answer. Its filter is kept as the conversation's, too.

        Args:
            conversation_id: the conversation.
            question: the question as asked.
            mode: the kind of answer.
            replaces: the number of a question that this one takes the place of; it and those after it can be
                brought back by `undo_replacement`.
            where: its filter, in JSON.

        Raises:
            ConversationNotFound: there is no such conversation, or no question to replace.
        """
        now = datetime.now(UTC).isoformat()
        with self.file.write() as connection:
            changed = "UPDATE conversations SET updated = ?, filter = ? WHERE id = ? AND deleted IS NULL RETURNING 1"
            if not connection.execute(changed, (now, where, conversation_id)).fetchall():
                raise ConversationNotFound(conversation_id)
            number = 1 + _count(connection, conversation_id)
            if replaces is not None:
                if not 1 <= replaces < number:
                    raise ConversationNotFound(f"{conversation_id} has no question {replaces}")
                number = replaces
                connection.execute(
                    "UPDATE turns SET replaced = ? WHERE conversation = ? AND replaced IS NULL AND number >= ?",
                    (now, conversation_id, number),
                )
            [(row_id,)] = connection.execute(
                "INSERT INTO turns (conversation, number, question, mode, filter, state, asked)"
                " VALUES (?, ?, ?, ?, ?, 'waiting', ?) RETURNING id",
                (conversation_id, number, question, mode, where, now),
            ).fetchall()
        return Exchange(_whole(row_id), conversation_id, number, question, mode, where=where)

    def undo_replacement(self, conversation_id: str) -> None:
        """Bring back the questions that the last edited question replaced, in the place of it and those after it.

        Raises:
            ConversationNotFound: nothing was replaced, or it is gone for good.
        """
        with self.file.write() as connection:
            found = connection.execute(
                "SELECT replaced, min(number) FROM turns WHERE conversation = ? AND replaced IS NOT NULL"
                " GROUP BY replaced ORDER BY replaced DESC LIMIT 1",
                (conversation_id,),
            ).fetchall()
            if not found:
                raise ConversationNotFound(conversation_id)
            [(replaced, number)] = found
            connection.execute(
                "DELETE FROM turns WHERE conversation = ? AND replaced IS NULL AND number >= ?",
                (conversation_id, number),
            )
            connection.execute(
                "UPDATE turns SET replaced = NULL WHERE conversation = ? AND replaced = ?", (conversation_id, replaced)
            )

    def finish(self, exchange_id: int, state: State, answer: StoredAnswer | None = None, notice: str = "") -> None:
        """Keep the answer of a question that waits; if it doesn't wait or is gone, do nothing."""
        with self.file.write() as connection:
            connection.execute(
                "UPDATE turns SET state = ?, answer = ?, notice = ? WHERE id = ? AND state = 'waiting'",
                (state, answer.to_json() if answer else None, notice, exchange_id),
            )

    def exchange(self, conversation_id: str, number: int) -> Exchange:
        """A question by its number.

        Raises:
            ConversationNotFound: there is no such conversation or question.
        """
        self.get(conversation_id)
        for row in self.file.rows(f"{_EXCHANGE} AND number = ?", [conversation_id, number]):
            return Exchange(*row)
        raise ConversationNotFound(f"{conversation_id} has no question {number}")

    def exchanges(self, conversation_id: str, before: int | None = None, limit: int = -1) -> list[Exchange]:
        """The last `limit` questions before number `before`, oldest first.

        Raises:
            ConversationNotFound: there is no such conversation.
        """
        self.get(conversation_id)
        rows = self.file.rows(
            f"{_EXCHANGE} AND number < coalesce(?, number + 1) ORDER BY number DESC LIMIT ?",
            [conversation_id, before, limit],
        )
        return [Exchange(*row) for row in reversed(rows)]

    def history(self, exchange: Exchange) -> list[Turn]:
        """The answered turns that a question may refer to, oldest first."""
        rows = self.file.rows(
            f"{_EXCHANGE} AND number < ? AND answer IS NOT NULL ORDER BY number DESC LIMIT ?",
            [exchange.conversation, exchange.number, MAX_HISTORY],
        )
        return [turn for row in reversed(rows) if (turn := Exchange(*row).turn())]

    def answers(self, conversation_id: str) -> list[tuple[str, Answer]]:
        """All questions of a conversation that have an answer, with it, oldest first: for exports.

        Raises:
            ConversationNotFound: there is no such conversation.
        """
        return list(self._answers(self.exchanges(conversation_id)))

    @staticmethod
    def _answers(exchanges: Sequence[Exchange]) -> Iterator[tuple[str, Answer]]:
        for exchange in exchanges:
            if stored := exchange.stored():
                yield exchange.question, stored.answer

    def _update(self, change: str, values: Sequence[Any], conversation_id: str, deleted: str = "NULL") -> None:
        with self.file.write() as connection:
            query = f"UPDATE conversations SET {change} WHERE id = ? AND deleted IS {deleted} RETURNING 1"
            if not connection.execute(query, (*values, conversation_id)).fetchall():
                raise ConversationNotFound(conversation_id)


def title_for(text: str) -> str:
    """A title on one line, cut at a word if it is long."""
    line = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    if len(line) <= MAX_TITLE:
        return line or "…"
    return line[:MAX_TITLE].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _purge(connection: Connection, now: datetime) -> None:
    """Remove for good what was deleted or replaced a while ago."""
    limit = (now - UNDO_PERIOD).isoformat()
    connection.execute("DELETE FROM conversations WHERE deleted < ?", (limit,))
    connection.execute("DELETE FROM turns WHERE replaced < ?", (limit,))


def _count(connection: Connection, conversation_id: str) -> int:
    """The number of questions of a conversation."""
    query = "SELECT coalesce(max(number), 0) FROM turns WHERE conversation = ? AND replaced IS NULL"
    [(number,)] = connection.execute(query, (conversation_id,)).fetchall()
    return _whole(number)


def _whole(value: object) -> int:
    assert isinstance(value, int)  # noqa: S101 for mypy; the tables are strict
    return value


def _conversation(row: tuple[Any, ...]) -> Conversation:
    found, title, created, updated, where, turns = row
    return Conversation(
        found, title, datetime.fromisoformat(created), datetime.fromisoformat(updated), where, int(turns)
    )
