"""One SQLite file is the truth: articles, passages, vectors, statements and feeds, in transactions."""

from .catalog import Catalog
from .checksums import COLUMNS, text_hash
from .database import Database
from .directory import database_file, prepare_directory, write_backup
from .permissions import is_writable
from .statements import StatementFilter, StoredSpeaker
from .tallies import Tally

__all__ = [
    "COLUMNS",
    "Catalog",
    "Database",
    "StatementFilter",
    "StoredSpeaker",
    "Tally",
    "database_file",
    "is_writable",
    "prepare_directory",
    "text_hash",
    "write_backup",
]
