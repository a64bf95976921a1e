"""Checksums of rows: SQLite notices damaged pages only where their structure suffers, not a flipped bit in a value."""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

import numpy as np

# For each table with a checksum: the columns that it is of, in order.
COLUMNS = {
    "articles": (
        "title", "hash", "url", "publisher", "author", "published", "added", "modified", "language", "origins"
    ),
    "revisions": (
        "title", "hash", "url", "publisher", "author", "published", "added", "modified", "language", "origins",
        "sources", "replaced",
    ),
    "passages": ("article_id", "start", "end", "sentences"),
    "vectors": ("passage", "sentences", "words", "word_counts"),
    "statements": (
        "article_id", "speaker_id", "start", "end", "said", "cue", "mention", "role", "is_direct", "inferred"
    ),
    "speakers": ("name",),
}  # fmt: skip


def checksum(*values: Any) -> int:
    """CRC-32 of values as SQLite holds them: numbers, texts, blobs, NULL; also a function in SQL."""
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
    """SHA-256 of an article's text: tells it from all others, and from a damaged one."""
    return hashlib.sha256(text.encode("utf-8")).digest()


def content_hash(words: str, sentences: bytes, start: int) -> bytes:
    """What the vectors of a passage are made of: its words, and where its sentences stand in them; 16 bytes.

    `sentences` are packed spans in the article's text, `start` is where the passage begins there; also a function in
    SQL.
    """
    within = np.frombuffer(sentences, "<i4") - start
    return hashlib.blake2b(within.tobytes() + words.encode("utf-8"), digest_size=16).digest()


def damaged_query(table: str) -> str:
    """SQL for the rowids of a table whose checksum doesn't fit."""
    return f"SELECT rowid FROM {table} WHERE checksum <> checksum({', '.join(COLUMNS[table])})"
