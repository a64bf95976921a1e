"""News of agencies in NITF, also within NewsML: headline, byline, day and paragraphs are elements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import lxml.etree

from ...errors import SourceError
from ...records import Failure
from ..base import RawArticle, read_bytes
from ..xml import parse_xml

_BLOCKS = ("p", "hl2", "li", "q", "bq")


def read_nitf(path: Path) -> Iterator[RawArticle | Failure]:
    """Read the articles of a file.

    Raises:
        SourceError: the file is damaged, or contains no article.
    """
    root = parse_xml(read_bytes(path))
    documents = [root] if lxml.etree.QName(root).localname == "nitf" else list(root.iterfind(".//{*}nitf"))
    for number, document in enumerate(documents, 1):
        text = "\n\n".join(filter(None, map(_line, _blocks(document))))
        part = str(number) if len(documents) > 1 else ""
        if text:
            yield RawArticle(text, _metadata(document), part, unit="article")
        else:
            yield Failure(f"article {number}", "it contains no text")
    if not documents:
        raise SourceError("the XML contains no article in NITF")


def _blocks(document: lxml.etree._Element) -> Iterator[lxml.etree._Element]:
    """Yield the paragraphs in order, without those inside another."""
    body = document.find(".//{*}body.content")
    outer = None
    for element in () if body is None else body.iter(*(f"{{*}}{name}" for name in _BLOCKS)):
        if outer is None or outer not in element.iterancestors():
            outer = element
            yield element


def _metadata(document: lxml.etree._Element) -> dict[str, str]:
    issued = document.find(".//{*}docdata/{*}date.issue")
    values = {
        "title": _line(document.find(".//{*}hedline/{*}hl1")) or _line(document.find(".//{*}head/{*}title")),
        "author": _line(document.find(".//{*}byline/{*}person")) or _line(document.find(".//{*}byline")),
        "publisher": _line(document.find(".//{*}distributor")),
        "published": "" if issued is None else str(issued.get("norm") or ""),
    }
    return {key: value for key, value in values.items() if value}


def _line(element: lxml.etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
