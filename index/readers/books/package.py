"""The package document of a book: its metadata, and its documents in reading order."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote, urldefrag

import lxml.etree

from ...errors import SourceError
from ..xml import dublin_core, parse_xml
from ..zip_limits import read_member

# Kinds of documents without an article, as EPUB 2 calls them in its guide.
_FRONT_MATTER = frozenset(("cover", "title-page", "titlepage", "toc", "copyright-page", "index", "loi", "lot"))
_SPLIT = re.compile(r"_split_\d+(?=\.\w+\Z)")  # calibre cuts long documents: "index_split_001.html"


@dataclass(frozen=True, slots=True)
class Package:
    """A book.

    Attributes:
        metadata: the Dublin Core elements: "title", "creator", "publisher", "date".
        documents: the names of the documents in reading order.
        front_matter: those that are declared as a cover, a table of contents and the like.
        listed: those that the table of contents names.
    """

    metadata: Mapping[str, str]
    documents: tuple[str, ...]
    front_matter: frozenset[str]
    listed: frozenset[str]

    @classmethod
    def of(cls, archive: zipfile.ZipFile) -> Self:
        """Read the package document of a book."""
        name = _package_name(archive)
        root = parse_xml(read_member(archive, name))
        folder = posixpath.dirname(name)
        items = {item.get("id"): item for item in root.iterfind(".//{*}manifest/{*}item")}
        spine = (items.get(reference.get("idref")) for reference in root.iterfind(".//{*}spine/{*}itemref"))
        hrefs = [item.get("href") for item in spine if item is not None]
        navigation = [item.get("href") for item in items.values() if "nav" in (item.get("properties") or "").split()]
        contents = [item.get("href") for item in items.values() if item.get("media-type") == "application/x-dtbncx+xml"]
        guide = root.iterfind(".//{*}guide/{*}reference")
        declared = [item.get("href") for item in guide if (item.get("type") or "").lower() in _FRONT_MATTER]
        return cls(
            metadata=dublin_core(root),
            documents=tuple(dict.fromkeys(_names(folder, hrefs))),
            front_matter=frozenset(_names(folder, [*navigation, *declared])),
            listed=frozenset(_listed(archive, _names(folder, [*navigation, *contents]))),
        )

    def is_piece_of(self, name: str, first: str) -> bool:
        """Return whether a document is one of the pieces of another, and not an entry of the table of contents."""
        is_piece = bool(_SPLIT.search(name)) and name not in self.listed
        return is_piece and _SPLIT.sub("", name) == _SPLIT.sub("", first)


def _package_name(archive: zipfile.ZipFile) -> str:
    container = parse_xml(read_member(archive, "META-INF/container.xml"))
    rootfile = container.find(".//{*}rootfile[@full-path]")
    if rootfile is None:
        raise SourceError("the book is damaged: its container.xml doesn't name a package document")
    return str(rootfile.get("full-path"))


def _listed(archive: zipfile.ZipFile, names: Iterable[str]) -> list[str]:
    """Return the documents that the tables of contents name as a whole, not by a place in them."""
    found: list[str] = []
    for name in names:
        try:
            root = parse_xml(read_member(archive, name))
        except SourceError:
            continue  # a book is read without it, too
        links = [element.get("src") or element.get("href") for element in _links(root)]
        found += _names(posixpath.dirname(name), [link for link in links if link and not urldefrag(link)[1]])
    return found


def _links(root: lxml.etree._Element) -> list[lxml.etree._Element]:
    return [*root.iterfind(".//{*}navPoint/{*}content"), *root.iterfind(".//{*}nav//{*}a")]


def _names(folder: str, hrefs: Iterable[str | None]) -> list[str]:
    """Return the names in the archive of references from a document in a folder."""
    paths = (unquote(urldefrag(href)[0]) for href in hrefs if href)
    return [posixpath.normpath(posixpath.join(folder, path)) for path in paths if path]
