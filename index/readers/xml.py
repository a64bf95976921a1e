"""Parse untrusted XML: no entities, no network access, no deeply nested trees."""

from __future__ import annotations

import lxml.etree

from ..errors import SourceError

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def parse_xml(data: bytes) -> lxml.etree._Element:
    """Parse XML and return the root element.

    Raises:
        SourceError: the XML isn't well-formed.
    """
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return lxml.etree.fromstring(data, parser)
    except lxml.etree.XMLSyntaxError as error:
        raise SourceError("the file is damaged: it contains malformed XML") from error


def dublin_core(root: lxml.etree._Element) -> dict[str, str]:
    """Return the first value of each Dublin Core element: title, creator, publisher, date."""
    values: dict[str, str] = {}
    for element in root.iter(f"{_DUBLIN_CORE}*"):
        if element.text and element.text.strip():
            values.setdefault(str(element.tag).removeprefix(_DUBLIN_CORE), element.text.strip())
    return values
