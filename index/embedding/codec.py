"""Encoding of vectors, counts and spans as bytes for the SQLite file."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..records import Span
from .embedder import Vector


def unpack(blob: bytes) -> Vector:
    """Decode float16 vectors: float32, flat."""
    return np.frombuffer(blob, dtype=np.float16).astype(np.float32)


def pack(vectors: Vector) -> bytes:
    """Encode vectors as float16."""
    return vectors.astype(np.float16).tobytes()


def unpack_bytes(blob: bytes, dim: int) -> Vector:
    """Decode unit vectors with one byte per component: float32 [n, dim]."""
    vectors = np.frombuffer(blob, dtype=np.int8).reshape(-1, dim).astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1.0)
    return vectors


def pack_bytes(vectors: Vector) -> bytes:
    """Encode vectors with one byte per component, scaled by each vector's largest one; the length is lost."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=1e-12)
    return bytes(np.rint(vectors / largest * 127).astype(np.int8).tobytes())


def pack_signs(vectors: Vector) -> bytes:
    """Encode the sign of each component as one bit."""
    return np.packbits(vectors > 0).tobytes()


def unpack_signs(blob: bytes, dim: int) -> Vector:
    """Decode unit vectors from the signs of their components: float32 [n, dim]."""
    bits = np.unpackbits(np.frombuffer(blob, np.uint8)).reshape(-1, dim)
    return (bits * np.float32(2) - 1) / np.float32(np.sqrt(dim))


def pack_counts(counts: Sequence[int]) -> bytes:
    """Encode counts as uint16."""
    return np.array(counts, "<u2").tobytes()


def unpack_counts(blob: bytes) -> tuple[int, ...]:
    """Decode counts from uint16."""
    return tuple(np.frombuffer(blob, "<u2").tolist())


def pack_spans(spans: Sequence[Span]) -> bytes:
    """Encode spans as pairs of int32."""
    return np.array([(span.start, span.end) for span in spans], "<i4").tobytes()


def unpack_spans(blob: bytes) -> tuple[Span, ...]:
    """Decode spans from pairs of int32."""
    return tuple(Span(start, end) for start, end in np.frombuffer(blob, "<i4").reshape(-1, 2).tolist())
