"""RSS and Atom feeds, and sitemaps: lists of the URLs of articles."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path

import feedparser
import lxml.etree

from ..cleaning import html_to_text, resolve_url
from ..errors import SourceError
from ..records import Failure, Skipped
from .base import ListEntry, RawArticle, read_bytes
from .html import read_page
from .xml import parse_xml

_ROOT_ELEMENT = re.compile(rb"<(?!\?|!)\s*(?:[\w.-]+:)?([A-Za-z]+)")
_ITEM_END = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_SURROGATE_REFERENCE = re.compile(
    rb"&#(?:x0*d[89a-f][0-9a-f]{2}|0*5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]));", re.IGNORECASE
)
_MIN_FULL_TEXT = 250  # characters; a shorter text is a summary
_FEED_ROOTS, _SITEMAP_ROOTS = ("rss", "feed", "rdf"), ("urlset", "sitemapindex")


def read_xml(path: Path, url: str | None) -> Iterator[RawArticle | ListEntry | Failure | Skipped]:
    """Read the entries of a feed or a sitemap, or the article of a web page in XML.

    Raises:
        SourceError: the XML is something else, or is damaged.
    """
    data = read_bytes(path)
    root_element = _ROOT_ELEMENT.search(data)
    root = root_element[1].decode().lower() if root_element else ""
    if root == "html":
        yield from read_page(data, url)
    elif b"<!ENTITY" in data:
        raise SourceError("the XML declares its own entities, which aren't supported for security reasons")
    elif root in _FEED_ROOTS:
        yield from _read_feed(data, url or "")
    elif root in _SITEMAP_ROOTS:
        yield from _read_sitemap(data, url or "")
    else:
        raise SourceError(f"the XML isn't a feed, a sitemap or a web page: its root element is <{root or '?'}>")


def _read_feed(data: bytes, url: str) -> Iterator[ListEntry | Failure]:
    shortened, count = _first_items(_SURROGATE_REFERENCE.sub(b"", data))
    # Passed as a stream: feedparser would open a string that looks like a path or a URL.
    feed = feedparser.parse(io.BytesIO(shortened), response_headers={"content-location": url}, sanitize_html=False)
    if not feed.version and not feed.entries:
        raise SourceError("the feed is damaged: it has no readable entries")
    yield ListEntry(url, {"title": feed.feed.get("title")}, kind="feed")
    for number, entry in enumerate(feed.entries, 1):
        link = resolve_url(url, entry.get("link"))
        if not link:
            yield Failure(f"item {number}", "it has no valid link")
            continue
        metadata = {"title": entry.get("title"), "author": entry.get("author"), "published": entry.get("published")}
        metadata["text"] = _full_text(entry)
        content = (entry.get("title"), entry.get("updated"), entry.get("published"), entry.get("summary"))
        version = hashlib.blake2b(repr(content).encode("utf-8", "replace"), digest_size=8).hexdigest()
        yield ListEntry(link, {key: value for key, value in metadata.items() if value}, version=version)
    if count > ListEntry.MAX_PER_LIST:
        yield _too_many("feed", count, "articles")


def _full_text(entry: feedparser.FeedParserDict) -> str:
    """Return the text of an entry that contains the whole article, and not only a summary."""
    contents = [str(content.get("value") or "") for content in entry.get("content", ())]
    texts = [html_to_text(f"<div>{content}</div>").text for content in contents if len(content) >= _MIN_FULL_TEXT]
    return next((text for text in texts if len(text) >= _MIN_FULL_TEXT), "")


def _first_items(data: bytes) -> tuple[bytes, int]:
    """Cut a feed after the maximum number of items. Return it and the number of items that it had."""
    item_ends = [match.end() for match in _ITEM_END.finditer(data)]
    if len(item_ends) <= ListEntry.MAX_PER_LIST:
        return data, len(item_ends)
    return data[: item_ends[ListEntry.MAX_PER_LIST - 1]] + data[item_ends[-1] :], len(item_ends)


def _read_sitemap(data: bytes, url: str) -> Iterator[ListEntry | Failure]:
    root = parse_xml(data)
    kind = "sitemap" if str(root.tag).endswith("sitemapindex") else "article"
    locations = [(child, (child.findtext("{*}loc") or "").strip()) for child in root if isinstance(child.tag, str)]
    locations = [(child, location) for child, location in locations if location]
    if not locations:
        raise SourceError("the sitemap is empty")
    yield ListEntry(url, {}, kind="sitemap")
    for child, location in locations[: ListEntry.MAX_PER_LIST]:
        version = (child.findtext("{*}lastmod") or "").strip()
        if link := resolve_url(url, location):
            yield ListEntry(link, _news_metadata(child), kind=kind, version=version)
        else:
            yield Failure(location[:200], "this is not a valid URL")
    if len(locations) > ListEntry.MAX_PER_LIST:
        yield _too_many("sitemap", len(locations), "addresses")


def _news_metadata(entry: lxml.etree._Element) -> dict[str, str]:
    """Return what a news sitemap says about an article. Its title isn't used: the page has it."""
    names = {"published": "publication_date", "publisher": "publication/{*}name"}
    found = {key: (entry.findtext(f"{{*}}news/{{*}}{name}") or "").strip() for key, name in names.items()}
    return {key: value for key, value in found.items() if value}


def _too_many(name: str, count: int, unit: str) -> Failure:
    reason = f"the {name} lists {count:,} {unit}, and only the first {ListEntry.MAX_PER_LIST:,} are read"
    return Failure("other entries", reason)
