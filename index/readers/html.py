"""Web pages: the article in them, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
import trafilatura
from readability import Document as Readability
from trafilatura.settings import Document

from ..cleaning import (
    GUESS,
    JSON_LD,
    PAGE,
    Declared,
    before_paywall,
    blocks,
    declared,
    joined,
    parse_date,
    without_boilerplate,
)
from ..errors import SourceError
from .base import RawArticle, decode, read_bytes, wide_encoding

_MIN_TEXT = 30  # characters
_MIN_READABLE = 250  # characters: what a second try finds, or stands before a paywall, must be more than a notice


def read_html(path: Path, url: str | None = None) -> Iterator[RawArticle]:
    """A saved page, or one that was fetched from `url`."""
    yield html_article(read_bytes(path), url)


def html_article(data: bytes, url: str | None = None) -> RawArticle:
    """The article of a page; `url` is where it came from, if that is known.

    Raises:
        SourceError: no article text is found in it.
    """
    if wide_encoding(data) or b"\0" in data:
        data = decode(data).encode("utf-8")
    tree = trafilatura.load_html(data)
    if tree is None:
        raise SourceError("no article text: the page is empty, or no page")
    told = declared(tree)  # before the extraction, which takes the tree apart
    page = trafilatura.bare_extraction(
        tree, url=url, fast=True, include_comments=False, include_tables=False, with_metadata=True
    )
    text = str(page.text or "").replace("\n", "\n\n") if isinstance(page, Document) else ""
    text = without_boilerplate(text) or _readable(data)
    before_wall = before_paywall(text)
    if len(text) < _MIN_TEXT or (before_wall != text and len(before_wall) < _MIN_READABLE):
        raise SourceError("no article text: a page of links, behind a paywall, or made by scripts?")
    return RawArticle(before_wall, _metadata(page if isinstance(page, Document) else None, told, url))


def _readable(data: bytes) -> str:
    """A second try, by other rules."""
    try:
        main = Readability(data.decode("utf-8", "replace")).summary(html_partial=True)
        text = without_boilerplate(blocks(main)[1])
    except (lxml.etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        return ""  # it gives up in many ways
    return text if len(text) >= _MIN_READABLE else ""


def _metadata(page: Document | None, told: dict[str, Declared], url: str | None) -> dict[str, Any]:
    """What is known of the article: dates as declared, names as trafilatura tidies them; each with its origin."""
    found: dict[str, Any] = {}
    origins: dict[str, str] = {}
    tidied = {"title": page.title, "author": page.author, "publisher": page.sitename} if page else {}
    for key in ("title", "author", "publisher"):
        at = told.get(key)
        if value := tidied.get(key) or (at.value if at else None):
            is_declared = at is not None and (not tidied.get(key) or _is_alike(at.value, str(value)))
            found[key], origins[key] = value, at.origin if at and is_declared else PAGE
    if "author" in told and told["author"].origin == JSON_LD and "://" not in told["author"].value:
        found["author"], origins["author"] = told["author"].value, JSON_LD
    for key in ("published", "modified"):
        if key in told and parse_date(told[key].value):
            found[key], origins[key] = told[key].value, told[key].origin
    if "language" in told:
        found["language"] = told["language"].value
    if "published" not in found and page and page.date:
        found["published"], origins["published"] = page.date, GUESS
    canonical = joined(url, told["url"].value) if "url" in told else None
    found["url"] = canonical or url or (page.url if page else None)
    return {**found, "origins": origins}


def _is_alike(declared_value: str, tidied: str) -> bool:
    """True where a tidied name is that which was declared, but for order and case."""
    words = set(re.findall(r"\w+", tidied.lower()))
    return len(words & set(re.findall(r"\w+", declared_value.lower()))) >= 0.6 * len(words)
