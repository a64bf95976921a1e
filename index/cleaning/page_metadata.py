"""Metadata that a web page declares about its article: in JSON-LD (schema.org), meta tags and attributes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .dates import parse_date
from .fields import resolve_url

_MAX_JSON = 1_000_000  # characters of one script
_MAX_NODES = 10_000
_JSON_LD_KEYS = {
    "title": ("headline", "name"),
    "published": ("datePublished",),
    "modified": ("dateModified",),
    "author": ("author",),
    "publisher": ("publisher",),
    "language": ("inLanguage",),
}
_META_NAMES = {
    "title": ("og:title", "twitter:title", "dc.title", "citation_title"),
    "published": (
        "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
        "dcterms.created", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date",
        "citation_publication_date",
    ),
    "modified": ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified"),
    "author": ("author", "article:author", "dc.creator", "byl", "parsely-author", "citation_author"),
    "publisher": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "language": ("og:locale", "language", "content-language", "dc.language"),
}  # fmt: skip


class Origin(StrEnum):
    """The part of a source that a value comes from. The strings are stored in libraries, so they must not change."""

    JSON_LD = "JSON-LD"
    META_TAGS = "meta tags"
    PAGE = "the page"
    PAGE_DATES = "dates on the page"
    FEED = "the feed"


@dataclass(frozen=True, slots=True)
class DeclaredValue:
    """A value and the part of the page that declares it."""

    value: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The title, author, publisher, dates, language and canonical URL ("url") that a page declares."""

    values: Mapping[str, DeclaredValue]

    @classmethod
    def from_tree(cls, tree: Any) -> PageMetadata:
        """Collect the metadata of a page parsed by lxml. JSON-LD has priority over meta tags, these over attributes."""
        return cls({**_attribute_values(tree), **_meta_tag_values(tree), **_json_ld_values(tree)})

    def merged_with(self, extracted: Mapping[str, str | None], url: str | None) -> dict[str, Any]:
        """Return the metadata of the article and, as `origins`, where its names and dates come from.

        Args:
            extracted: the title, author, publisher, date (`published`) and `url` found by the text extraction. Its
                names are cleaned up, so they have priority; its date is a guess, so a declared one has priority.
            url: the URL that the page was fetched from, if known.
        """
        values = {**self._names(extracted), **self._dates()}
        if "published" not in values and (guess := extracted.get("published")):
            values["published"] = DeclaredValue(guess, Origin.PAGE_DATES)
        metadata: dict[str, Any] = {key: declared.value for key, declared in values.items()}
        if language := self.values.get("language"):
            metadata["language"] = language.value
        canonical = self.values.get("url")
        canonical_url = resolve_url(url, canonical.value) if canonical else None
        metadata["url"] = canonical_url or url or extracted.get("url")
        metadata["origins"] = {key: declared.origin.value for key, declared in values.items()}
        return metadata

    def _names(self, extracted: Mapping[str, str | None]) -> dict[str, DeclaredValue]:
        names: dict[str, DeclaredValue] = {}
        for key in ("title", "author", "publisher"):
            declared = self.values.get(key)
            if name := extracted.get(key):
                is_declared = declared is not None and _is_same_name(declared.value, name)
                names[key] = DeclaredValue(name, declared.origin if declared and is_declared else Origin.PAGE)
            elif declared:
                names[key] = declared
        author = self.values.get("author")
        if author and author.origin == Origin.JSON_LD and "://" not in author.value:
            names["author"] = author
        return names

    def _dates(self) -> dict[str, DeclaredValue]:
        declared = {key: self.values[key] for key in ("published", "modified") if key in self.values}
        return {key: value for key, value in declared.items() if parse_date(value.value)}


def _json_ld_values(tree: Any) -> dict[str, DeclaredValue]:
    values: dict[str, DeclaredValue] = {}
    for node in _json_ld_articles(tree):
        for key, names in _JSON_LD_KEYS.items():
            raw_value = next((node[name] for name in names if node.get(name)), None)
            if key not in values and (text := _json_ld_text(raw_value)):
                values[key] = DeclaredValue(text, Origin.JSON_LD)
    return values


def _meta_tag_values(tree: Any) -> dict[str, DeclaredValue]:
    """Return the values of meta tags, and the canonical link."""
    tags: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv") or ""
        if content := (tag.get("content") or "").strip():
            tags.setdefault(name.strip().lower(), content)
    first = {key: next((tags[name] for name in names if name in tags), "") for key, names in _META_NAMES.items()}
    first["url"] = _canonical_link(tree)
    return {key: DeclaredValue(value, Origin.META_TAGS) for key, value in first.items() if value}


def _canonical_link(tree: Any) -> str:
    for link in tree.iter("link"):
        reference: str = (link.get("href") or "").strip()
        if reference and "canonical" in (link.get("rel") or "").lower().split():
            return reference
    return ""


def _attribute_values(tree: Any) -> dict[str, DeclaredValue]:
    language = tree.get("lang")
    return {"language": DeclaredValue(language, Origin.PAGE)} if language else {}


def _json_ld_articles(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD nodes whose type is an article, breadth first."""
    for script in tree.iter("script"):
        text = script.text or ""
        if (script.get("type") or "").strip().lower() != "application/ld+json" or len(text) > _MAX_JSON:
            continue
        try:
            queue = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MAX_NODES):
            if not queue:
                break
            node = queue.pop(0)
            if isinstance(node, list):
                queue += node
            elif isinstance(node, dict):
                if _is_article(node.get("@type")):
                    yield node
                queue += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]


def _is_article(node_type: object) -> bool:
    types = node_type if isinstance(node_type, list) else [node_type]
    return any(isinstance(name, str) and name.endswith(("Article", "Posting", "Report")) for name in types)


def _json_ld_text(value: object) -> str:
    """Return a text, the name of a person or an organisation, or a list of these joined by commas."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, map(_json_ld_text, value[:20]))))
    return " ".join(value.split()) if isinstance(value, str) else ""


def _is_same_name(declared: str, extracted: str) -> bool:
    """Return whether most words of an extracted name are in the declared one, in any order and case."""
    words = set(re.findall(r"\w+", extracted.lower()))
    return len(words & set(re.findall(r"\w+", declared.lower()))) >= 0.6 * len(words)
