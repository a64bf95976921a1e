"""Connections to a library's SQLite file: one per thread, with transactions, schema creation and migration."""

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

from ..embedding import codec
from ..errors import LibraryFailed, LibraryUnusable
from .checksums import checksum, content_hash
from .permissions import is_writable

SCHEMA_VERSION = 9
_SQL = Path(__file__).parent
_APPLICATION_ID = 0x41544131  # "ATA1": distinguishes this file from other SQLite files
_BUSY_MILLISECONDS = 60_000
_KEPT_CHANGES = 100_000  # an index that is further behind is rebuilt

Row = tuple[Any, ...]

_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (apsw.FullError, "The disk is full. Nothing was changed."),
    (apsw.IOError, "The disk can't be read or written; it may be full. Nothing was changed."),
    (apsw.ReadOnlyError, "The library is read-only. Nothing was changed."),
    (apsw.CorruptError, "The file is damaged. Checking the library shows where."),
    (apsw.NotADBError, "The file is damaged or not a SQLite database. Restore it from a backup."),
    (apsw.BusyError, "Another program has been writing to the file for a minute. Try again later."),
    (apsw.CantOpenError, "The file can't be opened."),
    (UnicodeDecodeError, "The file is damaged. Checking the library shows where."),
    (apsw.SQLError, "The file no longer has the tables of a library. Restore it from a backup."),
)


