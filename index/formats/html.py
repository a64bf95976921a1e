"""Web pages: the article in them, without what stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import trafilatura
from trafilatura.settings import Document

from ..errors import SourceError
from .files import RawArticle, decode, read_bytes, wide_encoding


def read_html(path: Path) -> Iterator[RawArticle]:
    """A saved page."""
    yield html_article(read_bytes(path))


def html_article(data: bytes, url: str | None = None) -> RawArticle:
    """The article of a page; `url` is where it came from, if that is known.

    Raises:
        SourceError: no article text is found in it.
    """
    if wide_encoding(data) or b"\0" in data:
        data = decode(data).encode("utf-8")
    page = trafilatura.bare_extraction(
        data, url=url, fast=True, include_comments=False, include_tables=False, with_metadata=True
    )
    if not isinstance(page, Document) or not (page.text or "").strip():
        raise SourceError("no article text found in this page")
    metadata = {
        "title": page.title,
        "author": page.author,
        "publisher": page.sitename,
        "published": page.date,
        "url": page.url or url,
    }
    return RawArticle(str(page.text).replace("\n", "\n\n"), metadata)
