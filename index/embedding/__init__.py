"""Text to vectors, and vectors to bytes (`codec`)."""

from . import codec
from .embedder import (
    BUNDLED,
    Embedder,
    Embedding,
    SentenceTransformerEmbedder,
    Vector,
    bundled_model_folder,
    precision_of,
)
from .loader import EmbedderLoader
from .precision import Precision, PrecisionSetting, has_fast_bfloat16, multiply_in_bfloat16

__all__ = [
    "BUNDLED",
    "Embedder",
    "EmbedderLoader",
    "Embedding",
    "Precision",
    "PrecisionSetting",
    "SentenceTransformerEmbedder",
    "Vector",
    "bundled_model_folder",
    "codec",
    "has_fast_bfloat16",
    "multiply_in_bfloat16",
    "precision_of",
]
