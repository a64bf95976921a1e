"""What all readers share: the types that they yield, and limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from ..cleaning import decode as decode  # the readers import it from here
from ..errors import SourceError

MAX_FILE_BYTES = 20 * 1024 * 1024  # of the file of one article, or of one line of a .jsonl file


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as a file contains it: unchecked.

    Attributes:
        metadata: values for some of `METADATA_KEYS`, and the `origins` of these values.
        part: identifies the article within a file of several articles.
        unit: what a part is called in messages, such as "chapter".
        is_at_url: the article is identified by its URL, if it has one, and not by the file.
        file_name: the file's own name, if it was packed in an archive and the article has no title.
    """

    METADATA_KEYS: ClassVar = ("title", "url", "published", "modified", "author", "publisher", "language")

    text: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    part: str = ""
    unit: str = "part"
    is_at_url: bool = False
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A URL in a feed or a sitemap. The first entry is the feed or sitemap itself.

    Attributes:
        metadata: what the list says about the article, used where the article doesn't say it.
        kind: "article", "sitemap" for a nested sitemap, or "feed" or "sitemap" for the list itself.
        version: changes when the article is updated, according to the list.
    """

    MAX_PER_LIST: ClassVar = 1_000  # the entries of nested lists included

    url: str
    metadata: Mapping[str, Any]
    kind: str = "article"
    version: str = ""


@dataclass(frozen=True, slots=True)
class UnusedKeys:
    """The names of columns or keys that have values in a file, and that no field of an article was taken from."""

    names: tuple[str, ...]


def read_bytes(path: Path, max_bytes: int = MAX_FILE_BYTES) -> bytes:
    """Read a file of at most `max_bytes`.

    Raises:
        SourceError: the file is empty or too large.
    """
    with path.open("rb") as file:
        data = file.read(max_bytes + 1)  # the reported size may be wrong, and too large a file isn't read
    _check_size(max(len(data), path.stat().st_size), max_bytes)
    return data


def check_file_size(path: Path, max_bytes: int = MAX_FILE_BYTES) -> None:
    """Raise a `SourceError` if a file is empty or larger than `max_bytes`."""
    _check_size(path.stat().st_size, max_bytes)


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise SourceError(
            f"the file is too large: {size / 1e6:.1f} MB, and the limit is {max_bytes / 1e6:.0f} MB; split it into"
            " smaller files"
        )
    if not size:
        raise SourceError("the file is empty")


def failure_reason(error: Exception) -> str:
    """Describe why a file can't be read. Parsing libraries may raise any exception for a damaged file."""
    if isinstance(error, SourceError):
        return str(error)
    if isinstance(error, OSError):
        return f"the file can't be read: {error.strerror or error}"
    if isinstance(error, MemoryError):
        return "the file can't be read: it needs too much memory"
    return f"the file is damaged, or its extension doesn't match its contents ({type(error).__name__})"
