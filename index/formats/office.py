"""Word and OpenDocument texts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import lxml.etree
import mammoth
from odfdo import Document, Header

from .archive_limits import opened_zip, read_member
from .blocks import blocks
from .files import RawArticle, check_size

_PROPERTIES = "docProps/core.xml"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def read_docx(path: Path) -> Iterator[RawArticle]:
    """A Word text: the title and the author from its properties, else the first heading."""
    check_size(path)
    with opened_zip(path) as archive:
        told = xml_values(read_member(archive, _PROPERTIES)) if _PROPERTIES in archive.namelist() else {}
    title, text = blocks(mammoth.convert_to_html(io.BytesIO(path.read_bytes()), convert_image=_no_image).value)
    yield RawArticle(text, {"title": title or told.get("title"), "author": told.get("creator")})


def read_odt(path: Path) -> Iterator[RawArticle]:
    """An OpenDocument text: the title and the author from its properties, else the first heading."""
    check_size(path)
    opened_zip(path).close()
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


def xml_values(data: bytes) -> dict[str, str]:
    """The first value of each Dublin Core element in XML: title, creator, publisher, date."""
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = lxml.etree.fromstring(data, parser)
    except lxml.etree.XMLSyntaxError:
        return {}
    found: dict[str, str] = {}
    for element in root.iter(f"{_DUBLIN_CORE}*"):
        if element.text and element.text.strip():
            found.setdefault(str(element.tag).removeprefix(_DUBLIN_CORE), element.text.strip())
    return found


def _no_image(_: object) -> list[object]:
    return []