class Connections:
    """Access to one SQLite file. Thread-safe; other processes may use the file at the same time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connections: dict[threading.Thread, apsw.Connection] = {}
        self._connections_lock = threading.Lock()
        self._write_lock = threading.RLock()
        self._is_closed = False
        self._may_create = False
        self._is_immutable = False  # no file can be written beside it, and all changes are in it
        self._identity: Row = ()  # of the file that was opened

    @property
    def is_read_only(self) -> bool:
        """Whether the file or its directory can't be written."""
        return self.path.exists() and not is_writable(self.path, self.path.parent)

    def prepare(self, embedder: str, may_be_new: bool = True) -> None:
        """Check that the file belongs to a library; initialise it if it is new.

        Raises:
            LibraryUnusable: the file belongs to something else, is damaged, newer than this program or read-only; or it
                is empty and may not be new.
        """
        self._may_create = may_be_new and not self.path.exists()
        log = self.path.with_name(f"{self.path.name}-wal")
        self._is_immutable = self.is_read_only and not (log.exists() and log.stat().st_size)
        try:
            connection = self._connection
            self._may_create, self._identity = False, self._file_identity()
            self._prepare(connection, embedder, may_be_new)
        except (apsw.Error, LibraryFailed) as error:
            raise LibraryUnusable(f"{self.path} can't be opened as a library: {_reason(error)}") from error

    def _prepare(self, connection: apsw.Connection, embedder: str, may_be_new: bool) -> None:
        if not _tables(connection):
            if not may_be_new:
                raise LibraryUnusable(
                    f"{self.path} is empty, but the directory contained a library. Restore the file from a backup, or"
                    " choose another directory to start a new library."
                )
            _switch_to_wal(connection)
            with self.write():
                if not _tables(connection):  # unless another process was faster
                    if value(connection, "PRAGMA application_id") or value(connection, "PRAGMA user_version"):
                        raise LibraryUnusable(f"{self.path} is a SQLite file, but not a library.")
                    connection.execute((_SQL / "schema.sql").read_text(encoding="utf-8"))
                    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
                    connection.execute("INSERT INTO library VALUES (1, 0, ?, ?)", (uuid.uuid4().hex, embedder))
            # So that the file is recognised as a library even if its write-ahead log is lost.
            connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
        if value(connection, "PRAGMA application_id") != _APPLICATION_ID:
            raise LibraryUnusable(f"{self.path} is a SQLite file, but not a library.")
        version = value(connection, "PRAGMA user_version")
        if version > SCHEMA_VERSION:
            raise LibraryUnusable(
                f"{self.path} has version {version}, but this program supports up to {SCHEMA_VERSION}. Upgrade it."
            )
        if version < SCHEMA_VERSION:
            self._migrate()

    def _migrate(self) -> None:
        """Migrate a library of an earlier version: all steps in one transaction."""
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
            raise LibraryFailed(f"{self.path} is closed.")
        self._check_identity()
        thread = threading.current_thread()
        connection = self._connections.get(thread)
        if connection is None:
            connection = self._open()
            connection.set_busy_timeout(_BUSY_MILLISECONDS)
            connection.create_scalar_function("checksum", checksum, deterministic=True)
            connection.execute("PRAGMA foreign_keys = on; PRAGMA synchronous = full; PRAGMA temp_store = memory")
            with self._connections_lock:
                for ended in [other for other in self._connections if not other.is_alive()]:
                    self._connections.pop(ended).close(True)
                self._connections[thread] = connection
        return connection

    def _open(self) -> apsw.Connection:
        if self._is_immutable:
            name, flags = f"{self.path.absolute().as_uri()}?immutable=1", apsw.SQLITE_OPEN_READONLY
            return apsw.Connection(name, flags=flags | apsw.SQLITE_OPEN_URI)
        flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if self._may_create else 0)
        return apsw.Connection(str(self.path), flags=flags)

    def _file_identity(self) -> Row:
        """What distinguishes the file at the path from others; if it is opened as immutable, its contents too."""
        try:
            found = self.path.stat()
        except OSError:
            return (None,)
        return (found.st_dev, found.st_ino, *((found.st_size, found.st_mtime_ns) if self._is_immutable else ()))

    def _check_identity(self) -> None:
        """Check that the opened file is still that at the path: what is written to another one would be lost."""
        if self._identity and self._identity != self._file_identity():
            raise LibraryFailed(
                f"{self.path} was moved, deleted or replaced while the library was open. Nothing was changed. Put it"
                " back, or open the library again."
            )

    @contextmanager
    def write(self) -> Iterator[apsw.Connection]:
        """A write transaction: everything is committed, or nothing.

        Raises:
            LibraryFailed: the file can't be written.
        """
        with self._write_lock, self._translate_errors():
            connection = self._connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                self._check_identity()
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close all connections for good. Calling it twice is harmless."""
        self._is_closed = True
        with self._connections_lock:
            while self._connections:
                self._connections.popitem()[1].close(True)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """A read transaction: all reads see the same state."""
        connection = self._connection
        with self._translate_errors():
            connection.execute("BEGIN")
            try:
                yield
            finally:
                connection.execute("COMMIT")

    def back_up(self, path: Path) -> None:
        """Copy the current state to `path`, which must not exist. Others may write meanwhile.

        Raises:
            LibraryFailed: the copy can't be written.
        """
        with self._translate_errors():
            self._connection.execute("VACUUM INTO ?", (str(path),))

    def rows(self, query: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """All rows of a query."""
        with self._translate_errors():
            return iter(self._connection.execute(query, tuple(values)).fetchall())

    def row(self, query: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        return next(self.rows(query, values), None)

    def value(self, query: str, values: Sequence[Any] = ()) -> Any:
        """The first value of the first row, or None."""
        with self._translate_errors():
            return value(self._connection, query, values)

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        try:
            yield
        except tuple(kind for kind, _ in _REASONS) as error:
            raise LibraryFailed(f"{self.path}: {_reason(error)}") from error


def value(connection: apsw.Connection, query: str, values: Sequence[Any] = ()) -> Any:
    """The first value of the first row of a query on this connection, or None."""
    row = connection.execute(query, tuple(values)).fetchone()
    return row[0] if row else None


def id_list(ids: Iterable[int]) -> str:
    """Ids as a list in SQL."""
    return f"({','.join(str(int(i)) for i in ids)})"


def is_id(number: int) -> bool:
    """Whether a number can be a row id in SQLite."""
    return 0 < number < 1 << 63


def next_change(connection: apsw.Connection) -> int:
    """Increment the change counter and return its new value."""
    change = int(value(connection, "UPDATE library SET change = change + 1 RETURNING change"))
    connection.execute("INSERT INTO changes VALUES (?, randomblob(8))", (change,))
    connection.execute("DELETE FROM changes WHERE change <= ?", (change - _KEPT_CHANGES,))
    connection.execute("DELETE FROM removals WHERE change <= ?", (change - _KEPT_CHANGES,))
    return change


def _content_hash(*values: Any) -> bytes:
    """For migrations: the hash of a passage's content, or a unique one if the passage is damaged."""
    words, sentences, start = values
    try:
        return content_hash(words.decode("utf-8"), sentences, start)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return os.urandom(16)


def _in_bytes(*values: Any) -> bytes:
    """For migrations: sentence vectors in one byte per component, from two. `check` finds damaged ones."""
    sentences, size_of_one = values
    try:
        return codec.pack_bytes(codec.unpack(sentences).reshape(-1, size_of_one // 2))
    except (ValueError, TypeError):
        return b""


def _tables(connection: apsw.Connection) -> int:
    return int(value(connection, "SELECT count(*) FROM sqlite_schema"))


def _switch_to_wal(connection: apsw.Connection) -> None:
    """Switch to a write-ahead log. SQLite itself doesn't wait for another process that does the same."""
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
