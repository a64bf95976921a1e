"""Archives (.zip) of files of the other kinds."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from ..cleaning import title_of_file
from ..errors import SourceError
from ..records import Failure
from .base import RawArticle, check_size, why_not
from .registry import Reader, is_supported
from .zip_limits import MAX_UNPACKED, open_zip, read_member


def read_zip(path: Path, reader_of: Callable[[str], Reader | None]) -> Iterator[RawArticle | Failure]:
    """The articles in the files of an archive. Hidden files and those of other kinds are passed over.

    Args:
        path: the archive.
        reader_of: gives the reader for a file ending.
    """
    check_size(path, MAX_UNPACKED)
    count = 0
    with open_zip(path) as archive, tempfile.TemporaryDirectory() as folder:
        for member in archive.infolist():
            name = member.filename
            parts = PurePosixPath(name.replace("\\", "/")).parts
            if member.is_dir() or not is_supported(name) or any(part.startswith((".", "__MACOSX")) for part in parts):
                if ".." in parts:
                    yield Failure(name[:200], "its name points out of the archive")
                continue
            count += 1
            read = reader_of(PurePosixPath(name).suffix.lower())
            if read is None:
                yield Failure(name[:200], "an archive in an archive is not read; unpack it first")
                continue
            unpacked = Path(folder) / f"member{PurePosixPath(name).suffix.lower()}"  # never by the name in it
            try:
                unpacked.write_bytes(read_member(archive, name))
                yield from _named(read(unpacked), name)
            except Exception as error:  # noqa: BLE001 one bad file doesn't stop the others
                yield Failure(name[:200], why_not(error))
    if not count:
        raise SourceError("no supported files in this archive")


def _named(found: Iterator[RawArticle | Failure], name: str) -> Iterator[RawArticle | Failure]:
    for raw in found:
        if isinstance(raw, Failure):
            yield Failure(f"{name[:200]}, {raw.source}", raw.reason)
            continue
        title = raw.metadata.get("title") or title_of_file(name)
        part = f"{name}#{raw.part}" if raw.part else name
        yield RawArticle(raw.text, {**raw.metadata, "title": title}, part, unit="file", is_at_url=raw.is_at_url)
