"""The SQLite file of a library: the only truth. Every public method that writes is one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from ..chunking import PassageSpan
from ..errors import ArticleNotFound
from ..records import Article, LoadedArticle, Passage
from . import rows
from .articles import content, insert_article, metadata, move_source, write_metadata, write_passages
from .checksums import text_hash
from .connections import Connections, id_list, is_id, next_change, value
from .curation import EditStore, MergeStore, RemovedStore, edited, keep_edits, restore_same, stored_edits
from .duplicates import DuplicateStore
from .feeds import FeedStore
from .integrity import Integrity
from .lists import ARTICLE, COLUMNS, ORDERS, ArticleLists, Order
from .selection import EVERYTHING, LabelStore, Selection, like_pattern
from .statements import StatementStore
from .tallies import Tallies
from .vectors import VectorStore, known_vectors, reuse

Outcome = Literal["added", "updated", "unchanged"]

_REVISION = f"SELECT {COLUMNS}, sources, replaced, article_id FROM revisions"
_PASSAGE = """
    SELECT passages.id, article_id, substr(text, start + 1, end - start), start, end, passages.sentences
    FROM passages JOIN articles ON articles.id = article_id"""
_MATCHING = """
    WHERE (?1 = '' OR title LIKE ?1 ESCAPE '\\' OR publisher LIKE ?1 ESCAPE '\\'
       OR EXISTS (SELECT 1 FROM sources WHERE article_id = articles.id AND source LIKE ?1 ESCAPE '\\'))"""


class Database:
    """One library's SQLite file. Safe to use from several threads and processes."""

    def __init__(self, connections: Connections) -> None:
        self._file = connections
        self.snapshot = connections.snapshot
        self.statements = StatementStore(connections)
        self.duplicates = DuplicateStore(connections)
        self.vectors = VectorStore(connections)
        self.integrity = Integrity(connections)
        self.feeds = FeedStore(connections)
        self.tallies = Tallies(connections)
        self.edits = EditStore(connections)
        self.removed = RemovedStore(connections)
        self.merges = MergeStore(connections)
        self.lists = ArticleLists(connections)
        self.tags = LabelStore(connections, "tag")
        self.collections = LabelStore(connections, "collection")

    @classmethod
    def open(cls, path: Path, embedder: str, may_be_new: bool = True) -> Database:
        """Open the file, or create it if it may be new. A new file records `embedder`.

        Raises:
            LibraryUnusable: the file isn't a library, is damaged, newer than this program, or read-only.
        """
        connections = Connections(path)
        try:
            connections.prepare(embedder, may_be_new)
        except BaseException:
            connections.close()
            raise
        return cls(connections)

    @property
    def is_read_only(self) -> bool:
        """Whether the file or its directory can't be written."""
        return self._file.is_read_only

    def close(self) -> None:
        """Close the file. Calling it twice is harmless."""
        self._file.close()

    # Articles

    def find_same(self, loaded: LoadedArticle) -> int | None:
        """Id of the article that already has this content and source, or None."""
        row = self._file.row(
            "SELECT a.id, a.hash, a.title, a.url, a.publisher, a.author, a.published, a.modified,"
            " s.id = (SELECT min(id) FROM sources WHERE article_id = a.id)"
            " FROM sources AS s JOIN articles AS a ON a.id = article_id WHERE source = ?",
            (loaded.source,),
        )
        if row is None or row[1] != text_hash(loaded.text):
            return None
        # Only the first source of a text determines its metadata.
        is_same = not row[8] or metadata(loaded) == self.edits.given(row[0], row[2:8])
        return int(row[0]) if is_same else None

    def put(self, loaded: LoadedArticle, passages: Sequence[PassageSpan]) -> tuple[Outcome, int]:
        """Add an article. An earlier article from the same source becomes its revision.

        If another source already gave the same text, that article gains a source instead.
        """
        with self._file.write() as connection:
            if (same := self.find_same(loaded)) is not None:
                return "unchanged", same
            change = next_change(connection)
            # An article that was removed comes back with its id when it is added again.
            is_back = restore_same(connection, text_hash(loaded.text), change)
            if is_back and (same := self.find_same(loaded)) is not None:
                return "added", same
            current = value(connection, "SELECT article_id FROM sources WHERE source = ?", (loaded.source,))
            twin = value(connection, "SELECT id FROM articles WHERE hash = ?", (text_hash(loaded.text),))
            if twin is not None and twin != current:
                move_source(connection, loaded.source, current, twin)
                return ("added" if is_back else "unchanged"), int(twin)
            known = known_vectors(connection, (content(loaded.text, passage) for passage in passages))
            outcome: Outcome = "added" if is_back else "updated"
            edits = stored_edits(connection, current)
            if twin is not None:
                article_id = int(twin)
                write_metadata(connection, edited(loaded, edits), article_id)
            else:
                article_id = insert_article(connection, edited(loaded, edits))
                if not move_source(connection, loaded.source, current, article_id):
                    outcome = "added"  # there was no article, or other sources keep its text
            keep_edits(connection, article_id, loaded, edits)
            write_passages(connection, article_id, loaded.text, passages, change)
            reuse(connection, article_id, known, change)
            return outcome, article_id

    def article(self, article_id: int) -> Article:
        """An article, or an earlier revision of one, by id.

        Raises:
            ArticleNotFound: no article has this id.
        """
        if found := self.articles_by_id([article_id] if is_id(article_id) else []):
            return found[article_id]
        raise ArticleNotFound(article_id)

    def articles_by_id(self, article_ids: Iterable[int]) -> dict[int, Article]:
        """Articles and earlier revisions by id, without those that were removed."""
        ids = id_list(article_ids)
        found = self._file.rows(f"{ARTICLE} WHERE id IN {ids} UNION ALL {_REVISION} WHERE id IN {ids}")
        return {row[0]: rows.article(row) for row in found}

    def article_at(self, source: str) -> Article | None:
        """The article from a source, or None."""
        article_id = self._file.value("SELECT article_id FROM sources WHERE source = ?", (source,))
        return self.articles_by_id([article_id]).get(article_id) if article_id is not None else None

    def revisions(self, article_id: int) -> list[Article]:
        """Earlier revisions of an article, latest first."""
        found = self._file.rows(f"{_REVISION} WHERE article_id = ? ORDER BY id DESC", (article_id,))
        return [rows.article(row) for row in found]

    def headings(self, article_ids: Iterable[int]) -> dict[int, str]:
        """Title, outlet and written-out day of articles by id, without those that were removed."""
        found = self._file.rows(
            f"SELECT id, title, publisher, published FROM articles WHERE id IN {id_list(article_ids)}"
        )
        return {row[0]: rows.heading(row) for row in found}

    def articles(
        self,
        matching: str = "",
        limit: int = -1,
        offset: int = 0,
        within: Selection = EVERYTHING,
        before: int | None = None,
        order: Order = "added",
    ) -> Iterator[Article]:
        """Articles of a selection whose title, publisher or source contains `matching`.

        With `before`, only those with smaller ids.
        """
        older = "" if before is None else f"AND id < {int(before)}"
        query = f"{ARTICLE} {_MATCHING} AND {within.sql} {older} ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?"
        found = self._file.rows(query, (_pattern(matching), *within.values, limit, offset))
        return (rows.article(row) for row in found)

    def count_articles(self, matching: str = "", within: Selection = EVERYTHING) -> int:
        """Number of articles that `articles` returns without a limit."""
        if not matching.strip():  # needs only indexes
            return int(self._file.value(f"SELECT count(*) FROM articles WHERE {within.sql}", within.values))
        values = (_pattern(matching), *within.values)
        return int(self._file.value(f"SELECT count(*) FROM articles {_MATCHING} AND {within.sql}", values))

    # Passages

    def passages(self, passage_ids: Sequence[int]) -> dict[int, Passage]:
        """Passages by id, without those that were removed."""
        found = self._file.rows(f"{_PASSAGE} WHERE passages.id IN {id_list(passage_ids)}")
        return {row[0]: rows.passage(row) for row in found}

    def passages_at(self, offsets: Iterable[tuple[int, int]]) -> list[Passage]:
        """The passages that contain these positions: pairs of an article id and an offset in its text."""
        found = self._file.rows(
            f"{_PASSAGE} WHERE passages.id IN (SELECT p.id FROM json_each(?) AS place JOIN passages AS p"
            " ON p.article_id = place.value ->> 0 AND p.start <= place.value ->> 1 AND place.value ->> 1 < p.end)",
            (json.dumps(list(offsets)),),
        )
        return [rows.passage(row) for row in found]

    def passages_of(self, article_id: int) -> list[Passage]:
        """The passages of an article in text order."""
        return [
            rows.passage(row)
            for row in self._file.rows(f"{_PASSAGE} WHERE article_id = ? ORDER BY start", (article_id,))
        ]

    def passages_without_vectors(self, limit: int) -> list[Passage]:
        """The first passages that aren't embedded yet; one of each group with the same content."""
        return [
            rows.passage(row)
            for row in self._file.rows(
                f"{_PASSAGE} WHERE passages.id IN (SELECT min(passage_id)"
                " FROM (SELECT passage_id FROM to_embed ORDER BY 1 LIMIT ?) JOIN passages ON passages.id = passage_id"
                " GROUP BY content, iif(content = x'', passage_id, 0)) ORDER BY passages.id",
                (limit,),
            )
        ]

    # Change tracking

    def change(self) -> int:
        """The change counter: incremented by every committed write."""
        return int(self._file.value("SELECT change FROM library"))

    def stamp(self, change: int) -> str:
        """The random stamp of a change, or "" if this file doesn't have it, e.g. because it is an older copy."""
        stamp = self._file.value("SELECT hex(stamp) FROM changes WHERE change = ?", (change,))
        return stamp or ""

    def identity(self) -> str:
        """The unique id of this library."""
        return str(self._file.value("SELECT identity FROM library"))

    def embedder(self) -> str:
        """Name of the model that makes this library's vectors."""
        return str(self._file.value("SELECT embedder FROM library"))

    def removed_since(self, change: int) -> list[int]:
        """Ids of passages removed after this change."""
        return [row[0] for row in self._file.rows("SELECT passage_id FROM removals WHERE change > ?", (change,))]

    def passages_since(self, change: int, limit: int) -> list[tuple[int, int, str, str]]:
        """Change, id, title and text of the first passages added after this change.

        At most `limit` rows, unless a single change has more: a change is never split.
        """
        last = self._file.value(
            "SELECT max(change) FROM (SELECT change FROM passages WHERE change > ? ORDER BY change LIMIT ?)",
            (change, limit),
        )
        found = self._file.rows(
            "SELECT change, passages.id, title, substr(text, start + 1, end - start)"
            " FROM passages JOIN articles ON articles.id = article_id WHERE change > ? AND change <= ? ORDER BY change",
            (change, last),
        )
        return list(found)

    def counts(self) -> dict[str, int]:
        """Number of articles, passages, vectors, statements and speakers."""
        names = ("articles", "passages", "vectors", "statements", "speakers")
        row = self._file.row("SELECT " + ", ".join(f"(SELECT count(*) FROM {name})" for name in names))
        return dict(zip(names, row or (), strict=True))

    def back_up(self, path: Path) -> None:
        """Copy the current state to a new file. Others may write meanwhile."""
        self._file.back_up(path)


def _pattern(words: str) -> str:
    return like_pattern(words) if words.strip() else ""
