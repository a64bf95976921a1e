"""Word documents and OpenDocument texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import mammoth
from odfdo import Document, Header

from ..cleaning import clean_document, document_title, html_to_text
from ..errors import SourceError
from .base import RawArticle, check_file_size
from .xml import dublin_core, parse_xml
from .zip_limits import open_zip, read_member

_PROPERTIES = "docProps/core.xml"
_TITLE = "Title"
_STYLES = "p[style-name='Title'] => h1:fresh"  # the name is the same in all languages of Word


def read_docx(path: Path) -> Iterator[RawArticle]:
    """Read a Word document. The title is its first heading, or that of its properties.

    The author is that of the byline. Only if there is none, it is the person who made the file.
    """
    check_file_size(path)
    with open_zip(path) as archive:
        properties: dict[str, str] = {}
        with suppress(SourceError):  # missing or damaged properties don't make a document unreadable
            properties = dublin_core(parse_xml(read_member(archive, _PROPERTIES)))
    with path.open("rb") as file:
        result = mammoth.convert_to_html(file, convert_image=_skip_image, style_map=_STYLES)
    document = html_to_text(result.value)
    yield _article(
        document.title, document.text, {"title": properties.get("title"), "author": properties.get("creator")}
    )


def read_odt(path: Path) -> Iterator[RawArticle]:
    """Read an OpenDocument text. The title is its first heading, or that of its properties."""
    check_file_size(path)
    open_zip(path).close()
    document = Document(path)
    title: str | None = None
    paragraphs: list[str] = []
    for element in document.body.get_elements("descendant::text:h|descendant::text:p"):
        line = " ".join(element.inner_text.split())
        is_heading = isinstance(element, Header) or _is_title(document, element.get_attribute_string("text:style-name"))
        if is_heading and title is None and not paragraphs:
            title = line
        else:
            paragraphs.append(line)
    properties = document.meta
    declared = {"title": properties.title, "author": properties.initial_creator}
    yield _article(title, "\n\n".join(filter(None, paragraphs)), declared)


def _article(title: str | None, text: str, properties: Mapping[str, str | None]) -> RawArticle:
    """Return the article of a document, with its byline and day read from the lines above the text."""
    page = clean_document(title, text)
    return RawArticle(page.text, {**properties, "title": document_title(properties["title"]), **page.metadata})


def _is_title(document: Document, style: str | None) -> bool:
    """Return whether a paragraph has the style "Title", or one made from it."""
    if style is None or style == _TITLE:
        return style is not None
    definition = document.get_style("paragraph", style)
    return definition is not None and definition.get_attribute_string("style:parent-style-name") == _TITLE


def _skip_image(_: object) -> list[object]:
    return []
