"""The files of a folder: those that can be read, and those that are skipped, with the reason."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from ..errors import SourceError
from ..readers import unsupported_reason


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files at or below a path, sorted.

    Attributes:
        files: those to read.
        skipped: the others and the reasons, except system files and those that the caller's patterns leave out.
    """

    files: list[Path] = field(default_factory=list)
    skipped: list[tuple[Path, str]] = field(default_factory=list)


def find_files(path: Path, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> FoundFiles:
    """Find the supported files at or below `path`.

    In folders, it skips hidden files and folders, links that lead out of the folder, links to folders, and the files of
    a saved page ("Bridge_files" beside "Bridge.html").

    Args:
        path: a file or a folder.
        include: find only files that match one of these patterns, by name or by path below the folder: "*.html",
            "2022/*".
        exclude: leave out files that match one of these patterns.
    """
    if not path.is_dir():
        return FoundFiles([path])
    found, root = FoundFiles(), path.resolve()
    for file in sorted(_entries(path)):
        relative_path = file.relative_to(path).as_posix()
        if (include and not _matches(relative_path, include)) or _matches(relative_path, exclude):
            continue
        if (reason := _skip_reason(file, root)) is None:
            found.files.append(file)
        else:
            found.skipped.append((file, reason))
    return found


def find_source(source: str | Path, include: Sequence[str], exclude: Sequence[str]) -> FoundFiles:
    """Find the files of a source as `find_files` does.

    Raises:
        SourceError: there is no such file or folder.
    """
    if not str(source).strip():
        raise SourceError("no file, folder or address given")
    path = Path(source)
    if not path.exists() and not path.is_symlink():
        raise SourceError("no such file or folder")
    return find_files(path, include, exclude)


def _entries(path: Path) -> Iterator[Path]:
    """Yield the files in a folder and its subfolders, and the subfolders that aren't entered."""
    for folder, subfolders, names in os.walk(path):
        pages = {Path(name).stem for name in names if Path(name).suffix.lower() in (".html", ".htm")}
        closed = [name for name in subfolders if name.startswith(".") or Path(folder, name).is_symlink()]
        subfolders[:] = [name for name in subfolders if name not in closed and not _is_part_of_page(name, pages)]
        yield from (Path(folder, name) for name in [*closed, *names] if not _is_system_file(name))


def _skip_reason(file: Path, root: Path) -> str | None:
    if file.is_dir():
        return "a link to a folder" if file.is_symlink() else "a hidden folder"
    if file.name.startswith("."):
        return "a hidden file"
    if reason := unsupported_reason(file):
        return reason
    if file.is_symlink() and not file.resolve().is_relative_to(root):
        return "a link that leads out of the folder"
    return None


def _is_system_file(name: str) -> bool:
    """Return whether a file is one that operating systems make in folders, such as ".DS_Store"."""
    return name.startswith("._") or name.lower() in (".ds_store", "thumbs.db", "desktop.ini")


def _is_part_of_page(name: str, pages: set[str]) -> bool:
    """Return whether a folder has the files of one of the saved `pages` beside it."""
    return name.removesuffix("_files") in pages - {name}


def _matches(relative_path: str, patterns: Sequence[str]) -> bool:
    name = relative_path.rpartition("/")[2]
    return any(fnmatchcase(relative_path, pattern) or fnmatchcase(name, pattern) for pattern in patterns)
