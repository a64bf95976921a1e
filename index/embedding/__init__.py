"""Text to vectors, and vectors to bytes (`codec`)."""

from . import codec
from .embedder import BUNDLED, Embedder, Embedding, SentenceTransformerEmbedder, Vector, bundled_model_folder

__all__ = [
    "BUNDLED",
    "Embedder",
    "Embedding",
    "SentenceTransformerEmbedder",
    "Vector",
    "bundled_model_folder",
    "codec",
]
