"""ZIP archives of files of the other kinds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from ..errors import SourceError
from ..records import Failure
from .base import ListEntry, RawArticle, check_file_size, failure_reason
from .registry import FILE_KINDS, FileKind, ReaderItem
from .zip_limits import MAX_UNPACKED_BYTES, open_zip, read_member


def read_zip(path: Path) -> Iterator[RawArticle | Failure]:
    """Read the articles in the files of an archive. Hidden files and files of unsupported kinds are skipped."""
    check_file_size(path, MAX_UNPACKED_BYTES)
    count = 0
    with open_zip(path) as archive, tempfile.TemporaryDirectory() as folder:
        for member in archive.infolist():
            name = member.filename
            suffix = PurePosixPath(name).suffix.lower()
            parts = PurePosixPath(name.replace("\\", "/")).parts
            is_hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
            if member.is_dir() or is_hidden or suffix not in FILE_KINDS:
                if ".." in parts:
                    yield Failure(name[:200], "its path is outside the archive")
                continue
            count += 1
            kind = FileKind.of(name)
            if kind.is_archive:
                yield Failure(name[:200], "archives inside archives aren't read; unpack it first")
                continue
            unpacked = Path(folder) / f"member{suffix}"  # the name in the archive is untrusted
            try:
                unpacked.write_bytes(read_member(archive, name))
                yield from _with_member_name(kind.read(unpacked), name)
            except Exception as error:  # noqa: BLE001 the other files are still read
                yield Failure(name[:200], failure_reason(error))
    if not count:
        raise SourceError("the archive contains no supported files")


def _with_member_name(items: Iterator[ReaderItem], name: str) -> Iterator[RawArticle | Failure]:
    """Identify the articles and failures of a file by its name in the archive."""
    for item in items:
        if isinstance(item, Failure):
            yield Failure(f"{name[:200]}, {item.source}", item.reason)
        elif not isinstance(item, ListEntry):
            part = f"{name}#{item.part}" if item.part else name
            yield replace(item, part=part, unit="file", file_name="" if item.metadata.get("title") else name)
