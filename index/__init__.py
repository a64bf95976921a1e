"""Articles in, a library out: how articles are read, stored and found."""

from .embed import Embedder, Embedding
from .errors import ArticleNotFound, EmbedderMismatch, LibraryError, LibraryUnusable, SourceError
from .library import Library
from .records import Article, Failure, Hit, Passage, Progress, Report, Span, Statement, Status
from .statements import bare_name
from .words import without_suffix

__all__ = [
    "Article",
    "ArticleNotFound",
    "Embedder",
    "EmbedderMismatch",
    "Embedding",
    "Failure",
    "Hit",
    "Library",
    "LibraryError",
    "LibraryUnusable",
    "Passage",
    "Progress",
    "Report",
    "SourceError",
    "Span",
    "Statement",
    "Status",
    "bare_name",
    "without_suffix",
]
