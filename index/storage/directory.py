"""The directory of a library: which files belong to it, and backups of it."""

from __future__ import annotations

from pathlib import Path

from ..errors import LibraryFailed, LibraryMissing, LibraryUnusable
from .database import Database

_FILE = "library.db"
_FILES = (_FILE, f"{_FILE}-wal", f"{_FILE}-shm", "words", "words.lock", "catch_up.lock")


def database_file(directory: Path) -> Path:
    """The SQLite file of the library in a directory."""
    return directory / _FILE


def prepare_directory(directory: Path, *, make: bool) -> Path:
    """Check that a directory contains a library or can become one; create it if `make` is true.

    Raises:
        LibraryMissing: it contains no library and `make` is false.
        LibraryUnusable: it contains something else, or can't be read or created.
    """
    try:
        _prepare(directory, make)
    except OSError as error:
        raise LibraryUnusable(f"{directory} can't be used as a library: {error.strerror}") from error
    return directory


def _prepare(directory: Path, make: bool) -> None:
    if (directory / _FILE).exists():
        return
    if not make:
        raise LibraryMissing(str(directory))
    directory.mkdir(parents=True, exist_ok=True)
    names = {path.name for path in directory.iterdir()}
    if "words" in names and any((directory / "words").iterdir()):
        raise LibraryUnusable(
            f"{directory / _FILE} is missing, but the directory contained a library. Restore the file from a backup,"
            " or choose another directory to start a new library"
        )
    if others := sorted(names.difference(_FILES)):
        raise LibraryUnusable(
            f"{directory} contains other files ({others[0]}). Choose an empty directory or one that doesn't exist yet"
        )


def write_backup(database: Database, file: Path) -> None:
    """Copy a library to a new file.

    Raises:
        ValueError: the file already exists, or its folder doesn't.
        LibraryFailed: the file can't be written.
    """
    if file.exists() or file.is_symlink():
        raise ValueError(f"{file} already exists. Choose another name for the backup")
    if not file.parent.is_dir():
        raise ValueError(f"The folder {file.parent} doesn't exist. Create it first")
    scratch = file.with_name(f"{file.name}.part")
    try:
        scratch.unlink(missing_ok=True)
        database.back_up(scratch)
        scratch.rename(file)
    except OSError as error:
        raise LibraryFailed(f"{file}: {error.strerror}; no backup was made") from error
    finally:
        scratch.unlink(missing_ok=True)
