"""Vectors that stay when an article changes: those of passages whose words and sentences are the same."""

from __future__ import annotations

import apsw
import numpy as np

from .checksums import checksum

_VECTORS = ("passage", "sentences", "words", "word_counts")
# The words of a passage and its sentences, as offsets in it, make its vectors.
Kept = dict[tuple[str, bytes], tuple[bytes, ...]]


def kept_vectors(connection: apsw.Connection, article_id: int) -> Kept:
    """The vectors of an article's passages, by what they were made of."""
    columns = ", ".join(f"vectors.{name}" for name in _VECTORS)
    found = connection.execute(
        f"SELECT substr(text, start + 1, end - start), start, passages.sentences, {columns} FROM passages"
        " JOIN articles ON articles.id = article_id JOIN vectors ON passage_id = passages.id WHERE article_id = ?",
        (article_id,),
    )
    return {(text, _within(spans, start)): tuple(blobs) for text, start, spans, *blobs in found}


def reuse(connection: apsw.Connection, article_id: int, kept: Kept, change: int) -> None:
    """Give the passages of an article the vectors that were made of the same words."""
    if not kept:
        return
    passages: list[tuple[int, str, int, bytes]] = connection.execute(  # type: ignore[assignment]
        "SELECT passages.id, substr(text, start + 1, end - start), start, sentences FROM passages"
        " JOIN articles ON articles.id = article_id WHERE article_id = ?",
        (article_id,),
    ).fetchall()
    names = ", ".join(_VECTORS)
    connection.executemany(
        f"INSERT INTO vectors (passage_id, {names}, checksum, change) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (passage_id, *blobs, checksum(*blobs), change)
            for passage_id, text, start, spans in passages
            if (blobs := kept.get((text, _within(spans, start))))
        ],
    )


def _within(spans: bytes, start: int) -> bytes:
    return (np.frombuffer(spans, "<i4") - start).tobytes()
