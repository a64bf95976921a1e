"""Tags and collections: names that users give to sets of articles."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import apsw

from ...errors import ArticleNotFound, CollectionNotFound, FilterError
from ..connections import Connections, is_id, next_change, value
from .where import normalize_name

Kind = Literal["tag", "collection"]


@dataclass(frozen=True, slots=True)
class Label:
    """A tag or collection, with its number of articles."""

    name: str
    articles: int


def label_key(name: str) -> str:
    """What is compared of the name of a tag or collection: it ignores case."""
    return name.casefold()


class LabelStore:
    """The tags or the collections of a library. A tag exists as long as an article has it."""

    def __init__(self, connections: Connections, kind: Kind) -> None:
        self._file = connections
        self._kind = kind

    def list(self) -> list[Label]:
        """The labels with their numbers of articles, by name."""
        found = self._file.rows(
            "SELECT name, (SELECT count(*) FROM labelled WHERE label_id = labels.id) FROM labels WHERE kind = ?"
            " ORDER BY key",
            (self._kind,),
        )
        return [Label(name, articles) for name, articles in found]

    def of(self, article_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """The names of the labels of articles, by id; articles without any are left out."""
        found = self._file.rows(
            "SELECT article_id, name FROM labelled JOIN labels ON labels.id = label_id"
            " WHERE kind = ? AND article_id IN (SELECT value FROM json_each(?)) ORDER BY key",
            (self._kind, json.dumps([i for i in article_ids if is_id(i)])),
        )
        labels: dict[int, tuple[str, ...]] = {}
        for article_id, name in found:
            labels[article_id] = (*labels.get(article_id, ()), name)
        return labels

    def add(self, name: str, article_ids: Iterable[int] = ()) -> None:
        """Give articles a label, which is created if it doesn't exist. All articles, or none if one doesn't exist.

        Raises:
            FilterError: the name is empty or too long.
            ArticleNotFound: no article has one of the ids.
        """
        name, ids = normalize_name(self._kind, name), list(dict.fromkeys(article_ids))
        with self._file.write() as connection:
            next_change(connection)
            self._require(connection, ids)
            _create(connection, self._kind, name)
            label_id = self._id(connection, name)
            connection.executemany(
                "INSERT OR IGNORE INTO labelled (label_id, article_id) VALUES (?, ?)", [(label_id, i) for i in ids]
            )
            self._delete_if_empty_tag(connection, label_id)

    def remove(self, name: str, article_ids: Iterable[int]) -> None:
        """Take a label from articles; those that don't have it are ignored.

        Raises:
            CollectionNotFound: there is no such collection. A missing tag is ignored.
        """
        with self._file.write() as connection:
            label_id = self._id(connection, name)
            if label_id is None:
                return
            next_change(connection)
            ids = json.dumps([i for i in article_ids if is_id(i)])
            connection.execute(
                "DELETE FROM labelled WHERE label_id = ? AND article_id IN (SELECT value FROM json_each(?))",
                (label_id, ids),
            )

    def rename(self, name: str, new_name: str) -> None:
        """Rename a label.

        Raises:
            CollectionNotFound: there is no such collection. A missing tag is ignored.
            FilterError: the new name is empty, too long, or that of another one.
        """
        new_name = normalize_name(self._kind, new_name)
        with self._file.write() as connection:
            label_id, other = self._id(connection, name), self._find(connection, new_name)
            if label_id is None:
                return
            if other not in (None, label_id):
                raise FilterError(f"There is already a {self._kind} named {new_name!r}.")
            next_change(connection)
            connection.execute(
                "UPDATE labels SET name = ?2, key = ?3, checksum = checksum(kind, ?2, ?3) WHERE id = ?1",
                (label_id, new_name, label_key(new_name)),
            )

    def delete(self, name: str) -> None:
        """Delete a label; its articles stay.

        Raises:
            CollectionNotFound: there is no such collection. A missing tag is ignored.
        """
        with self._file.write() as connection:
            if (label_id := self._id(connection, name)) is not None:
                next_change(connection)
                connection.execute("DELETE FROM labels WHERE id = ?", (label_id,))

    def _find(self, connection: apsw.Connection, name: str) -> int | None:
        key = label_key(normalize_name(self._kind, name))
        found = value(connection, "SELECT id FROM labels WHERE (kind, key) = (?, ?)", (self._kind, key))
        return None if found is None else int(found)

    def _id(self, connection: apsw.Connection, name: str) -> int | None:
        found = self._find(connection, name)
        if found is None and self._kind == "collection":
            raise CollectionNotFound(name)
        return found

    def _require(self, connection: apsw.Connection, article_ids: Iterable[int]) -> None:
        for article_id in article_ids:
            if not is_id(article_id) or not value(connection, "SELECT 1 FROM articles WHERE id = ?", (article_id,)):
                raise ArticleNotFound(article_id)

    def _delete_if_empty_tag(self, connection: apsw.Connection, label_id: int | None) -> None:
        connection.execute(
            "DELETE FROM labels WHERE id = ? AND kind = 'tag'"
            " AND NOT EXISTS (SELECT 1 FROM labelled WHERE label_id = labels.id)",
            (label_id,),
        )


def attach_label(connection: apsw.Connection, kind: Kind, name: str, article_id: int) -> None:
    """Give an article a label, which is created if it doesn't exist."""
    _create(connection, kind, name)
    connection.execute(
        "INSERT OR IGNORE INTO labelled (label_id, article_id) SELECT id, ? FROM labels WHERE (kind, key) = (?, ?)",
        (article_id, kind, label_key(name)),
    )


def _create(connection: apsw.Connection, kind: Kind, name: str) -> None:
    connection.execute(
        "INSERT INTO labels (kind, name, key, created, checksum) VALUES (?1, ?2, ?3, ?4, checksum(?1, ?2, ?3))"
        " ON CONFLICT (kind, key) DO NOTHING",
        (kind, name, label_key(name), datetime.now(UTC).isoformat(timespec="seconds")),
    )


def move_labels(connection: apsw.Connection, old: int, newer: int) -> None:
    """Give the labels of an article to the newer version of it."""
    connection.execute(
        "INSERT OR IGNORE INTO labelled (label_id, article_id) SELECT label_id, ? FROM labelled WHERE article_id = ?",
        (newer, old),
    )
