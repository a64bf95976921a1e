"""Metadata that a web page declares about its article: in JSON-LD, meta tags, microdata and the article's header."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..authors import are_people, clean_authors
from ..dates import DateOrder, is_ambiguous, parse_date
from ..origins import Origin
from .address import page_address
from .elements import shown_text
from .header import PageHeader, read_header
from .json_ld import json_ld_values
from .microdata import microdata_values
from .names import (
    AGENCIES,
    clean_outlet,
    headline,
    host_of,
    is_headline,
    matching_heading,
    outlet_in_copyright,
    outlet_in_title,
)

_META_NAMES = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title"),
    "published": (
        "article:published_time", "og:article:published_time", "article:published", "og:published_time",
        "published_time", "datepublished", "article.published", "date", "dc.date", "dc.date.issued",
        "dcterms.issued", "dcterms.date", "dc.date.created", "dcterms.created", "pubdate", "pub_date", "publishdate",
        "publish-date", "publish_date", "publication_date", "publication-date", "originalpublicationdate",
        "article_date_original", "displaydate", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
        "citation_publication_date",
    ),
    "modified": (
        "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
        "dc.date.modified", "lastmod", "last-modified",
    ),
    "author": ("author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "byl",
               "sailthru.author", "parsely-author", "citation_author"),
    "publisher": ("og:site_name", "application-name", "publisher", "dc.publisher", "dcterms.publisher"),
    "language": ("og:locale", "language", "content-language", "dc.language"),
}  # fmt: skip
# Other names of the day of publication, without signs: "sn-post-date".
_PUBLICATION_DATE = re.compile(
    r"publi\w{0,10}(?:date|time|on|at)$|(?:post|article|story|release|first|original)\w{0,10}date$|pubdate$"
)


@dataclass(frozen=True, slots=True)
class DeclaredValue:
    """A value and the part of the page that declares it."""

    value: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The title, author, publisher, dates, language and address of the article on a page, and where each comes from.

    Only what is declared for this article counts: in JSON-LD, in meta tags, in microdata, or in its header, in this
    order. A date that merely occurs on the page isn't the article's.
    """

    values: Mapping[str, DeclaredValue]
    url: str | None

    @classmethod
    def from_tree(cls, tree: Any, data: bytes = b"", url: str | None = None, author: str | None = None) -> PageMetadata:
        """Collect the metadata of a page.

        Args:
            tree: the page, parsed by lxml.
            data: the page as it was saved.
            url: the address that it was fetched from, if known.
            author: the author found by the rules of the text extraction, if the page declares none.
        """
        address = page_address(tree, data, url)
        title_tag = next((shown_text(tag) for tag in tree.iter("title")), None)
        order = DateOrder.of_language(tree.get("lang"))
        meta = _meta_tag_values(tree)
        titles = [*meta.get("title", []), *filter(None, [title_tag])]
        header = read_header(tree, titles, order, author)
        titles += header.headings
        sources: list[_Source] = [
            (Origin.JSON_LD, json_ld_values(tree, titles, [address] if address else [])),
            (Origin.META_TAGS, meta),
            (Origin.MICRODATA, microdata_values(tree, titles)),
            (Origin.PAGE_DATES, {"published": [header.published], "modified": [header.modified]}),
            (Origin.PAGE, {"author": [header.author], "language": [tree.get("lang")]}),
        ]
        found = {
            "title": _title(sources, header, title_tag),
            "publisher": _publisher(sources, tree, header, title_tag, address),
            "published": _first(sources, "published", lambda value: _iso_date(value, order))
            or _first(sources, "published", lambda value: value if is_ambiguous(value) else None),
            "modified": _first(sources, "modified", lambda value: _iso_date(value, order)),
            "language": _first(sources, "language", lambda value: str(value) if value else None),
        }
        found["author"] = _author(sources, found["publisher"])
        values = {key: value for key, value in found.items() if value is not None}
        return cls(values, address)

    def as_mapping(self) -> dict[str, Any]:
        """Return the metadata of the article and, as `origins`, where its names and dates come from."""
        metadata: dict[str, Any] = {key: declared.value for key, declared in self.values.items()}
        metadata["url"] = self.url
        metadata["origins"] = {key: declared.origin.value for key, declared in self.values.items() if key != "language"}
        return metadata


