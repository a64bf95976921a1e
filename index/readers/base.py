"""What the readers of all kinds of files share: limits, bytes to text, and what they find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..cleaning import CONTROL
from ..errors import SourceError

MAX_FILE_BYTES = 20 * 1024 * 1024  # of one article's file, or of one line of a .jsonl file
MAX_LISTED = 1_000  # addresses that are read of a feed or a sitemap, with those that it leads to
KEYS = (
    "title",
    "url",
    "published",
    "modified",
    "author",
    "publisher",
    "language",
)  # what a file may say about an article


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as a file holds it: not checked yet.

    `metadata` has some of `KEYS`. `part` tells articles of one file apart, and `unit` is what such a part is called;
    where `is_at_url`, the article is known by its address.
    """

    text: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    part: str = ""
    unit: str = "part"
    is_at_url: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """An address that a feed or a sitemap lists, or its own.

    `kind` is "article" for what is listed as such, "sitemap" for a further list; the list itself comes first, as "feed"
    or "sitemap". `metadata` is what the list says of the article, where the article doesn't. `version`
    differs when the list says that the article changed.
    """

    url: str
    metadata: Mapping[str, Any]
    kind: str = "article"
    version: str = ""


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        SourceError: it is empty or too large.
    """
    with path.open("rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)  # what a file says of its size may be wrong, or that it can be read
    _check(max(len(data), path.stat().st_size), MAX_FILE_BYTES)
    return data


def check_size(path: Path, limit: int = MAX_FILE_BYTES) -> None:
    """Raise a `SourceError` where a file is empty or has more bytes than `limit`."""
    _check(path.stat().st_size, limit)


def _check(size: int, limit: int) -> None:
    if size > limit:
        raise SourceError(f"the file has {size / 1e6:.1f} MB; the limit is {limit / 1e6:.0f} MB: split it")
    if not size:
        raise SourceError("the file is empty")


def why_not(error: Exception) -> str:
    """Why a file can't be read, in words: whatever a library raises over a bad file is that file's failure."""
    if isinstance(error, SourceError):
        return str(error)
    if isinstance(error, OSError):
        return f"it can't be read: {error.strerror or error}"
    if isinstance(error, MemoryError):
        return "it can't be read: it takes too much memory"
    return f"it is damaged, or not what its name says ({type(error).__name__})"


def decode(data: bytes) -> str:
    """Text of a file in UTF-8, UTF-16 (with or without a byte order mark) or Windows-1252.

    Raises:
        SourceError: the bytes are no text.
    """
    encodings = wide_encoding(data) or ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and len(CONTROL.findall(text)) <= len(text) // 1000:
            return text
    raise SourceError("not a text file (or in an encoding other than UTF-8, UTF-16 and Windows-1252)")


def wide_encoding(data: bytes) -> list[str]:
    """UTF-16 where a byte order mark says so, or every second byte of the beginning is zero."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    start = data[:4096]
    zeros = (start[0::2].count(0), start[1::2].count(0))
    if max(zeros) > 0.2 * len(start) and min(zeros) < 0.02 * len(start):
        return ["utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"]
    return []
