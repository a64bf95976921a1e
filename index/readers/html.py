"""Web pages: the article without navigation, advertisements and other boilerplate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import lxml.etree
import lxml.html
import trafilatura
from readability import Document as Readability
from trafilatura.metadata import extract_author
from trafilatura.settings import Document

from ..cleaning import PageMetadata, clean_page_text, html_to_text
from ..errors import SourceError
from .base import RawArticle, decode, read_bytes, utf_16_encoding

_MIN_TEXT = 30  # characters
_MIN_UNCERTAIN_TEXT = 250  # characters, if readability extracted the text or there is a paywall: more than a notice


def read_html(path: Path, url: str | None = None) -> Iterator[RawArticle]:
    """Read the article of a saved page, or of a page fetched from `url`."""
    yield html_article(read_bytes(path), url)


def html_article(data: bytes, url: str | None = None) -> RawArticle:
    """Extract the article of a page; `url` is the address of the page, if known.

    Raises:
        SourceError: the page contains no article text.
    """
    if utf_16_encoding(data) or b"\0" in data:
        data = decode(data).encode("utf-8")
    tree = trafilatura.load_html(data)
    if tree is None:
        raise SourceError("no article text found: the page is empty or isn't HTML")
    # Before the extraction, which modifies the tree.
    metadata = PageMetadata.from_tree(tree, data, url, author=extract_author(tree))
    extracted = trafilatura.bare_extraction(
        tree, url=url, fast=True, include_comments=False, include_tables=False, with_metadata=False
    )
    page = extracted if isinstance(extracted, Document) else None
    text = _article_text(page, data)
    return RawArticle(text, metadata.as_mapping())


def _article_text(page: Document | None, data: bytes) -> str:
    text = str(page.text or "").replace("\n", "\n\n") if page else ""
    article = clean_page_text(text)
    if not article.text and not article.is_paywalled:
        return _readability_text(data)
    if len(article.text) < (_MIN_UNCERTAIN_TEXT if article.is_paywalled else _MIN_TEXT):
        raise _no_article_text()
    return article.text


def _readability_text(data: bytes) -> str:
    """Extract the text by the rules of readability."""
    try:
        main = Readability(data.decode("utf-8", "replace")).summary(html_partial=True)
        text = clean_page_text(html_to_text(main).text).text
    except (lxml.etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        text = ""  # readability raises all of these for malformed pages
    if len(text) < _MIN_UNCERTAIN_TEXT:
        raise _no_article_text()
    return text


def _no_article_text() -> SourceError:
    return SourceError("no article text found: the page may be a list of links, behind a paywall, or need JavaScript")
