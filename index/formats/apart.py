"""The readers that need large libraries: imported by the process that parses, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..records import Failure
from .files import RawArticle
from .html import read_html
from .readers import Reader, not_supported

_READERS: dict[str, Reader] = {
    ".html": read_html,
    ".htm": read_html,
}


def read_apart(path: Path) -> Iterator[RawArticle | Failure]:
    """The articles in a file.

    Raises:
        SourceError: the file can't be read.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise not_supported(path)
    yield from read(path)
