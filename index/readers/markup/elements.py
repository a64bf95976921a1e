"""The elements of a large XML file, one after another: no entities, no network access."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import lxml.etree

from ...errors import SourceError
from ..base import check_file_size

MAX_XML_BYTES = 200_000_000  # with attachments; each text in it may have 10 MB
_SNIFFED_BYTES = 20_000


def read_elements(path: Path, names: tuple[str, ...], others: tuple[str, ...] = ()) -> Iterator[lxml.etree._Element]:
    """Yield the elements with these names, in any namespace; those of `names` are cleared after their use.

    Raises:
        SourceError: the XML isn't well-formed, or declares its own entities.
    """
    check_file_size(path, MAX_XML_BYTES)
    with path.open("rb") as file:
        if b"<!ENTITY" in file.read(_SNIFFED_BYTES):
            raise SourceError("the XML declares its own entities, which aren't supported for security reasons")
    tags = [f"{{*}}{name}" for name in (*names, *others)]
    try:
        for _, element in lxml.etree.iterparse(
            str(path), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        ):
            yield element
            if lxml.etree.QName(element).localname in names:
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
    except lxml.etree.XMLSyntaxError as error:
        raise SourceError(f"the file is damaged: it contains malformed XML: {error.msg}") from error


def child_text(element: lxml.etree._Element, *names: str) -> str:
    """Return the text of the first child with one of these names ("{*}title") that has any."""
    texts = ("".join(child.itertext()).strip() for name in names for child in element.iterfind(name))
    return next((text for text in texts if text), "")
