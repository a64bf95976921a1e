"""Connections to a library's SQLite file: one per thread, transactions, and the file's identity and version."""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from ..embedding import pack_bytes, unpack
from ..errors import LibraryFailed, LibraryUnusable
from .checksums import checksum, content_hash

SCHEMA_VERSION = 6
_SQL = Path(__file__).parent
_APPLICATION_ID = 0x41544131  # "ATA1": tells this file from other SQLite files
_BUSY_MILLISECONDS = 60_000
_KEPT_CHANGES = 100_000  # a follower that is further behind makes its index anew

Row = tuple[Any, ...]

_REASONS: tuple[tuple[type[apsw.Error], str], ...] = (
    (apsw.FullError, "the disk is full; nothing was changed"),
    (apsw.IOError, "the disk can't be read or written (it may be full); nothing was changed"),
    (apsw.ReadOnlyError, "it can't be written; nothing was changed"),
    (apsw.CorruptError, "it is damaged; `python -m index check` says where"),
    (apsw.NotADBError, "it is no SQLite database, or damaged; restore it from a backup"),
    (apsw.BusyError, "another program has been writing to it for a minute; try again later"),
    (apsw.CantOpenError, "it can't be opened"),
    (apsw.SQLError, "its tables are not those of a library any more; restore it from a backup"),
)


class Connections:
    """Access to one SQLite file from several threads; other processes may use it at the same time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connections: dict[threading.Thread, apsw.Connection] = {}
        self._connections_lock = threading.Lock()
        self._write_lock = threading.RLock()
        self._is_closed = False

    def prepare(self, embedder: str, may_be_new: bool = True) -> None:
        """Make sure that the file is a library's, and make it one if it is new.

        Raises:
            LibraryUnusable: the file isn't a library's, is damaged, newer than this program, or can't be written; or
                it holds nothing and may not be new.
        """
        try:
            self._prepare(embedder, may_be_new)
        except (apsw.Error, LibraryFailed) as error:
            raise LibraryUnusable(f"{self.path} can't be opened as a library: {_reason(error)}") from error

    def _prepare(self, embedder: str, may_be_new: bool) -> None:
        connection = self._connection
        if not _tables(connection):
            if not may_be_new:
                raise LibraryUnusable(
                    f"{self.path} holds nothing, though a library was there: restore it from a backup, or choose"
                    " another directory to begin anew"
                )
            _switch_to_wal(connection)
            with self.write():
                if not _tables(connection):  # no other process was faster
                    if value(connection, "PRAGMA application_id") or value(connection, "PRAGMA user_version"):
                        raise LibraryUnusable(f"{self.path} is a SQLite file, but not a library's")
                    connection.execute((_SQL / "schema.sql").read_text(encoding="utf-8"))
                    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
                    connection.execute("INSERT INTO library VALUES (1, 0, ?, ?)", (uuid.uuid4().hex, embedder))
            # So that the file is known for a library's whatever happens to the one beside it.
            connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
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
            connection.create_scalar_function("content_hash", _content_hash)
            connection.create_scalar_function("in_bytes", _in_bytes)
            version = value(connection, "PRAGMA user_version")  # another process may have been faster
            for step in range(version + 1, SCHEMA_VERSION + 1):
                connection.execute((_SQL / "migrations" / f"{step}.sql").read_text(encoding="utf-8"))
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    @property
    def _connection(self) -> apsw.Connection:
        """This thread's connection."""
        if self._is_closed:
            raise LibraryFailed(f"{self.path} was closed")
        thread = threading.current_thread()
        connection = self._connections.get(thread)
        if connection is None:
            connection = apsw.Connection(str(self.path))
            connection.set_busy_timeout(_BUSY_MILLISECONDS)
            connection.create_scalar_function("checksum", checksum, deterministic=True)
            connection.execute("PRAGMA foreign_keys = on; PRAGMA synchronous = full; PRAGMA temp_store = memory")
            with self._connections_lock:
                for ended in [other for other in self._connections if not other.is_alive()]:
                    self._connections.pop(ended).close(True)
                self._connections[thread] = connection
        return connection

    @contextmanager
    def write(self) -> Iterator[apsw.Connection]:
        """A write transaction: all of it, or nothing.

        Raises:
            LibraryFailed: the file can't be written.
        """
        with self._write_lock, self._in_words():
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
        """Close all connections, for good. Safe to call twice."""
        self._is_closed = True
        with self._connections_lock:
            while self._connections:
                self._connections.popitem()[1].close(True)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads within see one state, whatever others write meanwhile."""
        connection = self._connection
        with self._in_words():
            connection.execute("BEGIN")
            try:
                yield
            finally:
                connection.execute("COMMIT")

    def back_up(self, path: Path) -> None:
        """Copy the file as it is now to `path`, which must not exist; others may write meanwhile.

        Raises:
            LibraryFailed: the copy can't be written.
        """
        with self._in_words():
            self._connection.execute("VACUUM INTO ?", (str(path),))

    def rows(self, query: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """All rows of a query."""
        with self._in_words():
            return iter(self._connection.execute(query, tuple(values)).fetchall())

    def row(self, query: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        return next(self.rows(query, values), None)

    def value(self, query: str, values: Sequence[Any] = ()) -> Any:
        """The first value of the first row, or None."""
        with self._in_words():
            return value(self._connection, query, values)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except tuple(kind for kind, _ in _REASONS) as error:
            raise LibraryFailed(f"{self.path}: {_reason(error)}") from error


def value(connection: apsw.Connection, query: str, values: Sequence[Any] = ()) -> Any:
    """The first value of the first row of a query on this connection, or None."""
    row = connection.execute(query, tuple(values)).fetchone()
    return row[0] if row else None


def id_list(ids: Iterable[int]) -> str:
    """Ids as SQL writes a list."""
    return f"({','.join(str(int(i)) for i in ids)})"


def is_id(number: int) -> bool:
    """False for numbers that SQLite can't hold."""
    return 0 < number < 1 << 63


def next_change(connection: apsw.Connection) -> int:
    """Count a write; the new value of the change counter."""
    change = int(value(connection, "UPDATE library SET change = change + 1 RETURNING change"))
    connection.execute("INSERT INTO changes VALUES (?, randomblob(8))", (change,))
    connection.execute("DELETE FROM changes WHERE change <= ?", (change - _KEPT_CHANGES,))
    connection.execute("DELETE FROM removals WHERE change <= ?", (change - _KEPT_CHANGES,))
    return change


def _content_hash(*values: Any) -> bytes:
    """For the migration: the hash of a passage's content; of a damaged one a hash that no other has."""
    words, sentences, start = values
    try:
        return content_hash(words.decode("utf-8"), sentences, start)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return os.urandom(16)


def _in_bytes(*values: Any) -> bytes:
    """For the migration: vectors of sentences in a byte a component, from two; what doesn't fit is found by `check`."""
    sentences, size_of_one = values
    try:
        return pack_bytes(unpack(sentences).reshape(-1, size_of_one // 2))
    except (ValueError, TypeError):
        return b""


def _tables(connection: apsw.Connection) -> int:
    return int(value(connection, "SELECT count(*) FROM sqlite_schema"))


def _switch_to_wal(connection: apsw.Connection) -> None:
    """Switch to a write-ahead log; SQLite doesn't wait by itself while another process does the same."""
    end = time.monotonic() + _BUSY_MILLISECONDS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = wal")
            return
        except apsw.BusyError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def _reason(error: Exception) -> str:
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), str(error))
