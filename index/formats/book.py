"""EPUB: books, and papers that come as such. Each chapter is an article."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import lxml.etree

from ..errors import SourceError
from ..records import Failure
from .archive_limits import opened_zip, read_member
from .blocks import blocks
from .files import RawArticle, check_size
from .office import xml_values

_SHORTEST = 200  # characters: covers, title pages and lists of contents are shorter, or have no sentence


def read_epub(path: Path) -> Iterator[RawArticle | Failure]:
    """The chapters of a book, in order; those that hold no text to speak of are passed over."""
    check_size(path)
    with opened_zip(path) as archive:
        package = _package(archive)
        data = read_member(archive, package)
        told = xml_values(data)
        metadata = {"author": told.get("creator"), "publisher": told.get("publisher"), "published": told.get("date")}
        count = 0
        for name in _chapters(data, package):
            try:
                title, text = blocks(read_member(archive, name))
            except (SourceError, lxml.etree.LxmlError, ValueError) as error:
                yield Failure(f"chapter {name}", str(error))
                continue
            if len(text) >= _SHORTEST:
                count += 1
                yield RawArticle(text, {**metadata, "title": title or told.get("title")}, name, unit="chapter")
    if not count:
        raise SourceError("the book holds no text")


def _package(archive: zipfile.ZipFile) -> str:
    """The name of the file that lists the book's parts."""
    root = _xml(read_member(archive, "META-INF/container.xml"))
    found = root.find(".//{*}rootfile[@full-path]")
    if found is None:
        raise SourceError("the book is damaged: it doesn't say where its text is")
    return str(found.get("full-path"))


def _chapters(package: bytes, name: str) -> Iterator[str]:
    """The names of the chapters, in the order of reading."""
    root = _xml(package)
    hrefs = {item.get("id"): item.get("href") for item in root.iterfind(".//{*}manifest/{*}item")}
    for item in root.iterfind(".//{*}spine/{*}itemref"):
        if href := hrefs.get(item.get("idref")):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(href)))


def _xml(data: bytes) -> lxml.etree._Element:
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return lxml.etree.fromstring(data, parser)
    except lxml.etree.XMLSyntaxError as error:
        raise SourceError("the book is damaged: the list of its parts can't be read") from error
