"""A small SQLite file with tables of its own, beside the library's."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

Connection = apsw.Connection
_BUSY_MILLISECONDS = 10_000


class StateFailed(Exception):
    """The file can't be read or written, or belongs to a newer program. The message is for people; nothing changed."""


class StateFile:
    """One SQLite file, opened on first use. Safe to use from several threads and processes.

    What a transaction has committed survives a kill and a power cut. Other files, the library's above all, never wait
    for it: it takes part in none of their transactions.
    """

    def __init__(self, path: Path, migrations: Sequence[str]) -> None:
        """Describe a file.

        Args:
            path: the file; made on first use, readable by its owner only.
            migrations: SQL scripts that lead from an empty file to the current tables, oldest first. Add to the end
                only: a file remembers how many it has been through.
        """
        self.path = path
        self._migrations = migrations
        self._lock = threading.RLock()
        self._open: apsw.Connection | None = None

    @contextmanager
    def write(self) -> Iterator[apsw.Connection]:
        """A write transaction: everything is committed, or nothing.

        Raises:
            StateFailed: the file can't be written.
        """
        with self._lock, self._translate_errors():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query.

        Raises:
            StateFailed: the file can't be read.
        """
        with self._lock, self._translate_errors():
            return self._connection().execute(query, tuple(values)).fetchall()

    def close(self) -> None:
        """Close the file. It is opened again on its next use."""
        with self._lock:
            if self._open:
                self._open.close()
                self._open = None

    def _connection(self) -> apsw.Connection:
        if self._open is None:
            self.path.touch(mode=0o600)
            connection = apsw.Connection(str(self.path))
            try:
                connection.set_busy_timeout(_BUSY_MILLISECONDS)
                for setting in ("journal_mode = wal", "synchronous = full", "foreign_keys = on"):
                    connection.execute(f"PRAGMA {setting}").fetchall()
                self._migrate(connection)
            except BaseException:
                connection.close()
                raise
            self._open = connection
        return self._open

    def _migrate(self, connection: apsw.Connection) -> None:
        """Bring the tables up to date, all steps in one transaction."""
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = next(iter(connection.execute("PRAGMA user_version")))[0]
            if version > len(self._migrations):
                raise StateFailed(
                    f"{self.path} has version {version}, but this program supports up to {len(self._migrations)}."
                    " Upgrade it, or move the file away."
                )
            for script in self._migrations[version:]:
                connection.execute(script)
            connection.execute(f"PRAGMA user_version = {len(self._migrations)}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        try:
            yield
        except (apsw.Error, OSError) as error:
            if isinstance(error, apsw.ConstraintError):
                raise
            raise StateFailed(f"{self.path} can't be used: {error}") from error
