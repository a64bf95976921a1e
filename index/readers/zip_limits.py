"""Archives are looked at before anything in them is unpacked: documents and books are archives too."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from ..errors import SourceError
from .base import MAX_FILE_BYTES

MAX_MEMBERS = 10_000
MAX_UNPACKED = 500_000_000  # bytes, of all members
MAX_RATIO = 200  # of a member's size to that in the archive, from `_SMALL` on
_SMALL = 1_000_000


def open_zip(path: Path) -> zipfile.ZipFile:
    """An archive that may be unpacked.

    Raises:
        SourceError: it is damaged, protected, or would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(path)
    except NotImplementedError as error:  # a disk of several, or a version to come
        raise SourceError(f"the archive is of a kind that can't be read: {error}") from error
    except (zipfile.BadZipFile, ValueError) as error:
        raise SourceError("the file is damaged: it is no archive, or part of one is missing") from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise SourceError(f"the archive holds {len(members):,} files; the limit is {MAX_MEMBERS:,}")
    if (size := sum(member.file_size for member in members)) > MAX_UNPACKED:
        raise SourceError(f"the archive unpacks to {size / 1e6:,.0f} MB; the limit is {MAX_UNPACKED / 1e6:,.0f} MB")
    for member in members:
        if member.file_size > _SMALL and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise SourceError(f"{member.filename[:80]!r} in it unpacks to over {MAX_RATIO} times its size: a trap?")
        if member.flag_bits & 1:
            raise SourceError("the archive is protected by a password; save it without one")
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a member.

    Raises:
        SourceError: there is none of this name, it is damaged or too large.
    """
    try:
        member = archive.getinfo(name)
        if member.file_size > MAX_FILE_BYTES:
            raise SourceError(f"it has {member.file_size / 1e6:.1f} MB; the limit is {MAX_FILE_BYTES / 1e6:.0f} MB")
        return archive.read(member)
    except NotImplementedError as error:  # "That compression method is not supported"
        raise SourceError(f"{name[:80]!r} in it is packed in a way that can't be read: {error}") from error
    except (KeyError, zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise SourceError(f"{name[:80]!r} in it is missing or damaged") from error
