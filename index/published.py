"""Files of models that other people package: found without running the package's code, and checked before use."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from .errors import LibraryUnusable


def published_folder(package: str, folder: str, checksums: Path) -> Path:
    """Folder of an installed package, if its files are those that the program was measured with.

    Args:
        package: the name to import the package by; it isn't imported.
        folder: the folder in it.
        checksums: a list of files in that folder, with SHA-256, in the format of `sha256sum`.

    Raises:
        LibraryUnusable: the package isn't installed, or a file is missing or different.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LibraryUnusable(f"The package {package} isn't installed. {_reinstall(package)}")
    found = Path(spec.submodule_search_locations[0]) / folder
    check_files(found, checksums, package)
    return found


def check_files(folder: Path, checksums: Path, package: str) -> None:
    """Check the files of a folder against a list in the format of `sha256sum`.

    Raises:
        LibraryUnusable: a file is missing or different. The message names it and the package to reinstall.
    """
    for line in checksums.read_text("utf-8").splitlines():
        expected, name = line.split("  ", 1)
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            reason = error.strerror or str(error)
            raise LibraryUnusable(f"{folder / name} can't be read ({reason}). {_reinstall(package)}") from error
        if found != expected:
            raise LibraryUnusable(f"{folder / name} isn't the published file (SHA-256 {found}). {_reinstall(package)}")


def _reinstall(package: str) -> str:
    return f"Reinstall {package.replace('_', '-')}."
