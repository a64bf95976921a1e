"""Writes the rows of an article and its passages within a transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import apsw

from ..chunking import PassageSpan
from ..embedding import codec
from ..records import LoadedArticle
from .checksums import COLUMNS, checksum, content_hash, text_hash
from .connections import Row, value
from .selection.labels import move_labels
from .vectors import known_vectors, reuse

METADATA = ("title", "url", "publisher", "author", "published", "modified")  # what a source gives, besides the text
# The columns that an article keeps as an earlier revision, and while it is removed.
COPIED = (
    "title", "text", "hash", "url", "publisher", "author", "published", "added", "modified", "language", "origins"
)  # fmt: skip


def source_count(connection: apsw.Connection, article_id: int) -> int:
    """Number of sources of an article."""
    return int(value(connection, "SELECT count(*) FROM sources WHERE article_id = ?", (article_id,)))


def metadata(loaded: LoadedArticle) -> Row:
    """The values of `METADATA`."""
    published, modified = (day.isoformat() if day else None for day in (loaded.published, loaded.modified))
    return (loaded.title, loaded.url, loaded.publisher, loaded.author, published, modified)


def insert_article(connection: apsw.Connection, loaded: LoadedArticle) -> int:
    """Insert an article without its source. Returns its id."""
    connection.execute(
        "INSERT INTO articles (title, url, publisher, author, published, modified, text, hash, added, language,"
        " origins, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        (*metadata(loaded), loaded.text, text_hash(loaded.text), _now(), loaded.language, _origins(loaded)),
    )
    article_id = connection.last_insert_rowid()
    update_checksum(connection, "articles", article_id)
    return article_id


def write_metadata(connection: apsw.Connection, loaded: LoadedArticle, article_id: int) -> None:
    """Update the metadata of an article with unchanged text. Its passages are deleted: they include the title."""
    connection.execute("DELETE FROM passages WHERE article_id = ?", (article_id,))
    connection.execute("DELETE FROM bands WHERE article_id = ?", (article_id,))
    connection.execute(
        "UPDATE articles SET title = ?, url = ?, publisher = ?, author = ?, published = ?, modified = ?, language = ?,"
        " origins = ?, story = NULL WHERE id = ?",
        (*metadata(loaded), loaded.language, _origins(loaded), article_id),
    )
    update_checksum(connection, "articles", article_id)


def move_source(connection: apsw.Connection, source: str, current: int | None, newer: int) -> bool:
    """Move `source` from the article `current` to the article `newer`.

    If `current` has no other source, it becomes a revision of `newer`. Returns whether it did.
    """
    query = "SELECT json_group_array(source ORDER BY id) FROM sources WHERE article_id = ?"
    sources = value(connection, query, (current,))
    connection.execute("DELETE FROM sources WHERE source = ?", (source,))
    connection.execute("INSERT INTO sources (source, article_id) VALUES (?, ?)", (source, newer))
    if current is None or source_count(connection, current):
        return False
    retire(connection, current, newer, sources)
    return True


def retire(connection: apsw.Connection, article_id: int, newer: int, sources: str) -> None:
    """Turn an article into an earlier revision of a newer one, without derived data."""
    columns = ", ".join(COPIED)
    connection.execute("UPDATE revisions SET article_id = ? WHERE article_id = ?", (newer, article_id))
    connection.execute(
        f"INSERT INTO revisions (id, article_id, {columns}, sources, replaced, checksum)"
        f" SELECT id, ?, {columns}, ?, ?, 0 FROM articles WHERE id = ?",
        (newer, sources, _now(), article_id),
    )
    update_checksum(connection, "revisions", article_id)
    move_labels(connection, article_id, newer)
    connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))


def update_checksum(connection: apsw.Connection, table: str, row: int) -> None:
    """Set the checksum of a row that was just written."""
    connection.execute(f"UPDATE {table} SET checksum = checksum({', '.join(COLUMNS[table])}) WHERE id = ?", (row,))


def _origins(loaded: LoadedArticle) -> str:
    return json.dumps(dict(loaded.origins), ensure_ascii=False, sort_keys=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def current_passages(connection: apsw.Connection, article_id: int) -> tuple[str, list[PassageSpan]]:
    """The text of an article, and its passages."""
    found = connection.execute(
        "SELECT start, end, sentences FROM passages WHERE article_id = ? ORDER BY start", (article_id,)
    )
    passages = [PassageSpan(row[0], row[1], codec.unpack_spans(row[2])) for row in found]
    return str(value(connection, "SELECT text FROM articles WHERE id = ?", (article_id,))), passages


def replace_passages(connection: apsw.Connection, article_id: int, text: str, passages: Sequence[PassageSpan]) -> None:
    """Replace the passages of an article by new ones, with the vectors of those with the same content."""
    change = int(value(connection, "SELECT change FROM library"))
    known = known_vectors(connection, (content(text, passage) for passage in passages))
    connection.execute("DELETE FROM passages WHERE article_id = ?", (article_id,))
    write_passages(connection, article_id, text, passages, change)
    reuse(connection, article_id, known, change)


def write_passages(
    connection: apsw.Connection, article_id: int, text: str, passages: Sequence[PassageSpan], change: int
) -> None:
    """Insert the passages of an article."""
    connection.executemany(
        "INSERT INTO passages (article_id, start, end, sentences, change, checksum, content)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (*row, change, checksum(*row), content(text, passage))
            for passage, row in ((p, (article_id, p.start, p.end, codec.pack_spans(p.sentences))) for p in passages)
        ],
    )


def content(text: str, passage: PassageSpan) -> bytes:
    """The content hash of a passage."""
    return content_hash(text[passage.start : passage.end], codec.pack_spans(passage.sentences), passage.start)
