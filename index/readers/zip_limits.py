"""Open ZIP archives safely: limits are checked before anything is unpacked. Documents and books are archives too."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from ..errors import SourceError
from .base import MAX_FILE_BYTES
from .registry import FileKind

MAX_MEMBERS = 10_000
MAX_UNPACKED_BYTES = 500_000_000  # of all members together
MAX_RATIO = 200  # unpacked to packed size of a member larger than `_MIN_RATIO_BYTES`
_MIN_RATIO_BYTES = 1_000_000


def open_zip(path: Path) -> zipfile.ZipFile:
    """Open an archive that is safe to unpack.

    Raises:
        SourceError: the archive is damaged, is password-protected, or exceeds a limit.
    """
    try:
        archive = zipfile.ZipFile(path)
    except NotImplementedError as error:  # a multi-part archive, or a later version of the format
        raise SourceError(f"this type of ZIP archive isn't supported: {error}") from error
    except (zipfile.BadZipFile, ValueError) as error:
        raise SourceError(f"the file is damaged or isn't {FileKind.of(path).description}") from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise SourceError(f"the archive contains {len(members):,} files, and the limit is {MAX_MEMBERS:,}; split it")
    if (size := sum(member.file_size for member in members)) > MAX_UNPACKED_BYTES:
        limit = f"{MAX_UNPACKED_BYTES / 1e6:,.0f} MB"
        raise SourceError(f"the archive unpacks to {size / 1e6:,.0f} MB, and the limit is {limit}; split it")
    for member in members:
        if member.file_size > _MIN_RATIO_BYTES and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise SourceError(
                f"{member.filename[:80]!r} in the archive unpacks to more than {MAX_RATIO} times its packed size:"
                " possible zip bomb"
            )
        if member.flag_bits & 1:
            raise SourceError("the archive is protected by a password; save it without one")
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack a member.

    Raises:
        SourceError: the member is missing, damaged or too large.
    """
    try:
        member = archive.getinfo(name)
        if member.file_size > MAX_FILE_BYTES:
            size, limit = f"{member.file_size / 1e6:.1f} MB", f"{MAX_FILE_BYTES / 1e6:.0f} MB"
            raise SourceError(f"{name[:80]!r} in the archive is too large: {size}, and the limit is {limit}")
        return archive.read(member)
    except NotImplementedError as error:  # "That compression method is not supported"
        raise SourceError(f"{name[:80]!r} in the archive can't be unpacked: {error}") from error
    except (KeyError, zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise SourceError(f"{name[:80]!r} in the archive is missing or damaged") from error
