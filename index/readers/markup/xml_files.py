"""XML files: lists of addresses from the web, and files with articles, by their root elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ..base import ListEntry
from ..feeds import read_xml
from ..lists.links import read_opml
from ..registry import ReaderItem
from .enex import read_enex
from .feed_items import read_feed_items
from .nitf import read_nitf

_ROOT_ELEMENT = re.compile(rb"<(?!\?|!)\s*(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_SNIFFED_BYTES = 20_000
_READERS: Mapping[str, Callable[[Path], Iterator[ReaderItem]]] = {
    **dict.fromkeys(("rss", "feed", "rdf"), read_feed_items),
    **dict.fromkeys(("nitf", "newsitem", "newsmessage", "newsml"), read_nitf),
    "en-export": read_enex,
    "opml": read_opml,
}


def read_any_xml(path: Path, url: str | None = None) -> Iterator[ReaderItem]:
    """Read the articles or addresses in an XML file; one that was fetched from `url` may be a feed or a sitemap.

    Raises:
        SourceError: the XML is something else, or is damaged.
    """
    with path.open("rb") as file:
        match = _ROOT_ELEMENT.search(file.read(_SNIFFED_BYTES))
    root = match[1].decode().lower() if match else ""
    reader = _READERS.get(root)
    if reader is None or (url and reader is read_feed_items):
        # The first entry of a list from the web is the list itself; a file has no address.
        yield from (item for item in read_xml(path, url) if not isinstance(item, ListEntry) or item.url)
    else:
        yield from reader(path)
