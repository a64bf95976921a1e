"""EPUB books. Each chapter is an article; in newspapers and magazines, each article."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.etree

from ...errors import SourceError
from ...records import Failure, Skipped
from ..base import RawArticle, check_file_size
from ..zip_limits import MAX_UNPACKED_BYTES, open_zip, read_member
from .package import Package
from .pages import BookPage, read_page
from .periodical import periodical_metadata
from .protection import check_protection

_NAMES_SHOWN = 10


def read_epub(path: Path) -> Iterator[RawArticle | Failure | Skipped]:
    """Read the chapters of a book in reading order. Documents without sentences, such as covers, are skipped.

    Raises:
        SourceError: the book is damaged, protected against copying, or contains no text.
    """
    check_file_size(path, MAX_UNPACKED_BYTES)  # pictures count little: each document is limited
    with open_zip(path) as archive:
        package = Package.of(archive)
        check_protection(archive, package.documents)
        metadata = periodical_metadata(package.metadata)
        count, skipped = 0, list[str]()
        for name, page in _chapters(archive, package):
            if isinstance(page, Failure):
                yield page
            elif name in package.front_matter or not page.is_article:
                skipped.append(name)
            else:
                count += 1
                yield RawArticle(page.text, _metadata(page, metadata, package), name, unit="chapter")
    if not count:
        raise SourceError("the book contains no chapter with sentences")
    if skipped:
        others = f" and {len(skipped) - _NAMES_SHOWN:,} others" if len(skipped) > _NAMES_SHOWN else ""
        yield Skipped("", f"pages without an article: {', '.join(skipped[:_NAMES_SHOWN])}{others}")


def _chapters(archive: zipfile.ZipFile, package: Package) -> Iterator[tuple[str, BookPage | Failure]]:
    """Yield the documents with their names; the pieces of one are joined under the name of the first."""
    name, pages = "", list[BookPage]()
    for document in package.documents:
        try:
            page = read_page(read_member(archive, document))
        except (SourceError, lxml.etree.LxmlError, ValueError) as error:
            yield document, Failure(f"chapter {document}", str(error))
            continue
        if pages and page.title is None and package.is_piece_of(document, name):
            pages.append(page)
            continue
        if pages:
            yield name, pages[0].followed_by(pages[1:])
        name, pages = document, [page]
    if pages:
        yield name, pages[0].followed_by(pages[1:])


def _metadata(page: BookPage, metadata: dict[str, Any], package: Package) -> dict[str, Any]:
    values = {**metadata, "title": page.title or package.metadata.get("title"), "url": page.url}
    return {key: value for key, value in values.items() if value}
