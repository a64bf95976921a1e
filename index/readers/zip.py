"""ZIP archives of files of the other kinds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from ..errors import SourceError
from ..records import Failure, Skipped
from .base import RawArticle, check_file_size, failure_reason
from .registry import FileKind, ReaderItem, unsupported_reason
from .zip_limits import MAX_UNPACKED_BYTES, open_zip, read_member


def read_zip(path: Path) -> Iterator[ReaderItem]:
    """Read the articles in the files of an archive. Hidden files are left out, and files of other kinds are named."""
    check_file_size(path, MAX_UNPACKED_BYTES)
    count = 0
    with open_zip(path) as archive, tempfile.TemporaryDirectory() as folder:
        for member in archive.infolist():
            name = member.filename
            if member.is_dir() or _is_hidden(name):
                continue
            if (refusal := _refusal(name)) is not None:
                yield refusal
                continue
            count += 1
            unpacked = Path(folder) / f"member{_suffix(name)}"  # the name in the archive is untrusted
            try:
                unpacked.write_bytes(read_member(archive, name))
                yield from _with_member_name(FileKind.of(name).read(unpacked), name)
            except Exception as error:  # noqa: BLE001 the other files are still read
                yield Failure(name[:200], failure_reason(error))
    if not count:
        raise SourceError("the archive contains no supported files")


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in _parts(name))


def _refusal(name: str) -> Failure | Skipped | None:
    """Return why a file isn't read, or None."""
    if ".." in _parts(name):
        return Failure(name[:200], "its path is outside the archive")
    if reason := unsupported_reason(name):
        return Skipped(name[:200], reason)
    if FileKind.of(name).is_archive:
        return Failure(name[:200], "archives inside archives aren't read; unpack it first")
    return None


def _parts(name: str) -> tuple[str, ...]:
    return PurePosixPath(name.replace("\\", "/")).parts


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _with_member_name(items: Iterator[ReaderItem], name: str) -> Iterator[ReaderItem]:
    """Identify the articles and failures of a file by its name in the archive."""
    for item in items:
        match item:
            case Failure() | Skipped():
                yield replace(item, source=f"{name[:200]}, {item.source}" if item.source else name[:200])
            case RawArticle():
                part = f"{name}#{item.part}" if item.part else name
                yield replace(item, part=part, unit="file", file_name="" if item.metadata.get("title") else name)
            case _:
                yield item
