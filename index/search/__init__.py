"""TODO."""

from .speakers import Speakers, misspelt, nearest
from .vector_index import VectorIndex
from .word_index import WordIndex

__all__ = [
    "Speakers",
    "VectorIndex",
    "WordIndex",
    "misspelt",
    "nearest",
]
