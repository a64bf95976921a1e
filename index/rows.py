"""Rows of the SQLite file to records and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from .connections import Row
from .embed import Vector
from .records import Article, Passage, Span, Statement


def unpack(blob: bytes) -> Vector:
    """Stored vectors as float32, flat."""
    return np.frombuffer(blob, dtype=np.float16).astype(np.float32)


def pack(vectors: Vector) -> bytes:
    """Vectors as they are stored: float16."""
    return vectors.astype(np.float16).tobytes()


def pack_spans(spans: Sequence[Span]) -> bytes:
    """Spans as they are stored: pairs of int32."""
    return np.array([(span.start, span.end) for span in spans], "<i4").tobytes()


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
