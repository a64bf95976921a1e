"""The followed feeds as an OPML file, which feed readers import."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as Xml

from ..fetch import is_url
from ..records import Feed
from .followed_folders import folder_of

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0


def opml(feeds: Iterable[Feed]) -> str:
    """An OPML 2.0 file of followed feeds. Followed folders are left out: they exist on this machine only."""
    root = Xml.Element("opml", version="2.0")
    Xml.SubElement(Xml.SubElement(root, "head"), "title").text = "Followed feeds"
    body = Xml.SubElement(root, "body")
    for feed in feeds:
        if is_url(feed.url) and folder_of(feed) is None:
            title = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", feed.title)
            Xml.SubElement(body, "outline", type="rss", text=title, title=title, xmlUrl=feed.url)
    Xml.indent(root)
    text: str = Xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
