"""What lists addresses of articles: RSS and Atom feeds, and sitemaps."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path

import feedparser

from ..cleaning import joined
from ..errors import SourceError
from ..records import Failure
from .base import MAX_LISTED, Listed, RawArticle, read_bytes
from .html import html_article
from .xml import parse_xml

_ROOT = re.compile(rb"<(?!\?|!)\s*(?:[\w.-]+:)?([A-Za-z]+)")
_ITEM_END = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_SURROGATE = re.compile(
    rb"&#(?:x0*d[89a-f][0-9a-f]{2}|0*5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]));", re.IGNORECASE
)
_FEEDS, _SITEMAPS = ("rss", "feed", "rdf"), ("urlset", "sitemapindex")


def read_xml(path: Path, url: str | None) -> Iterator[RawArticle | Listed | Failure]:
    """What an XML text lists, or the article where it is a page.

    Raises:
        SourceError: it is neither.
    """
    data = read_bytes(path)
    root = _ROOT.search(data)
    kind = root[1].decode().lower() if root else ""
    if kind == "html":
        yield html_article(data, url)
    elif b"<!ENTITY" in data:
        raise SourceError("the XML declares entities of its own, which are not read")
    elif kind in _FEEDS:
        yield from _feed(data, url or "")
    elif kind in _SITEMAPS:
        yield from _sitemap(data, url or "")
    else:
        raise SourceError(f"the XML is no feed, sitemap or page (it begins with <{kind or '?'}>)")


def _feed(data: bytes, url: str) -> Iterator[Listed | Failure]:
    shortened, count = _first_items(_SURROGATE.sub(b"", data))
    # As a stream: text that looks like a path or an address would be opened.
    feed = feedparser.parse(io.BytesIO(shortened), response_headers={"content-location": url}, sanitize_html=False)
    if not feed.version and not feed.entries:
        raise SourceError("the feed is damaged: nothing in it can be read")
    yield Listed(url, {"title": feed.feed.get("title")}, kind="feed")
    for number, entry in enumerate(feed.entries, 1):
        link = joined(url, entry.get("link"))
        if not link:
            yield Failure(f"item {number}", "it has no address")
            continue
        told = {"title": entry.get("title"), "author": entry.get("author"), "published": entry.get("published")}
        said = (entry.get("title"), entry.get("updated"), entry.get("published"), entry.get("summary"))
        version = hashlib.blake2b(repr(said).encode("utf-8", "replace"), digest_size=8).hexdigest()
        yield Listed(link, {key: value for key, value in told.items() if value}, version=version)
    if count > MAX_LISTED:
        yield Failure("the rest", f"it lists {count:,} articles; the first {MAX_LISTED:,} are read")


def _first_items(data: bytes) -> tuple[bytes, int]:
    """The feed with its first items alone, and how many it has."""
    ends = [found.end() for found in _ITEM_END.finditer(data)]
    if len(ends) <= MAX_LISTED:
        return data, len(ends)
    return data[: ends[MAX_LISTED - 1]] + data[ends[-1] :], len(ends)


def _sitemap(data: bytes, url: str) -> Iterator[Listed | Failure]:
    root = parse_xml(data)
    places = [(child, child.findtext("{*}loc")) for child in root if isinstance(child.tag, str)]
    is_index = str(root.tag).endswith("sitemapindex")
    found = [(child, place.strip()) for child, place in places if place and place.strip()]
    if not found:
        raise SourceError("the sitemap lists nothing")
    yield Listed(url, {}, kind="sitemap")
    for child, place in found[:MAX_LISTED]:
        version = (child.findtext("{*}lastmod") or "").strip()
        if link := joined(url, place):
            yield Listed(link, {}, kind="sitemap" if is_index else "article", version=version)
        else:
            yield Failure(place[:200], "it is no address")
    if len(found) > MAX_LISTED:
        yield Failure("the rest", f"it lists {len(found):,} addresses; the first {MAX_LISTED:,} are read")
