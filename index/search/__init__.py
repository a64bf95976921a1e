"""The derived indexes: passages by words (tantivy) and by meaning (FAISS), statements and speakers."""

from .passages import PassageSearch
from .selector import ArticleSelector
from .speech import StatementSearch
from .vector_index import VectorIndex
from .word_index import WordIndex

__all__ = [
    "ArticleSelector",
    "PassageSearch",
    "StatementSearch",
    "VectorIndex",
    "WordIndex",
]
