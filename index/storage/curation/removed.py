"""Removed articles. They can be restored with their ids for a while; then they are deleted for good."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import apsw

from ...chunking import PassageSpan
from ...embedding import codec
from ...errors import ArticleNotFound
from ..articles import COPIED, retire, update_checksum, write_passages
from ..connections import Connections, Row, id_list, is_id, next_change, value
from ..selection.labels import attach_label

KEPT_FOR: Final = timedelta(days=1)

_COPIED = ", ".join(COPIED)
_OWN = "sources, replaced, passages, edits, labels, removed"
_SOURCES = "(SELECT json_group_array(source ORDER BY id) FROM sources WHERE article_id = articles.id)"
_PASSAGES = (
    "(SELECT json_group_array(json_array(start, end, hex(sentences)) ORDER BY start) FROM passages"
    " WHERE article_id = articles.id)"
)
_EDITS = "(SELECT json_group_array(json_array(field, given, origin)) FROM edits WHERE article_id = articles.id)"
_LABELS = (
    "(SELECT json_group_array(json_array(kind, name)) FROM labelled JOIN labels ON labels.id = label_id"
    " WHERE labelled.article_id = articles.id)"
)


@dataclass(frozen=True, slots=True)
class RemovedArticle:
    """An article that can be restored."""

    id: int
    title: str
    removed: datetime


class RemovedStore:
    """The removed articles of a library."""

    def __init__(self, connections: Connections) -> None:
        self._file = connections

    def remove(self, article_ids: Iterable[int]) -> None:
        """Remove articles with their revisions and derived data, or single revisions: all of them or none.

        Raises:
            ArticleNotFound: no article has one of these ids.
        """
        with self._file.write() as connection:
            next_change(connection)
            now = datetime.now(UTC)
            for article_id in dict.fromkeys(article_ids):
                _remove(connection, article_id, now.isoformat())
            _purge(connection, now - KEPT_FOR)

    def restore(self, article_ids: Iterable[int]) -> None:
        """Restore removed articles with their ids: all of them or none. Those that are present stay as they are.

        If another article came from all sources of one of them meanwhile, it becomes an earlier revision of that.

        Raises:
            ArticleNotFound: one of them was never removed, or was deleted for good.
        """
        with self._file.write() as connection:
            change = next_change(connection)
            for article_id in dict.fromkeys(article_ids):
                if not is_id(article_id) or not (
                    _restore(connection, article_id, change) or _is_present(connection, article_id)
                ):
                    raise ArticleNotFound(article_id)

    def removed(self) -> list[RemovedArticle]:
        """The articles that can be restored, last removed first."""
        found = self._file.rows(
            "SELECT id, title, removed FROM removed WHERE article_id IS NULL ORDER BY removed DESC, id DESC"
        )
        return [RemovedArticle(row[0], row[1], datetime.fromisoformat(row[2])) for row in found]

    def purge(self, before: datetime | None = None) -> None:
        """Delete for good what was removed before a time; by default, what can no longer be restored."""
        before = before or datetime.now(UTC) - KEPT_FOR
        if self._file.value("SELECT 1 FROM removed WHERE removed < ? LIMIT 1", (before.isoformat(),)):
            with self._file.write() as connection:
                _purge(connection, before)


def restore_same(connection: apsw.Connection, text_hash: bytes, change: int) -> bool:
    """Restore a removed article with this text, if there is one. Returns whether there was."""
    found = value(connection, "SELECT id FROM removed WHERE hash = ? AND article_id IS NULL", (text_hash,))
    return found is not None and _restore(connection, int(found), change)


def _remove(connection: apsw.Connection, article_id: int, now: str) -> None:
    ids = id_list([article_id] if is_id(article_id) else [])
    connection.execute(
        f"INSERT INTO removed (id, article_id, {_COPIED}, {_OWN}, checksum)"
        f" SELECT id, NULL, {_COPIED}, {_SOURCES}, NULL, {_PASSAGES}, {_EDITS}, {_LABELS}, ?1, 0 FROM articles"
        f" WHERE id IN {ids}"
        f" UNION ALL SELECT id, article_id, {_COPIED}, sources, replaced, '[]', '[]', '[]', ?1, 0 FROM revisions"
        f" WHERE id IN {ids} OR article_id IN {ids}",
        (now,),
    )
    if not connection.changes():
        raise ArticleNotFound(article_id)
    for row in connection.execute(f"SELECT id FROM removed WHERE id IN {ids} OR article_id IN {ids}").fetchall():
        update_checksum(connection, "removed", int(row[0]))  # type: ignore[arg-type]  # an id
    connection.execute(f"DELETE FROM revisions WHERE id IN {ids}")
    connection.execute(f"DELETE FROM articles WHERE id IN {ids}")


def _restore(connection: apsw.Connection, article_id: int, change: int) -> bool:
    """Restore a removed article with the revisions that were removed with it, or a revision. Returns whether it did."""
    row = connection.execute(
        "SELECT article_id, text, sources, passages, edits, labels, removed FROM removed WHERE id = ?", (article_id,)
    ).fetchone()
    if row is None:
        return False
    newer, text, sources, passages, edits, labels, removed = row
    if newer is not None:
        return _restore_revisions(connection, "removed.id = ?", (article_id,))
    connection.execute(
        f"INSERT INTO articles (id, {_COPIED}, checksum) SELECT id, {_COPIED}, 0 FROM removed WHERE id = ?",
        (article_id,),
    )
    update_checksum(connection, "articles", article_id)
    connection.executemany(
        "INSERT INTO edits (article_id, field, given, origin) VALUES (?, ?, ?, ?)",
        [(article_id, *edit) for edit in json.loads(str(edits))],
    )
    for kind, name in json.loads(str(labels)):
        attach_label(connection, kind, name, article_id)
    _restore_revisions(connection, "removed.article_id = ? AND removed = ?", (article_id, removed))
    connection.execute("DELETE FROM removed WHERE id = ?", (article_id,))
    connection.executemany(
        "INSERT OR IGNORE INTO sources (source, article_id) VALUES (?, ?)",
        [(source, article_id) for source in json.loads(str(sources))],
    )
    if not value(connection, "SELECT count(*) FROM sources WHERE article_id = ?", (article_id,)):
        first = json.loads(str(sources))[0]
        current = value(connection, "SELECT article_id FROM sources WHERE source = ?", (first,))
        retire(connection, article_id, current, str(sources))
    else:
        write_passages(connection, article_id, str(text), _unpack(str(passages)), change)
    return True


def _restore_revisions(connection: apsw.Connection, condition: str, values: Row) -> bool:
    """Restore removed revisions, if their article is present. Returns whether there were any."""
    found = connection.execute(
        f"SELECT id FROM removed WHERE {condition} AND removed.article_id IN (SELECT id FROM articles)", values
    ).fetchall()
    for row in found:
        connection.execute(
            f"INSERT INTO revisions (id, article_id, {_COPIED}, sources, replaced, checksum)"
            f" SELECT id, article_id, {_COPIED}, sources, replaced, 0 FROM removed WHERE id = ?",
            row,
        )
        update_checksum(connection, "revisions", int(row[0]))  # type: ignore[arg-type]  # an id
        connection.execute("DELETE FROM removed WHERE id = ?", row)
    return bool(found)


def _is_present(connection: apsw.Connection, article_id: int) -> bool:
    tables = ("articles", "revisions")
    return any(value(connection, f"SELECT 1 FROM {table} WHERE id = ?", (article_id,)) for table in tables)


def _purge(connection: apsw.Connection, before: datetime) -> None:
    connection.execute("DELETE FROM removed WHERE removed < ?", (before.isoformat(),))


def _unpack(passages: str) -> Sequence[PassageSpan]:
    return [
        PassageSpan(start, end, codec.unpack_spans(bytes.fromhex(sentences)))
        for start, end, sentences in json.loads(passages)
    ]
