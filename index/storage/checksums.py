"""Checksums of rows: SQLite detects damage to the structure of pages, but not a flipped bit in a value."""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

import numpy as np

# Table → columns covered by its checksum, in order.
COLUMNS = {
    "articles": (
        "title", "hash", "url", "publisher", "author", "published", "added", "modified", "language", "origins"
    ),
    "revisions": (
        "title", "hash", "url", "publisher", "author", "published", "added", "modified", "language", "origins",
        "sources", "replaced",
    ),
    "removed": (
        "article_id", "title", "hash", "url", "publisher", "author", "published", "added", "modified", "language",
        "origins", "sources", "replaced", "passages", "edits", "labels",
        "removed",
    ),
    "passages": ("article_id", "start", "end", "sentences"),
    "vectors": ("passage", "sentences", "words", "word_counts"),
    "statements": (
        "article_id", "speaker_id", "start", "end", "said", "cue", "mention", "role", "is_direct", "inferred", "via",
        "is_negated",
    ),
    "speakers": ("name",),
    "labels": ("kind", "name", "key"),
}  # fmt: skip


def checksum(*values: Any) -> int:
    """CRC-32 of SQLite values: integers, texts, blobs, NULL. Also available as a function in SQL."""
    crc = 0
    for value in values:
        if value is None:
            crc = zlib.crc32(b"n", crc)
        elif isinstance(value, bytes):
            crc = zlib.crc32(value, zlib.crc32(b"b%d," % len(value), crc))
        elif isinstance(value, str):
            text = value.encode("utf-8")
            crc = zlib.crc32(text, zlib.crc32(b"t%d," % len(text), crc))
        else:
            crc = zlib.crc32(b"i%d," % value, crc)
    return crc


def text_hash(text: str) -> bytes:
    """SHA-256 of an article's text: identifies the text and detects damage."""
    return hashlib.sha256(text.encode("utf-8")).digest()


def content_hash(words: str, sentences: bytes, start: int) -> bytes:
    """Hash of what the vectors of a passage depend on: its words and the offsets of its sentences in them. 16 bytes.

    `sentences` are packed spans in the article's text, and `start` is the passage's offset there. Also available as a
    function in SQL.
    """
    within = np.frombuffer(sentences, "<i4") - start
    return hashlib.blake2b(within.tobytes() + words.encode("utf-8"), digest_size=16).digest()


def damaged_query(table: str) -> str:
    """SQL that selects the rowids of a table whose checksum doesn't match."""
    return f"SELECT rowid FROM {table} WHERE checksum <> checksum({', '.join(COLUMNS[table])})"
