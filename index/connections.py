"""Connections to a library's SQLite file: one per thread, transactions, and the file's identity and version."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from .errors import LibraryUnusable

SCHEMA_VERSION = 3
_SQL = Path(__file__).parent
_APPLICATION_ID = 0x41544131  # "ATA1": tells this file from other SQLite files
_BUSY_MILLISECONDS = 60_000

Row = tuple[Any, ...]


class Connections:
    """Access to one SQLite file from several threads; other processes may use it at the same time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._connections: list[apsw.Connection] = []
        self._write_lock = threading.RLock()

    def prepare(self, embedder: str) -> None:
        """Make sure that the file is a library's, and make it one if it is new.

        Raises:
            LibraryUnusable: the file isn't a library's, is damaged, newer than this program, or can't be written.
        """
        try:
            self._prepare(embedder)
        except apsw.Error as error:
            raise LibraryUnusable(f"{self.path} can't be opened as a library: {error}") from error

    def _prepare(self, embedder: str) -> None:
        connection = self._connection
        if not value(connection, "SELECT count(*) FROM sqlite_schema"):
            connection.execute("PRAGMA journal_mode = wal")
            with self.write():
                if not value(connection, "SELECT count(*) FROM sqlite_schema"):  # no other process was faster
                    connection.execute((_SQL / "schema.sql").read_text(encoding="utf-8"))
                    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
                    connection.execute("INSERT INTO library VALUES (1, 0, ?, ?)", (uuid.uuid4().hex, embedder))
        if value(connection, "PRAGMA application_id") != _APPLICATION_ID:
            raise LibraryUnusable(f"{self.path} is a SQLite file, but not a library's")
        version = value(connection, "PRAGMA user_version")
        if version > SCHEMA_VERSION:
            raise LibraryUnusable(
                f"{self.path} has version {version}; this program reads up to {SCHEMA_VERSION}. Please upgrade it"
            )
        if version < SCHEMA_VERSION:
            self._migrate()

    def _migrate(self) -> None:
        """Bring a library of an earlier version up to this one: all steps in one transaction."""
        with self.write() as connection:
            version = value(connection, "PRAGMA user_version")  # another process may have been faster
            for step in range(version + 1, SCHEMA_VERSION + 1):
                connection.execute((_SQL / "migrations" / f"{step}.sql").read_text(encoding="utf-8"))
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    @property
    def _connection(self) -> apsw.Connection:
        """This thread's connection."""
        connection: apsw.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = apsw.Connection(str(self.path))
            connection.set_busy_timeout(_BUSY_MILLISECONDS)
            connection.execute("PRAGMA foreign_keys = on; PRAGMA synchronous = full; PRAGMA temp_store = memory")
            self._local.connection = connection
            self._connections.append(connection)
        return connection

    @contextmanager
    def write(self) -> Iterator[apsw.Connection]:
        """A write transaction: all of it, or nothing."""
        with self._write_lock:
            connection = self._connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close all connections. Safe to call twice."""
        while self._connections:
            self._connections.pop().close(True)
        self._local = threading.local()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads within see one state, whatever others write meanwhile."""
        connection = self._connection
        connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.execute("COMMIT")

    def rows(self, query: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """All rows of a query."""
        return iter(self._connection.execute(query, tuple(values)).fetchall())

    def row(self, query: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        return next(self.rows(query, values), None)

    def value(self, query: str, values: Sequence[Any] = ()) -> Any:
        """The first value of the first row, or None."""
        return value(self._connection, query, values)


def value(connection: apsw.Connection, query: str, values: Sequence[Any] = ()) -> Any:
    """The first value of the first row of a query on this connection, or None."""
    row = connection.execute(query, tuple(values)).fetchone()
    return row[0] if row else None


def next_change(connection: apsw.Connection) -> int:
    """Count a write; the new value of the change counter."""
    return int(value(connection, "UPDATE library SET change = change + 1 RETURNING change"))
