"""What was fetched, read as the file that it is: which kind of file, and under which address its article is known."""

from __future__ import annotations

import html
import itertools
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ..cleaning import joined, metadata_line
from ..errors import SourceError
from ..fetch import Fetched, Gunzip
from ..readers import MAX_FILE_BYTES, Listed, is_supported
from ..records import Failure, LoadedArticle
from .load import load

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
# What labels of encodings stand for on the web: the WHATWG's Encoding standard, section 4.2.
_AS_BROWSERS_DO = {
    **dict.fromkeys(
        ("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1", "ascii", "us-ascii"), "cp1252"
    ),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    **dict.fromkeys(("iso-8859-11", "tis-620"), "cp874"),
}
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_LINK = re.compile(r"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z-]+)\s*=\s*(?:([\"'])(.*?)\2|([^\s\"'>]+))", re.IGNORECASE | re.DOTALL)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml")
_HEAD = 500_000  # bytes of a page in which its feed is looked for
_LOOKED_AT = 2_000  # bytes
_TEXTS = (".html", ".txt", ".md", ".csv", ".tsv", ".jsonl")  # in an encoding that the server may name


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or a sitemap lists. `kind` is "feed" or "sitemap"."""

    kind: str
    title: str
    items: list[Listed | Failure]


def read_fetched(fetched: Fetched) -> Listing | Iterator[LoadedArticle | Failure]:
    """The articles of what was fetched, one by one, or what it lists.

    Raises:
        SourceError: it can't be read, or holds no article; also later, for an article after the first.
    """
    found = _found(fetched)
    first = next(found, None)
    if first is None:
        raise SourceError("no article text: it is empty")
    if isinstance(first, Listed):
        title = metadata_line(first.metadata.get("title")) or fetched.url
        return Listing(first.kind, title, [item for item in found if not isinstance(item, LoadedArticle)])
    return (item for item in itertools.chain([first], found) if not isinstance(item, Listed))


def feed_of(fetched: Fetched) -> str | None:
    """The address of the feed that a page names as its own, the first if there are several (RSS autodiscovery)."""
    data = fetched.data or b""
    try:
        if _kind(data, fetched) != ".html":
            return None
    except SourceError:
        return None
    head = _COMMENT.sub("", _BODY.split(data[:_HEAD].decode("utf-8", "replace"), maxsplit=1)[0])
    for link in _LINK.findall(head):
        values = {name.lower(): quoted or bare for name, _, quoted, bare in _ATTRIBUTE.findall(link)}
        kind = values.get("type", "").partition(";")[0].strip().lower()
        if kind in _FEED_TYPES and "alternate" in values.get("rel", "").lower().split():
            return joined(fetched.url, html.unescape(values.get("href", "")))
    return None


def _found(fetched: Fetched) -> Iterator[LoadedArticle | Listed | Failure]:
    data = _unpacked(fetched.data or b"")
    if not data.strip():
        raise SourceError("no article text: the answer is empty")
    kind = _kind(data, fetched)
    if kind in _TEXTS:
        data = _in_utf8(data, fetched.charset)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"fetched{kind}")
        path.write_bytes(data)
        yield from load(path, fetched.url, is_fetched=True)


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
    unpack = Gunzip(MAX_FILE_BYTES)
    unpacked = unpack(data)
    if len(unpacked) > MAX_FILE_BYTES:
        raise SourceError(f"it has more than {MAX_FILE_BYTES / 1e6:.0f} MB unpacked")
    if not unpack.is_whole:
        raise SourceError("what lies there is damaged: the end is missing")
    return unpacked


def _in_utf8(data: bytes, charset: str | None) -> bytes:
    """Text in the encoding that the server names, as UTF-8; as it is where it is that already, or isn't so."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(_AS_BROWSERS_DO.get(charset or "", charset or "utf-8")).encode("utf-8")
        except (UnicodeError, LookupError):
            pass
    return data
