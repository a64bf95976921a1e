"""What was fetched, read as the file that it is: which kind of file, and under which address its article is known."""

from __future__ import annotations

import gzip
import re
import tempfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from .errors import SourceError
from .fetch import Fetched, FetchRefused, normal_url, plain_host, without_tracking
from .formats.files import MAX_FILE_BYTES, Listed
from .formats.readers import is_supported
from .load import load
from .metadata import metadata_line
from .records import Failure, LoadedArticle

_BY_MEDIA_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "multipart/related": ".mhtml",
    "message/rfc822": ".eml",
    "application/mbox": ".mbox",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/plain": ".txt",
}
_VAGUE = ("", "application/octet-stream", "binary/octet-stream", "text/plain", "application/x-gzip", "application/gzip")
_PAGE = re.compile(rb"<!doctype html|<html\b", re.IGNORECASE)
_LIST = re.compile(rb"<(?:[\w.-]+:)?(?:rss|feed|rdf|urlset|sitemapindex)\b", re.IGNORECASE)
_LOOKED_AT = 2_000  # bytes
_TEXTS = (".html", ".txt", ".md", ".csv", ".tsv", ".jsonl")  # in an encoding that the server may name


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or a sitemap lists. `kind` is "feed" or "sitemap"."""

    kind: str
    title: str
    items: list[Listed | Failure]


def read_fetched(fetched: Fetched) -> Listing | list[LoadedArticle | Failure]:
    """The articles of what was fetched, or what it lists.

    Raises:
        SourceError: it can't be read, or holds no article.
    """
    data = _unpacked(fetched.data or b"")
    if not data.strip():
        raise SourceError("no article text: the answer is empty")
    kind = _kind(data, fetched)
    if kind in _TEXTS:
        data = _in_utf8(data, fetched.charset)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"fetched{kind}")
        path.write_bytes(data)
        found = list(load(path, fetched.url, is_fetched=True))
    listed = [item for item in found if not isinstance(item, LoadedArticle)]
    if isinstance(head := found[0], Listed):
        return Listing(head.kind, metadata_line(head.metadata.get("title")) or fetched.url, listed[1:])
    articles = [item for item in found if not isinstance(item, Listed)]
    return [_known_by_address(item, fetched.url) if isinstance(item, LoadedArticle) else item for item in articles]


def _known_by_address(article: LoadedArticle, url: str) -> LoadedArticle:
    if article.source != url:  # one of several in a file, known by its part of that, or by an address of its own
        return article
    address = _canonical(article.url, url)
    return replace(article, source=address, url=address)


def _canonical(declared: str | None, url: str) -> str:
    """The address that a page declares as its own, where it may: of the same site, and not its front page."""
    own = without_tracking(url)
    try:
        canonical = without_tracking(normal_url(declared or ""))
    except FetchRefused:
        return own
    is_front = urlsplit(canonical).path == "/" and not urlsplit(canonical).query
    return canonical if plain_host(canonical) == plain_host(own) and not is_front else own


def _kind(data: bytes, fetched: Fetched) -> str:
    """The ending of a file of this kind: by what it begins with, by what the server calls it, by its address.

    Raises:
        SourceError: no kind that can be read.
    """
    start = data[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF"):
        return ".pdf"
    if start.startswith(b"<"):
        page, listing = _PAGE.search(start), _LIST.search(start)
        if page and not (listing and listing.start() < page.start()):
            return ".html"
        if listing or start.startswith(b"<?xml") or fetched.media_type.endswith("xml"):
            return ".xml"
    named = Path(urlsplit(fetched.url).path).suffix.lower()
    if fetched.media_type in _VAGUE and is_supported(f"x{named}"):
        return named
    if (kind := _BY_MEDIA_TYPE.get(fetched.media_type)) is not None:
        return kind
    if start.startswith(b"<"):
        return ".html"
    raise SourceError(f"what lies there can't be read: it is {fetched.media_type or 'of an unknown kind'}")


def _unpacked(data: bytes) -> bytes:
    """`data`, or what is packed in it: sitemaps often come as .xml.gz."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(data, MAX_FILE_BYTES + 1)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise SourceError("what lies there is damaged: it can't be unpacked") from error
    if len(unpacked) > MAX_FILE_BYTES:
        raise SourceError(f"it has more than {MAX_FILE_BYTES / 1e6:.0f} MB unpacked")
    return unpacked


def _in_utf8(data: bytes, charset: str | None) -> bytes:
    """Text in the encoding that the server names, as UTF-8; as it is where it is that already, or isn't so."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(charset or "utf-8").encode("utf-8")
        except (UnicodeError, LookupError):
            pass
    return data
