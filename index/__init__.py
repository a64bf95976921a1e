"""Articles in, a library out: how articles are read, stored and found."""

from .embed import Embedder, Embedding
from .errors import ArticleNotFound, EmbedderMismatch, LibraryError, LibraryUnusable, SourceError
from .library import Library
from .names import bare_name, folded, initials, is_title, may_be_same
from .records import ALWAYS, Article, Failure, Hit, Passage, Period, Progress, Report, Span, Speaker, Statement, Status
from .words import ORGANISATIONS, PARTICLES

__all__ = [
    "ALWAYS",
    "ORGANISATIONS",
    "PARTICLES",
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
    "Period",
    "Progress",
    "Report",
    "SourceError",
    "Span",
    "Speaker",
    "Statement",
    "Status",
    "bare_name",
    "folded",
    "initials",
    "is_title",
    "may_be_same",
]
