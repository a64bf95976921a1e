"""EPUB books. Each chapter is an article."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import lxml.etree

from ..cleaning import html_to_text
from ..errors import SourceError
from ..records import Failure
from .base import RawArticle, check_file_size
from .xml import dublin_core, parse_xml
from .zip_limits import open_zip, read_member

_MIN_CHAPTER = 200  # characters: covers, title pages and tables of contents are shorter


def read_epub(path: Path) -> Iterator[RawArticle | Failure]:
    """Read the chapters of a book in reading order. Chapters with little text are skipped."""
    check_file_size(path)
    with open_zip(path) as archive:
        package_name = _package_name(archive)
        package = parse_xml(read_member(archive, package_name))
        book = dublin_core(package)
        metadata = {"author": book.get("creator"), "publisher": book.get("publisher"), "published": book.get("date")}
        count = 0
        for name in _chapter_names(package, package_name):
            try:
                chapter = html_to_text(read_member(archive, name))
            except (SourceError, lxml.etree.LxmlError, ValueError) as error:
                yield Failure(f"chapter {name}", str(error))
                continue
            if len(chapter.text) >= _MIN_CHAPTER:
                count += 1
                title = chapter.title or book.get("title")
                yield RawArticle(chapter.text, {**metadata, "title": title}, name, unit="chapter")
    if not count:
        raise SourceError(f"the book contains no chapter of at least {_MIN_CHAPTER} characters")


def _package_name(archive: zipfile.ZipFile) -> str:
    """Return the name of the package document, which lists the book's files."""
    container = parse_xml(read_member(archive, "META-INF/container.xml"))
    rootfile = container.find(".//{*}rootfile[@full-path]")
    if rootfile is None:
        raise SourceError("the book is damaged: its container.xml doesn't name a package document")
    return str(rootfile.get("full-path"))


def _chapter_names(package: lxml.etree._Element, package_name: str) -> list[str]:
    """Return the file names of the chapters in reading order, without duplicates."""
    hrefs = {item.get("id"): item.get("href") for item in package.iterfind(".//{*}manifest/{*}item")}
    spine = (hrefs.get(item.get("idref")) for item in package.iterfind(".//{*}spine/{*}itemref"))
    folder = posixpath.dirname(package_name)
    return list(dict.fromkeys(posixpath.normpath(posixpath.join(folder, unquote(href))) for href in spine if href))
