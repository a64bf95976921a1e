"""Rows of an article and its passages, written within a transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import apsw

from ..chunking import PassageSpan
from ..embedding import pack_spans
from ..records import LoadedArticle
from .checksums import COLUMNS, checksum, content_hash, text_hash
from .connections import Row, value


def source_count(connection: apsw.Connection, article_id: int) -> int:
    """How many sources an article has."""
    return int(value(connection, "SELECT count(*) FROM sources WHERE article_id = ?", (article_id,)))


def metadata(loaded: LoadedArticle) -> Row:
    """What a source says about an article, in the order of its columns."""
    published, modified = (day.isoformat() if day else None for day in (loaded.published, loaded.modified))
    return (loaded.title, loaded.url, loaded.publisher, loaded.author, published, modified)


def insert_article(connection: apsw.Connection, loaded: LoadedArticle) -> int:
    """Add an article without its source; its id."""
    connection.execute(
        "INSERT INTO articles (title, url, publisher, author, published, modified, text, hash, added, language,"
        " origins, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        (*metadata(loaded), loaded.text, text_hash(loaded.text), _now(), loaded.language, _origins(loaded)),
    )
    article_id = connection.last_insert_rowid()
    _sum(connection, "articles", article_id)
    return article_id


def write_metadata(connection: apsw.Connection, loaded: LoadedArticle, article_id: int) -> None:
    """Write what is now said about an article with the same text. Its passages go: the title counts in them."""
    connection.execute("DELETE FROM passages WHERE article_id = ?", (article_id,))
    connection.execute("DELETE FROM bands WHERE article_id = ?", (article_id,))
    connection.execute(
        "UPDATE articles SET title = ?, url = ?, publisher = ?, author = ?, published = ?, modified = ?, language = ?,"
        " origins = ?, story = NULL WHERE id = ?",
        (*metadata(loaded), loaded.language, _origins(loaded), article_id),
    )
    _sum(connection, "articles", article_id)


def move_source(connection: apsw.Connection, source: str, current: int | None, newer: int) -> bool:
    """Make `source` one of the article `newer`; `current`, which had it, becomes a revision of that if it had no other.

    Returns whether it did.
    """
    query = "SELECT json_group_array(source ORDER BY id) FROM sources WHERE article_id = ?"
    had = value(connection, query, (current,))
    connection.execute("DELETE FROM sources WHERE source = ?", (source,))
    connection.execute("INSERT INTO sources (source, article_id) VALUES (?, ?)", (source, newer))
    if current is None or source_count(connection, current):
        return False
    _retire(connection, current, newer, had)
    return True


def _retire(connection: apsw.Connection, article_id: int, newer: int, sources: str) -> None:
    """Keep an article as an earlier revision of a newer one; what was derived from it goes."""
    columns = "title, text, hash, url, publisher, author, published, added, modified, language, origins"
    connection.execute("UPDATE revisions SET article_id = ? WHERE article_id = ?", (newer, article_id))
    connection.execute(
        f"INSERT INTO revisions (id, article_id, {columns}, sources, replaced, checksum)"
        f" SELECT id, ?, {columns}, ?, ?, 0 FROM articles WHERE id = ?",
        (newer, sources, _now(), article_id),
    )
    _sum(connection, "revisions", article_id)
    connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))


def _sum(connection: apsw.Connection, table: str, row: int) -> None:
    connection.execute(f"UPDATE {table} SET checksum = checksum({', '.join(COLUMNS[table])}) WHERE id = ?", (row,))


def _origins(loaded: LoadedArticle) -> str:
    return json.dumps(dict(loaded.origins), ensure_ascii=False, sort_keys=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def write_passages(
    connection: apsw.Connection, article_id: int, text: str, passages: Sequence[PassageSpan], change: int
) -> None:
    """Add the passages of an article."""
    connection.executemany(
        "INSERT INTO passages (article_id, start, end, sentences, change, checksum, content)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (*place, change, checksum(*place), content(text, passage))
            for passage, place in ((p, (article_id, p.start, p.end, pack_spans(p.sentences))) for p in passages)
        ],
    )


def content(text: str, passage: PassageSpan) -> bytes:
    """The hash of what a passage of a text holds."""
    return content_hash(text[passage.start : passage.end], pack_spans(passage.sentences), passage.start)
