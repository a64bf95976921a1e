"""Word documents and OpenDocument texts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import mammoth
from odfdo import Document, Header

from ..cleaning import html_to_lines, html_to_text
from ..errors import SourceError
from .base import RawArticle, check_file_size
from .exports import exported_articles
from .xml import dublin_core, parse_xml
from .zip_limits import open_zip, read_member

_PROPERTIES = "docProps/core.xml"


def read_docx(path: Path) -> Iterator[RawArticle]:
    """Read a Word document, or the articles of an export. The title is the first heading, or that of the properties."""
    check_file_size(path)
    with open_zip(path) as archive:
        properties: dict[str, str] = {}
        with suppress(SourceError):  # missing or damaged properties don't make a document unreadable
            properties = dublin_core(parse_xml(read_member(archive, _PROPERTIES)))
    with path.open("rb") as file:
        html = mammoth.convert_to_html(file, convert_image=_skip_image).value
    if exported := exported_articles(html_to_lines(html)):
        yield from exported
        return
    document = html_to_text(html)
    title = document.title or properties.get("title")
    yield RawArticle(document.text, {"title": title, "author": properties.get("creator")})


def read_odt(path: Path) -> Iterator[RawArticle]:
    """Read an OpenDocument text. The title is its first heading, or that of its properties."""
    check_file_size(path)
    open_zip(path).close()
    document = Document(path)
    title: str | None = None
    paragraphs: list[str] = []
    for element in document.body.get_elements("descendant::text:h|descendant::text:p"):
        line = " ".join(element.inner_text.split())
        if isinstance(element, Header) and title is None and not paragraphs:
            title = line
        else:
            paragraphs.append(line)
    properties = document.meta
    yield RawArticle(
        "\n\n".join(filter(None, paragraphs)),
        {"title": title or properties.title, "author": properties.initial_creator},
    )


def _skip_image(_: object) -> list[object]:
    return []
