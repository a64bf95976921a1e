"""Read a fetched response by its content type: the articles in it, or the addresses that it lists."""

from __future__ import annotations

import html
import itertools
import re
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ..cleaning import ArticleFields, resolve_url, web_encoding
from ..errors import SourceError
from ..fetch import FetchResult, GzipDecompressor
from ..readers import FILE_KINDS, MAX_FILE_BYTES, FileKind, ListEntry, UnusedKeys
from ..records import Failure, LoadedArticle, Skipped
from .load import LoadedItem, load

# Media types that don't identify the kind of file.
_GENERIC_TYPES = (
    "",
    "application/octet-stream",
    "binary/octet-stream",
    "text/plain",
    "application/x-gzip",
    "application/gzip",
)
_HTML_START = re.compile(rb"<!doctype html|<html\b", re.IGNORECASE)
_LISTING_START = re.compile(rb"<(?:[\w.-]+:)?(?:rss|feed|rdf|urlset|sitemapindex)\b", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_LINK = re.compile(r"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?<![a-z-])([a-z-]++)\s*+=\s*+(?:([\"'])(.*?)\2|([^\s\"'>]+))", re.IGNORECASE | re.DOTALL)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml")
_MAX_HEAD_BYTES = 500_000  # of a page, searched for the link to its feed
_SNIFFED_BYTES = 2_000


@dataclass(frozen=True, slots=True)
class Listing:
    """The contents of a feed, a sitemap or another list of addresses: `kind` is "feed", "sitemap" or "list"."""

    kind: str
    title: str
    items: list[ListEntry | Failure | Skipped | UnusedKeys]


def read_fetched(
    fetched: FetchResult, stop: threading.Event | None = None
) -> Listing | Iterator[LoadedArticle | Failure | Skipped | UnusedKeys]:
    """Return the articles of a response, as an iterator, or the contents of a feed or a sitemap.

    Raises:
        SourceError: it can't be read, or contains no article; the iterator raises it too.
    """
    items = _read_items(fetched, stop)
    first = next(items, None)
    if first is None:
        raise SourceError("no article text found: the response is empty")
    if isinstance(first, ListEntry) and first.kind == "article":  # a list without a title of its own
        entries = [item for item in itertools.chain([first], items) if not isinstance(item, LoadedArticle)]
        return Listing("list", fetched.url, entries)
    if isinstance(first, ListEntry):
        title = ArticleFields.from_source(first.metadata).title or fetched.url
        return Listing(first.kind, title, [item for item in items if not isinstance(item, LoadedArticle)])
    return (_without_address(item) for item in itertools.chain([first], items))


def _without_address(item: LoadedItem) -> LoadedArticle | Failure | Skipped | UnusedKeys:
    """Return an item; an address beside articles is skipped."""
    if isinstance(item, ListEntry):
        return Skipped(item.url, "it is listed beside articles, and isn't fetched; add it itself")
    return item


def find_feed_url(fetched: FetchResult) -> str | None:
    """Return the URL of the first feed that a page declares as its own (RSS autodiscovery), or None."""
    body = fetched.body or b""
    try:
        if _detect_suffix(body, fetched) != ".html":
            return None
    except SourceError:
        return None
    head = _COMMENT.sub("", _BODY.split(body[:_MAX_HEAD_BYTES].decode("utf-8", "replace"), maxsplit=1)[0])
    for link in _LINK.findall(head):
        attributes = {name.lower(): quoted or bare for name, _, quoted, bare in _ATTRIBUTE.findall(link)}
        media_type = attributes.get("type", "").partition(";")[0].strip().lower()
        if media_type in _FEED_TYPES and "alternate" in attributes.get("rel", "").lower().split():
            return resolve_url(fetched.url, html.unescape(attributes.get("href", "")))
    return None


def _read_items(fetched: FetchResult, stop: threading.Event | None) -> Iterator[LoadedItem]:
    data = _decompress(fetched.body or b"")
    if not data.strip():
        raise SourceError("no article text found: the response is empty")
    suffix = _detect_suffix(data, fetched)
    if FileKind.of(f"fetched{suffix}").is_text:  # the server's charset applies
        data = _to_utf8(data, fetched.charset)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"fetched{suffix}")
        path.write_bytes(data)
        yield from load(path, fetched.url, is_fetched=True, stop=stop)


def _detect_suffix(data: bytes, fetched: FetchResult) -> str:
    """Return the file name suffix for the content: by its first bytes, its media type, or its URL.

    Raises:
        SourceError: this kind of content isn't supported.
    """
    start = data[:_SNIFFED_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    if sniffed := _sniff_suffix(start, fetched.media_type):
        return sniffed
    url_path = Path(urlsplit(fetched.url).path)
    url_suffix = Path(url_path.stem if url_path.suffix == ".gz" else url_path).suffix.lower()  # it is decompressed
    if fetched.media_type in _GENERIC_TYPES and url_suffix in FILE_KINDS:
        return url_suffix
    if kind := FileKind.of_media_type(fetched.media_type):
        return kind.suffixes[0]
    if start.startswith(b"<"):
        return ".html"
    raise SourceError(f"unsupported content type: {fetched.media_type or 'unknown'}")


def _sniff_suffix(start: bytes, media_type: str) -> str | None:
    """Recognize PDF, HTML and XML by the first bytes."""
    if start.startswith(b"%PDF"):
        return ".pdf"
    if not start.startswith(b"<"):
        return None
    page, listing = _HTML_START.search(start), _LISTING_START.search(start)
    if page and not (listing and listing.start() < page.start()):
        return ".html"
    if listing or start.startswith(b"<?xml") or media_type.endswith("xml"):
        return ".xml"
    return None


def _decompress(data: bytes) -> bytes:
    """Decompress gzip data, and return other data unchanged: sitemaps are often served as .xml.gz."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    decompressor = GzipDecompressor(MAX_FILE_BYTES)
    decompressed = decompressor.decompress(data)
    if len(decompressed) > MAX_FILE_BYTES:
        raise SourceError(f"the decompressed file is larger than {MAX_FILE_BYTES / 1e6:.0f} MB, the limit")
    if not decompressor.is_complete:
        raise SourceError("the file is incomplete: its gzip data ends too early")
    return decompressed


def _to_utf8(data: bytes, charset: str | None) -> bytes:
    """Convert text to UTF-8 from the server's charset; unchanged if it is UTF-8 already or the charset is wrong."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(web_encoding(charset or "utf-8")).encode("utf-8")
        except (UnicodeError, LookupError):
            pass
    return data
