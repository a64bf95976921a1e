"""Vectors, counts and spans as bytes, as the SQLite file holds them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..records import Span
from .embedder import Vector


def unpack(blob: bytes) -> Vector:
    """Stored vectors as float32, flat."""
    return np.frombuffer(blob, dtype=np.float16).astype(np.float32)


def pack(vectors: Vector) -> bytes:
    """Vectors as they are stored: float16."""
    return vectors.astype(np.float16).tobytes()


def unpack_bytes(blob: bytes, dim: int) -> Vector:
    """Vectors of length 1 that are stored with a byte for each component: float32 [n, dim]."""
    vectors = np.frombuffer(blob, dtype=np.int8).reshape(-1, dim).astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1.0)
    return vectors


def pack_bytes(vectors: Vector) -> bytes:
    """A byte for each component, as much as its vector's largest one allows; their length is 1 whatever it was."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=1e-12)
    return bytes(np.rint(vectors / largest * 127).astype(np.int8).tobytes())


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


def pack_spans(spans: Sequence[Span]) -> bytes:
    """Spans as they are stored: pairs of int32."""
    return np.array([(span.start, span.end) for span in spans], "<i4").tobytes()


def unpack_spans(blob: bytes) -> tuple[Span, ...]:
    """Spans from pairs of int32."""
    return tuple(Span(start, end) for start, end in np.frombuffer(blob, "<i4").reshape(-1, 2).tolist())
