"""Articles in, a library out: how articles are read, stored and found."""

from .content_words import content_spans
from .embed import Embedder, Embedding, Vector
from .errors import (
    ArticleNotFound,
    EmbedderMismatch,
    FeedNotFound,
    LibraryError,
    LibraryFailed,
    LibraryUnusable,
    SourceError,
)
from .fetch import Fetcher, normal_url
from .formats.readers import FILE_KINDS
from .library import Library
from .names import Gender, bare_name, folded, gender_of_first_name, initials, is_title, may_be_same
from .near_duplicates import shared, shingles
from .passages import count_tokens
from .records import (
    ALWAYS,
    Article,
    Failure,
    Feed,
    Hit,
    Passage,
    Period,
    Progress,
    Report,
    Span,
    Speaker,
    Statement,
    Status,
)
from .words import ORGANISATIONS, PARTICLES

__all__ = [
    "ALWAYS",
    "FILE_KINDS",
    "ORGANISATIONS",
    "PARTICLES",
    "Article",
    "ArticleNotFound",
    "Embedder",
    "EmbedderMismatch",
    "Embedding",
    "Failure",
    "Feed",
    "FeedNotFound",
    "Fetcher",
    "Gender",
    "Hit",
    "Library",
    "LibraryError",
    "LibraryFailed",
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
    "Vector",
    "bare_name",
    "content_spans",
    "count_tokens",
    "folded",
    "gender_of_first_name",
    "initials",
    "is_title",
    "may_be_same",
    "normal_url",
    "shared",
    "shingles",
]
