"""What an ingest run has to do: the files and the addresses in its queue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..readers import ListEntry


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file to add.

    Attributes:
        source: recorded instead of its path, if given.
        version: of a file in a followed folder, recorded so that it isn't read again before it changes.
    """

    path: Path
    source: str | None = None
    version: str = ""

    @property
    def name(self) -> str:
        """The name for progress reports."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class PageTask:
    """An address to fetch and add.

    Attributes:
        url: the address.
        root: the source that led to it: itself, or the feed or sitemap that was added.
        listed: its entry in the feed or sitemap, if it comes from one.
        position: the index of that entry.
    """

    url: str
    root: str
    listed: ListEntry | None = None
    position: int = 0

    @property
    def name(self) -> str:
        """The name for progress reports."""
        return self.url

    @property
    def version(self) -> str:
        """The version that the feed or sitemap gives; "" if none."""
        return self.listed.version if self.listed else ""
