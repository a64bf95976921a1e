"""Rows of an article and its passages, written within a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import apsw

from .checksums import checksum, content_hash, text_hash
from .connections import Row, value
from .packed import pack_spans
from .passages import PassageSpan
from .records import LoadedArticle


def source_count(connection: apsw.Connection, article_id: int) -> int:
    """How many sources an article has."""
    return int(value(connection, "SELECT count(*) FROM sources WHERE article_id = ?", (article_id,)))


def move_source(connection: apsw.Connection, source: str, current: int | None, twin: int) -> None:
    """Make `source` a source of the article `twin`; the one that it leaves goes when it was its last."""
    connection.execute("DELETE FROM sources WHERE source = ?", (source,))
    connection.execute("INSERT INTO sources (source, article_id) VALUES (?, ?)", (source, twin))
    if current is not None and not source_count(connection, current):
        connection.execute("DELETE FROM articles WHERE id = ?", (current,))


def metadata(loaded: LoadedArticle) -> Row:
    """What is known about an article, in the order of its columns."""
    published = loaded.published.isoformat() if loaded.published else None
    return (loaded.title, loaded.url, loaded.publisher, loaded.author, published)


def write_article(connection: apsw.Connection, loaded: LoadedArticle, current: int | None) -> int:
    """Add an article, or write it over `current`, without what was derived from that; its id."""
    values = (*metadata(loaded), loaded.text, text_hash(loaded.text))
    title, *rest = metadata(loaded)
    if current is not None:
        connection.execute("DELETE FROM passages WHERE article_id = ?", (current,))
        connection.execute("DELETE FROM statements WHERE article_id = ?", (current,))
        connection.execute("DELETE FROM bands WHERE article_id = ?", (current,))
        connection.execute(
            "UPDATE articles SET title = ?, url = ?, publisher = ?, author = ?, published = ?, text = ?, hash = ?,"
            " rules = 0, story = NULL, checksum = checksum(?, ?, ?, ?, ?, ?, added) WHERE id = ?",
            (*values, title, text_hash(loaded.text), *rest, current),
        )
        return current
    connection.execute("DELETE FROM sources WHERE source = ?", (loaded.source,))
    added = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(
        "INSERT INTO articles (title, url, publisher, author, published, text, hash, added, checksum)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, added, checksum(title, text_hash(loaded.text), *rest, added)),
    )
    article_id = connection.last_insert_rowid()
    connection.execute("INSERT INTO sources (source, article_id) VALUES (?, ?)", (loaded.source, article_id))
    return article_id


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