_Source = tuple[Origin, Mapping[str, Sequence[Any]]]


def _first(sources: Sequence[_Source], key: str, check: Callable[[Any], str | None]) -> DeclaredValue | None:
    """Return the first value of a key that passes a check, as the check returns it."""
    for origin, values in sources:
        for value in values.get(key, ()):
            if (checked := check(value)) is not None:
                return DeclaredValue(checked, origin)
    return None


def _iso_date(value: Any, order: DateOrder | None) -> str | None:
    day = parse_date(value, order)
    return day.isoformat() if day else None


def _author(sources: Sequence[_Source], publisher: DeclaredValue | None) -> DeclaredValue | None:
    """Return the authors: the first that are people, or else the first that are anything."""
    name = publisher.value if publisher else None

    def people(value: Any) -> str | None:
        names = clean_authors(value, name)
        return names if names and are_people(names, name) else None

    found = _first(sources, "author", people)
    return found or _first(sources, "author", lambda value: _without_addresses(clean_authors(value, name)))


def _without_addresses(names: str | None) -> str | None:
    return None if names and "@" in names else names


def _title(sources: Sequence[_Source], header: PageHeader, title_tag: str | None) -> DeclaredValue | None:
    """Return the declared headline, as the page's heading has it if that is the same."""
    declared = [
        DeclaredValue(title, origin) for origin, values in sources for title in values.get("title", ()) if title
    ]
    for candidate in declared:
        if heading := matching_heading(candidate.value, header.headings):
            return DeclaredValue(heading, candidate.origin)
    if declared:
        return DeclaredValue(headline(declared[0].value, header.headings), declared[0].origin)
    title = headline(title_tag, header.headings)
    return DeclaredValue(title, Origin.PAGE) if title else None


def _publisher(
    sources: Sequence[_Source], tree: Any, header: PageHeader, title_tag: str | None, address: str | None
) -> DeclaredValue | None:
    """Return the outlet. An agency, or the software of the site, is one only if nothing else is declared."""
    title = header.headings[0] if header.headings else title_tag
    host = host_of(address)

    def outlet(value: str) -> str | None:
        return None if is_headline(value, title) else clean_outlet(value)

    def own_outlet(value: str) -> str | None:
        return outlet(value) if value.casefold() not in AGENCIES else None

    declared = _first(sources, "publisher", own_outlet) or _first(sources, "publisher", outlet)
    if declared:
        return declared
    if name := outlet_in_title(title_tag, header.headings, host or ""):
        return DeclaredValue(name, Origin.PAGE)
    if name := outlet_in_copyright(tree):
        return DeclaredValue(name, Origin.COPYRIGHT)
    return DeclaredValue(host, Origin.ADDRESS) if host else None


def _meta_tag_values(tree: Any) -> dict[str, list[Any]]:
    """Return the values of meta tags, those of the most reliable names first. All authors of one name are one value."""
    tags: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("http-equiv") or ""
        if content := (tag.get("content") or "").strip():
            tags.setdefault(name.strip().lower(), []).append(content)
    found = {key: [tags[name] for name in names if name in tags] for key, names in _META_NAMES.items()}
    found["published"] += [tags[name] for name in tags if _PUBLICATION_DATE.search(re.sub(r"[\W_]", "", name))]
    authors = [[name for name in contents if "://" not in name] for contents in found.pop("author")]
    return {"author": authors, **{key: [contents[0] for contents in lists] for key, lists in found.items()}}
