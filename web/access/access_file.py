"""`access.db` beside the library: the named tokens and the record of changes."""

from __future__ import annotations

from pathlib import Path

from ..state import StateFile

_FIRST = """
CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('read', 'write', 'admin')),
    hash TEXT NOT NULL,
    per_minute INTEGER NOT NULL CHECK (per_minute > 0),
    max_bytes INTEGER NOT NULL CHECK (max_bytes > 0),
    made TEXT NOT NULL,
    revoked TEXT
) STRICT;
CREATE UNIQUE INDEX one_token_of_each_name ON tokens (name) WHERE revoked IS NULL;

CREATE TABLE changes (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    ids TEXT NOT NULL
) STRICT;
CREATE TRIGGER changes_are_not_updated BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER changes_are_not_deleted BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'append only'); END;
"""


def access_file(library_directory: Path) -> StateFile:
    """The file of a library. It is made when the first token or change is stored."""
    return StateFile(library_directory / "access.db", [_FIRST])
