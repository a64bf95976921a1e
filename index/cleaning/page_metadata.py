"""What a page declares about its article, and where: JSON-LD (schema.org), else meta tags, else the address line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

JSON_LD, META, PAGE, GUESS, FEED = "JSON-LD", "meta tags", "the page", "dates on the page", "the feed"

_MAX_JSON = 1_000_000  # characters
_MAX_NODES = 10_000
_IN_JSON = {
    "title": ("headline", "name"),
    "published": ("datePublished",),
    "modified": ("dateModified",),
    "author": ("author",),
    "publisher": ("publisher",),
    "language": ("inLanguage",),
}
_IN_META = {
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


@dataclass(frozen=True, slots=True)
class Declared:
    """A value and the part of the page that gives it."""

    value: str
    origin: str


def declared(tree: Any) -> dict[str, Declared]:
    """Title, author, publisher, dates, language and canonical address, as far as a page declares them.

    `tree` is the page, parsed by lxml.
    """
    found: dict[str, Declared] = {}
    for node in _json_ld(tree):
        for key, names in _IN_JSON.items():
            if key not in found and (value := _text(next((node[n] for n in names if node.get(n)), None))):
                found[key] = Declared(value, JSON_LD)
    tags: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv") or ""
        if value := (tag.get("content") or "").strip():
            tags.setdefault(name.strip().lower(), value)
    for key, names in _IN_META.items():
        if key not in found and (value := next((tags[n] for n in names if n in tags), "")):
            found[key] = Declared(value, META)
    if "language" not in found and (lang := tree.get("lang")):
        found["language"] = Declared(lang, PAGE)
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (link.get("href") or "").strip():
            found["url"] = Declared(link.get("href").strip(), META)
            break
    return found


def joined(url: str | None, place: object) -> str | None:
    """The address that `place` means on the page at `url`; None where it is none."""
    try:
        return urljoin(url or "", place.strip()) if isinstance(place, str) and place.strip() else None
    except ValueError:
        return None


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """The nodes of JSON-LD that are articles, by their types."""
    for script in tree.iter("script"):
        text = script.text or ""
        if (script.get("type") or "").strip().lower() != "application/ld+json" or len(text) > _MAX_JSON:
            continue
        try:
            waiting = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MAX_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                if _is_article(node.get("@type")):
                    yield node
                waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]


def _is_article(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(k, str) and k.endswith(("Article", "Posting", "Report")) for k in kinds)


def _text(value: object) -> str:
    """A text, the name of a person or an organisation, or several of them."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, map(_text, value[:20]))))
    return " ".join(value.split()) if isinstance(value, str) else ""
