"""Rows of the SQLite file to records and back."""

from __future__ import annotations

import calendar
import json
from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from .connections import Row
from .embed import Embedding, Vector
from .records import Article, Passage, Span, Statement


def unpack(blob: bytes) -> Vector:
    """Stored vectors as float32, flat."""
    return np.frombuffer(blob, dtype=np.float16).astype(np.float32)


def pack(vectors: Vector) -> bytes:
    """Vectors as they are stored: float16."""
    return vectors.astype(np.float16).tobytes()


def pack_signs(vectors: Vector) -> bytes:
    """The sign of each component, one bit each."""
    return np.packbits(vectors > 0).tobytes()


def unpack_signs(blob: bytes, dim: int) -> Vector:
    """Vectors of length 1 from the signs of their components: float32 [n, dim]."""
    bits = np.unpackbits(np.frombuffer(blob, np.uint8)).reshape(-1, dim)
    return (bits * np.float32(2) - 1) / np.float32(np.sqrt(dim))


def pack_counts(counts: Sequence[int]) -> bytes:
    """Counts as they are stored: uint16."""
    return np.array(counts, "<u2").tobytes()


def unpack_counts(blob: bytes) -> tuple[int, ...]:
    """Counts from uint16."""
    return tuple(np.frombuffer(blob, "<u2").tolist())


def pack_embedding(embedding: Embedding) -> Row:
    """The values of an embedding, in the order of the table's columns."""
    e = embedding
    return pack(e.passage), pack(e.sentences), pack_signs(e.words), pack_counts(e.word_counts)


def embedding(row: Row) -> Embedding:
    """An embedding from its row."""
    passage, sentences, words, counts = row
    vector = unpack(passage)
    dim = len(vector)
    return Embedding(vector, unpack(sentences).reshape(-1, dim), unpack_signs(words, dim), unpack_counts(counts))


def pack_spans(spans: Sequence[Span]) -> bytes:
    """Spans as they are stored: pairs of int32."""
    return np.array([(span.start, span.end) for span in spans], "<i4").tobytes()


def heading(title: str, publisher: str | None, published: str | None) -> str:
    """What stands over an article, its day in words."""
    day = date.fromisoformat(published) if published else None
    dated = f"{day.day} {calendar.month_name[day.month]} {day.year}" if day else ""
    return " ".join(filter(None, [title, publisher, dated]))


def article(row: Row) -> Article:
    """An article from its row and the JSON list of its sources."""
    article_id, title, text, url, publisher, author, published, added, sources = row
    return Article(
        id=article_id,
        title=title,
        text=text,
        sources=tuple(json.loads(sources)),
        added=datetime.fromisoformat(added),
        url=url,
        publisher=publisher,
        author=author,
        published=date.fromisoformat(published) if published else None,
    )


def unpack_spans(blob: bytes) -> tuple[Span, ...]:
    """Spans from pairs of int32."""
    return tuple(Span(start, end) for start, end in np.frombuffer(blob, "<i4").reshape(-1, 2).tolist())


def passage(row: Row) -> Passage:
    """A passage from its row, whose last value packs the spans of its sentences."""
    passage_id, article_id, text, start, end, sentences = row
    return Passage(passage_id, article_id, text, start, end, unpack_spans(sentences))


def statement(row: Row) -> Statement:
    """A statement from its row."""
    article_id, speaker, cue, text, start, end, inferred, mention, said, is_direct, role, is_person = row
    return Statement(
        article_id,
        speaker,
        cue,
        text,
        start,
        end,
        inferred=bool(inferred),
        mention=mention,
        said=unpack_spans(said),
        is_direct=bool(is_direct),
        role=role,
        is_person=bool(is_person),
    )
