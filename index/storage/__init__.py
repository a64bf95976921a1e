"""TODO."""

from .checksums import COLUMNS, text_hash
from .database import Database
from .statements import StatementFilter, StoredSpeaker

__all__ = [
    "COLUMNS",
    "Database",
    "StatementFilter",
    "StoredSpeaker",
    "text_hash",
]
