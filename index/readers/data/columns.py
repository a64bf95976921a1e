"""The fields of an article by the names that tables, JSON and front matter give them."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ...cleaning import html_to_text
from ...records import Failure, Skipped
from ..base import ListEntry, RawArticle, UnusedKeys

RecordItem = RawArticle | ListEntry | Failure | Skipped | UnusedKeys  # what a record yields

# Names of each field, without capitals and punctuation: `publishedAt`, "Published at" and `published_at` are the same.
# The first that has a value is used.
NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "article", "articletext", "fulltext", "maintext", "articlebody", "bodytext"),
        *("textcontent", "contenttext", "plaintext", "cleanedtext", "cleantext", "rawtext", "story", "storytext"),
        *("articlecontent", "contents", "contenthtml", "bodyhtml", "contentencoded", "html"),
    ),
    "title": ("title", "headline", "articletitle", "webtitle", "name", "heading", "storytitle", "newstitle"),
    "url": (
        *("url", "link", "address", "permalink", "canonicalurl", "articleurl", "weburl", "sourceurl", "pageurl"),
        *("articlelink", "originalurl", "documentidentifier", "externalurl", "resolvedurl", "givenurl", "href", "uri"),
    ),
    "published": (
        *("published", "date", "publishedat", "publishdate", "publicationdate", "pubdate", "datepublished"),
        *("datepublish", "publisheddate", "publishedon", "publishedtime", "publicationtime", "webpublicationdate"),
        *("articlepublishedtime", "dateofpublication", "firstpublished", "postdate", "dateposted", "articledate"),
        *("datetime", "published_parsed"),
    ),
    "modified": (
        *("modified", "updated", "updatedat", "datemodified", "datemodify", "modifiedat", "lastmodified", "lastmod"),
        *("dateupdated", "updateddate", "modifieddate", "articlemodifiedtime"),
    ),
    "author": ("author", "authors", "byline", "creator", "dccreator", "writer", "writers", "reporter", "authorname"),
    "publisher": (
        *("publisher", "outlet", "publication", "sitename", "sourcename", "medianame", "newspaper", "source", "site"),
        *("publicationname", "publishername", "outletname", "newsoutlet", "media", "website", "journal"),
        *("sourcedomain", "domain"),
    ),
    "language": ("language", "lang", "languagecode", "inlanguage"),
}
# What programs write for "no value".
_MISSING = frozenset(
    ("", "nan", "nat", "none", "null", "nil", "n/a", "<na>", "#n/a", "na", "undefined", "(null)", "\\n", "-", "--")
)
_PUNCTUATION = re.compile(r"[\W_]+")
_MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|ul|ol|blockquote)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MAX_CUT = 40  # characters
_CUT = re.compile(r"\s?\[\+\d{1,9} chars\]\s{0,9}\Z")  # of NewsAPI, at the end of a text
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")  # of notes: "[[Ada Brown]]", "[[People/Ada|Ada]]"
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,300})\]\((https?://[^\s()]{1,2000})\)")
_DAY_NAMES = ("$date", "date", "iso", "value", "rendered", "@value")
_TEXT_NAMES = ("rendered", "text", "value", "#text", "@value")
_INNER_NAMES = ("rendered", "name", "main", "title", "text", "value", "original", "#text", "@value")


@dataclass(slots=True)
class RecordReader:
    """Finds the fields of articles in records: rows of a table, objects of JSON, front matter.

    Attributes:
        columns: the names of some fields in these records, if they aren't the usual ones.
        noun: what a record is called in messages.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    noun: str = "row"
    _used: set[str] = field(default_factory=set)
    _seen: dict[str, None] = field(default_factory=dict)  # in order

    def fields(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values for "text" and `RawArticle.METADATA_KEYS` that a record has."""
        return self._find(NAMES, record)

    def metadata(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values for `RawArticle.METADATA_KEYS` that a record has."""
        return self._find(RawArticle.METADATA_KEYS, record)

    def items(self, record: Mapping[str, Any], part: str, unit: str) -> Iterator[RecordItem]:
        """Yield the article of a record or, if it has no key for a text, the address in it."""
        fields = self.fields(record)
        if text := fields.pop("text", None):
            if _CUT.search(text, max(0, len(text) - _MAX_CUT)):
                yield Skipped(f"{unit} {part}", "the source cut the text; add the address to read the whole article")
                text = _CUT.sub("", text)
            yield RawArticle(text, fields, part, unit=unit, is_at_url=True)
        elif self.has("text", record):
            yield Failure(f"{unit} {part}", f"the {self.noun} has no text")
        elif "url" in fields:
            yield ListEntry(fields.pop("url"), fields)
        else:
            accepted = (self.columns["text"],) if "text" in self.columns else NAMES["text"][:3]
            reason = f"no key contains the text of the article, such as {' or '.join(accepted)}, nor an address"
            yield Failure(f"{unit} {part}", reason)

    def has_value(self, name: str, record: Mapping[str, Any]) -> bool:
        """Return whether a record has a value that may be the one of a field."""
        accepted = set(self._accepted(name))
        values = (value for key, value in record.items() if normalize_name(key) in accepted and not is_missing(value))
        if name == "text":
            return any(_raw_text(value) is not None for value in values)
        return any(_suits(name, plain_value(value)) for value in values)

    def has(self, name: str, keys: Iterable[str]) -> bool:
        """Return whether one of the keys is for a field."""
        return not {normalize_name(key) for key in keys}.isdisjoint(self._accepted(name))

    def unused(self) -> Iterator[UnusedKeys]:
        """Yield the keys that had values, and from which no field of any record was taken."""
        if names := tuple(key for key in self._seen if key not in self._used):
            yield UnusedKeys(names)

    def _find(self, wanted: Iterable[str], record: Mapping[str, Any]) -> dict[str, Any]:
        keys: dict[str, list[str]] = {}
        for key, value in record.items():
            if not is_missing(value):
                keys.setdefault(normalize_name(key), []).append(key)
                self._seen[key] = None
        found = {name: self._first(name, record, keys) for name in wanted}
        return {name: value for name, value in found.items() if value is not None}

    def _accepted(self, name: str) -> tuple[str, ...]:
        return (normalize_name(self.columns[name]),) if name in self.columns else NAMES[name]

    def _first(self, name: str, record: Mapping[str, Any], keys: Mapping[str, list[str]]) -> Any:
        for key in (key for accepted in self._accepted(name) for key in keys.get(accepted, ())):
            value = record[key]
            if name == "text":
                value = article_text(value)
            elif name in ("published", "modified"):
                value = _day(value)
            else:
                value = _link_target(value) if name == "url" else plain_value(value)
            if not is_missing(value) and (name in self.columns or _suits(name, value)):
                self._used.add(key)
                return value
        if name == "url" and name not in self.columns:  # "source" is an outlet, or the address of the article
            for key in keys.get("source", ()):
                if _is_article_url(target := _link_target(record[key])):
                    self._used.add(key)
                    return target
        return None


@functools.lru_cache(maxsize=10_000)
def normalize_name(name: str) -> str:
    """Return the name of a column or key without capitals, spaces and punctuation."""
    return _PUNCTUATION.sub("", name.casefold())


def is_missing(value: object) -> bool:
    """Return whether a value means that there is none: empty, NaN, "null"."""
    if isinstance(value, str):
        return len(value) < 12 and value.strip().casefold() in _MISSING
    return value is None or value != value or value in ([], {}, ())  # NaN isn't equal to itself


def article_text(value: object) -> str | None:
    """Return the text of an article from a value: a string, its paragraphs, or an object with the text; else None."""
    text = _raw_text(value)
    return html_to_text(text).text if text and _MARKUP.search(text) else text


def _raw_text(value: object) -> str | None:
    if isinstance(value, Mapping):
        value = next((inner for name in _TEXT_NAMES if isinstance(inner := value.get(name), str)), None)
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        value = "\n\n".join(value)
    return value if isinstance(value, str) else None


def plain_value(value: object) -> object:
    """Return the name in an object such as `{"name": "The Post"}` or a link "[[The Post]]", also in a list of them."""
    if isinstance(value, Mapping):
        return next((inner for name in _INNER_NAMES if isinstance(inner := value.get(name), str)), None)
    if isinstance(value, list | tuple):
        flat = itertools.chain.from_iterable(item if isinstance(item, list) else [item] for item in value)
        return [item for item in (plain_value(item) for item in flat if not isinstance(item, list)) if item]
    if isinstance(value, str) and (link := _WIKI_LINK.fullmatch(value.strip())):
        return link[1]
    if isinstance(value, str) and (link := _MARKDOWN_LINK.fullmatch(value.strip())):
        return link[1]
    return value


def _link_target(value: object) -> object:
    """Return the address in a link of Markdown, "[Ferry](https://post.example/ferry)"; others as is."""
    link = _MARKDOWN_LINK.fullmatch(value.strip()) if isinstance(value, str) else None
    return link[2] if link else plain_value(value)


def _day(value: object) -> object:
    """Return the day in a value such as `{"$date": "2023-03-07"}`, "[[2023-03-07]]" or a list of one."""
    if isinstance(value, Mapping):
        return next((inner for name in _DAY_NAMES if isinstance(inner := value.get(name), str | int)), None)
    if isinstance(value, list | tuple):
        return _day(value[0]) if value and not isinstance(value[0], list) else None
    return plain_value(value)


def _suits(name: str, value: object) -> bool:
    """Return whether a value found by a usual name can be one of the field."""
    if name == "publisher":
        return not _is_article_url(value)
    if name == "url":
        return isinstance(value, str) and _scheme(value) in ("http", "https")
    return name not in ("title", "text") or isinstance(value, str)


def _is_article_url(value: object) -> bool:
    """Return whether a value is the address of a page other than the front page."""
    if not isinstance(value, str) or _scheme(value) not in ("http", "https"):
        return False
    parts = urlsplit(value.strip())
    return bool(parts.path.strip("/") or parts.query)


def _scheme(value: str) -> str:
    """Return the scheme of a URL, "" if it isn't one."""
    try:
        return urlsplit(value.strip()).scheme.lower()
    except ValueError:
        return ""
