"""One SQLite file is the truth: articles, passages, vectors, statements and feeds, in transactions."""

from .catalog import Catalog
from .checksums import COLUMNS, text_hash
from .curation import RemovedArticle
from .database import Database
from .directory import database_file, prepare_directory, write_backup
from .editable import EditableLibrary
from .feeds import FeedStore
from .lists import ORDERS, Order, PassageIds
from .permissions import is_writable
from .selection import (
    EVERYTHING,
    MAX_IDS,
    MAX_NAMES,
    MAX_WORDS,
    Label,
    LabelStore,
    Selection,
    Where,
    labelled,
    one_of,
    outlet_like,
    published_in,
    quoting,
)
from .statements import StatementFilter, StoredSpeaker
from .tallies import Tally

__all__ = [
    "COLUMNS",
    "EVERYTHING",
    "MAX_IDS",
    "MAX_NAMES",
    "MAX_WORDS",
    "ORDERS",
    "Catalog",
    "Database",
    "EditableLibrary",
    "FeedStore",
    "Label",
    "LabelStore",
    "Order",
    "PassageIds",
    "RemovedArticle",
    "Selection",
    "StatementFilter",
    "StoredSpeaker",
    "Tally",
    "Where",
    "database_file",
    "is_writable",
    "labelled",
    "one_of",
    "outlet_like",
    "prepare_directory",
    "published_in",
    "quoting",
    "text_hash",
    "write_backup",
]
