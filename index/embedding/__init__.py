"""TODO."""

from .codec import (
    pack,
    pack_bytes,
    pack_counts,
    pack_signs,
    pack_spans,
    unpack,
    unpack_bytes,
    unpack_counts,
    unpack_signs,
    unpack_spans,
)
from .embedder import BUNDLED, Embedder, Embedding, SentenceTransformerEmbedder, Vector

__all__ = [
    "BUNDLED",
    "Embedder",
    "Embedding",
    "SentenceTransformerEmbedder",
    "Vector",
    "pack",
    "pack_bytes",
    "pack_counts",
    "pack_signs",
    "pack_spans",
    "unpack",
    "unpack_bytes",
    "unpack_counts",
    "unpack_signs",
    "unpack_spans",
]
