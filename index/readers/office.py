"""Word and OpenDocument texts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import mammoth
from odfdo import Document, Header

from ..cleaning import blocks
from ..errors import SourceError
from .base import RawArticle, check_size
from .xml import dublin_core, parse_xml
from .zip_limits import open_zip, read_member

_PROPERTIES = "docProps/core.xml"


def read_docx(path: Path) -> Iterator[RawArticle]:
    """A Word text: the title from the first heading, else from its properties, and the author."""
    check_size(path)
    with open_zip(path) as archive:
        told: dict[str, str] = {}
        with suppress(SourceError):  # a text without properties, or with damaged ones, is a text
            told = dublin_core(parse_xml(read_member(archive, _PROPERTIES)))
    with path.open("rb") as file:
        title, text = blocks(mammoth.convert_to_html(file, convert_image=_no_image).value)
    yield RawArticle(text, {"title": title or told.get("title"), "author": told.get("creator")})


def read_odt(path: Path) -> Iterator[RawArticle]:
    """An OpenDocument text: the title from the first heading, else from its properties, and the author."""
    check_size(path)
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
    meta = document.meta
    yield RawArticle(
        "\n\n".join(filter(None, paragraphs)), {"title": title or meta.title, "author": meta.initial_creator}
    )


def _no_image(_: object) -> list[object]:
    return []
