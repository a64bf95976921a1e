"""EPUB: books, and papers that come as such. Each chapter is an article."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import lxml.etree

from ..cleaning import blocks
from ..errors import SourceError
from ..records import Failure
from .base import RawArticle, check_size
from .xml import dublin_core, parse_xml
from .zip_limits import open_zip, read_member

_SHORTEST = 200  # characters: covers, title pages and lists of contents are shorter, or have no sentence


def read_epub(path: Path) -> Iterator[RawArticle | Failure]:
    """The chapters of a book, in order; those that hold no text to speak of are passed over."""
    check_size(path)
    with open_zip(path) as archive:
        name = _package(archive)
        package = parse_xml(read_member(archive, name))
        told = dublin_core(package)
        metadata = {"author": told.get("creator"), "publisher": told.get("publisher"), "published": told.get("date")}
        count = 0
        for chapter in _chapters(package, name):
            try:
                title, text = blocks(read_member(archive, chapter))
            except (SourceError, lxml.etree.LxmlError, ValueError) as error:
                yield Failure(f"chapter {chapter}", str(error))
                continue
            if len(text) >= _SHORTEST:
                count += 1
                yield RawArticle(text, {**metadata, "title": title or told.get("title")}, chapter, unit="chapter")
    if not count:
        raise SourceError("the book holds no text")


def _package(archive: zipfile.ZipFile) -> str:
    """The name of the file that lists the book's parts."""
    root = parse_xml(read_member(archive, "META-INF/container.xml"))
    found = root.find(".//{*}rootfile[@full-path]")
    if found is None:
        raise SourceError("the book is damaged: it doesn't say where its text is")
    return str(found.get("full-path"))


def _chapters(package: lxml.etree._Element, name: str) -> list[str]:
    """The names of the chapters, in the order of reading, each once; `name` is that of the package."""
    hrefs = {item.get("id"): item.get("href") for item in package.iterfind(".//{*}manifest/{*}item")}
    listed = (hrefs.get(item.get("idref")) for item in package.iterfind(".//{*}spine/{*}itemref"))
    folder = posixpath.dirname(name)
    return list(dict.fromkeys(posixpath.normpath(posixpath.join(folder, unquote(href))) for href in listed if href))
