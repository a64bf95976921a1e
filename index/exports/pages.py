"""Exports as web pages, whose elements say by their class what they contain: those of Factiva and Europresse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .article import ExportedArticle
from .days import find_day, is_date_line, language_code
from .labels import clean_authors


@dataclass(frozen=True, slots=True)
class _Layout:
    """The XPath expressions of a database's pages."""

    database: str
    article: str
    title: str
    author: str
    outlet: str
    day: str
    paragraphs: str


_CODE = re.compile("[A-Z]{2,3}")  # the label of a value: "HD"


def _has_class(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


_PARAGRAPH = "contains(@class, 'articleParagraph')"
_EUROPRESSE_TEXT = _has_class("docOcurrContainer")
_LAYOUTS = (
    _Layout(
        database="Factiva",
        article=f".//*[{_has_class('article')} and contains(@class, 'Article') and .//*[{_PARAGRAPH}]]",
        title=".//*[contains(@class, 'Headline') or @id='hd']",
        author=f".//*[{_has_class('author')}]",
        outlet="",
        day="",
        paragraphs=f".//*[{_PARAGRAPH}]",
    ),
    _Layout(
        database="Europresse",
        article=f".//article[.//*[{_has_class('DocPublicationName')}]]",
        title=".//*[contains(@class, 'titreArticle')]",
        author=f".//*[{_has_class('docAuthors')}]",
        outlet=f".//*[{_has_class('DocPublicationName')}]",
        day=f".//*[{_has_class('DocHeader')}]",
        paragraphs=f".//*[{_EUROPRESSE_TEXT}] | .//section[not(.//*[{_EUROPRESSE_TEXT}])]",
    ),
)


def split_page(tree: Any) -> list[ExportedArticle]:
    """Return the articles of a page, an lxml tree, or none if it isn't an export of these databases."""
    for layout in _LAYOUTS:
        if elements := tree.xpath(layout.article):
            return [_article(element, layout, str(number)) for number, element in enumerate(elements, 1)]
    return []


def _article(element: Any, layout: _Layout, part: str) -> ExportedArticle:
    metadata = {
        "title": _first(element, layout.title),
        "author": clean_authors(_first(element, layout.author)),
        **(_named_header(element, layout) if layout.outlet else _plain_header(element)),
    }
    paragraphs = [
        text
        for container in element.xpath(layout.paragraphs)
        for text in (_paragraphs(container) or [_text(container)])
        if text
    ]
    return ExportedArticle(
        "\n\n".join(paragraphs), {key: value for key, value in metadata.items() if value}, part, layout.database
    )


def _named_header(element: Any, layout: _Layout) -> dict[str, str]:
    day = find_day(_first(element, layout.day))
    return {"publisher": _first(element, layout.outlet), "published": day.isoformat() if day else ""}


def _plain_header(element: Any) -> dict[str, str]:
    """Read the lines of Factiva's header: number of words, day, perhaps a time, outlet, …, language."""
    lines = [
        text
        for child in element.iter("div", "td")
        if not child.xpath(f"descendant::div|descendant::table|descendant::*[{_PARAGRAPH}]")
        and (text := _text(child))
        and not _CODE.fullmatch(text)
    ]
    metadata: dict[str, str] = {}
    for position, line in enumerate(lines):
        if "published" not in metadata and is_date_line(line) and (day := find_day(line)) is not None:
            metadata["published"] = day.isoformat()
            rest = [text for text in lines[position + 1 :] if not text[0].isdigit()]
            metadata["publisher"] = rest[0] if rest else ""
        elif code := language_code(line):
            metadata.setdefault("language", code)
    return metadata


def _first(element: Any, path: str) -> str:
    return next((text for found in element.xpath(path) if (text := _text(found))), "")


def _paragraphs(container: Any) -> list[str]:
    return [
        text for child in container.iter("p", "li", "h2", "h3") if child is not container and (text := _text(child))
    ]


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
