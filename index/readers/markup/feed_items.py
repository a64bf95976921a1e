"""Feeds that were saved as files (RSS, Atom), and exports of WordPress (WXR): the articles in their items."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import lxml.etree

from ...cleaning import html_to_text
from ...errors import SourceError
from ...records import Failure, Skipped
from ..base import ListEntry, RawArticle
from .elements import child_text, read_elements

FeedItem = RawArticle | ListEntry | Failure | Skipped

_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_RSS_AUTHOR = re.compile(r"[^\s@()]{1,100}@[^\s@()]{1,100}\s{1,5}\(([^()]{1,300})\)")  # "ada@post.example (Ada Brown)"
_MIN_TEXT = 500  # characters of a description that is the whole text, if an item has no other


def read_feed_items(path: Path) -> Iterator[FeedItem]:
    """Read the articles of a saved feed or export. An item without its text is an address.

    Raises:
        SourceError: the file is damaged, or contains no item.
    """
    publisher, count = "", 0
    authors: dict[str, str] = {}
    left_out: Counter[str] = Counter()
    for element in read_elements(path, ("item", "entry"), ("title", "author")):
        name = lxml.etree.QName(element).localname
        if name == "title":
            publisher = publisher or _title_of_feed(element)
        elif name == "author":
            if login := child_text(element, "{*}author_login"):
                authors[login] = child_text(element, "{*}author_display_name") or login
        elif reason := _unpublished(element):
            left_out[reason] += 1
        else:
            count += 1
            yield _read_item(element, str(count), publisher, authors)
    if not count:
        raise SourceError("the feed contains no articles")
    for reason, number in left_out.items():
        yield Skipped("", f"{number:,} {reason}")


def _title_of_feed(element: lxml.etree._Element) -> str:
    parent = element.getparent()
    is_feed = parent is not None and lxml.etree.QName(parent).localname in ("channel", "feed")
    return " ".join("".join(element.itertext()).split()) if is_feed else ""


def _unpublished(item: lxml.etree._Element) -> str:
    """Return what an item of an export is instead of a published article, in the plural; "" if it is one."""
    kind, status = child_text(item, "{*}post_type"), child_text(item, "{*}status")
    if not kind:
        return ""  # not an export of WordPress
    if kind not in ("post", "page"):
        return f"items of the type {kind!r}"
    return f"articles with the status {status!r}" if status and status != "publish" else ""


def _read_item(item: lxml.etree._Element, part: str, publisher: str, authors: dict[str, str]) -> FeedItem:
    text, link = _text(item), _link(item)
    metadata = {
        "title": html_to_text(child_text(item, "{*}title")).text,
        "url": link,
        "author": _author(item, authors),
        "publisher": publisher,
        "published": child_text(item, "{*}post_date", "{*}pubDate", "{*}published", "{*}issued", "{*}date"),
        "modified": child_text(item, "{*}updated", "{*}modified"),
    }
    metadata = {key: value for key, value in metadata.items() if value}
    if text:
        return RawArticle(text, metadata, part, unit="item", is_at_url=True)
    return ListEntry(link, metadata) if link else Failure(f"item {part}", "it has neither a text nor an address")


def _text(item: lxml.etree._Element) -> str:
    full = child_text(item, _ENCODED) or _atom_content(item)
    if full:
        return html_to_text(full).text
    description = html_to_text(child_text(item, "{*}description", "{*}summary")).text
    return description if len(description) >= _MIN_TEXT or not _link(item) else ""


def _atom_content(item: lxml.etree._Element) -> str:
    content = item.find("{*}content")
    if content is None or content.get("src"):
        return ""
    if len(content):  # XHTML
        return str(lxml.etree.tostring(content, encoding="unicode", with_tail=False))
    return (content.text or "").strip()


def _link(item: lxml.etree._Element) -> str:
    for link in item.iterfind("{*}link"):
        href = (link.get("href") or link.text or "").strip()
        if link.get("rel", "alternate") == "alternate" and href.startswith(("http://", "https://")):
            return href
    return ""


def _author(item: lxml.etree._Element, authors: dict[str, str]) -> str:
    name = child_text(item, _CREATOR, "{*}author/{*}name", "{*}author")
    match = _RSS_AUTHOR.fullmatch(name)
    return match[1] if match else authors.get(name, name)
