"""Articles in, a library out: how articles are read, stored and found."""

from .embedding import Embedder, Embedding, Vector
from .errors import (
    ArticleNotFound,
    EmbedderMismatch,
    FeedNotFound,
    LibraryError,
    LibraryFailed,
    LibraryMissing,
    LibraryUnusable,
    SettingsError,
    SourceError,
    SpeakerNotFound,
)
from .fetch import Fetcher
from .library import Library
from .records import (
    Article,
    Failure,
    Feed,
    Hit,
    Passage,
    Period,
    Progress,
    Report,
    Skipped,
    Span,
    Speaker,
    Statement,
    Status,
)
from .settings import Settings

__all__ = [
    "Article",
    "ArticleNotFound",
    "Embedder",
    "EmbedderMismatch",
    "Embedding",
    "Failure",
    "Feed",
    "FeedNotFound",
    "Fetcher",
    "Hit",
    "Library",
    "LibraryError",
    "LibraryFailed",
    "LibraryMissing",
    "LibraryUnusable",
    "Passage",
    "Period",
    "Progress",
    "Report",
    "Settings",
    "SettingsError",
    "Skipped",
    "SourceError",
    "Span",
    "Speaker",
    "SpeakerNotFound",
    "Statement",
    "Status",
    "Vector",
]
