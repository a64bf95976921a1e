"""Articles in, a library out: how articles are read, stored and found."""

from .embedding import Embedder, Embedding, Vector
from .errors import (
    ArticleNotFound,
    CollectionNotFound,
    EmbedderMismatch,
    FeedNotFound,
    FilterError,
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
from .storage import EVERYTHING, Label, Selection, Where

__all__ = [
    "EVERYTHING",
    "Article",
    "ArticleNotFound",
    "CollectionNotFound",
    "Embedder",
    "EmbedderMismatch",
    "Embedding",
    "Failure",
    "Feed",
    "FeedNotFound",
    "Fetcher",
    "FilterError",
    "Hit",
    "Label",
    "Library",
    "LibraryError",
    "LibraryFailed",
    "LibraryMissing",
    "LibraryUnusable",
    "Passage",
    "Period",
    "Progress",
    "Report",
    "Selection",
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
    "Where",
]
