"""Text to vectors, and vectors to bytes (`codec`)."""

from . import codec
from .embedder import BUNDLED, Embedder, Embedding, SentenceTransformerEmbedder, Vector

__all__ = [
    "BUNDLED",
    "Embedder",
    "Embedding",
    "SentenceTransformerEmbedder",
    "Vector",
    "codec",
]
