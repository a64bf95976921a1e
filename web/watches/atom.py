"""The matches of a watch as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from urllib.parse import urlsplit
from uuid import UUID, uuid5
from xml.etree import ElementTree as Xml

from ..messages import common
from ..messages import watches as texts
from .records import Match, Watch

_NAMESPACE = "http://www.w3.org/2005/Atom"
# What XML 1.0 can't contain, in whatever form.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Xml.register_namespace("", _NAMESPACE)


def atom_feed(watch: Watch, matches: Sequence[Match], base_url: str) -> bytes:
    """The feed of a watch.

    Args:
        watch: the watch.
        matches: its matches, newest first.
        base_url: the address of the app, without a slash at the end.
    """
    feed = Xml.Element(f"{{{_NAMESPACE}}}feed")
    key = UUID(watch.key)
    _add(feed, "id", key.urn)
    _add(feed, "title", texts.feed_title(watch.name))
    _add(feed, "updated", _time(matches[0].found if matches else watch.created))
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{base_url}/watches/{watch.id}.atom")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{base_url}/")
    _add(_add(feed, "author"), "name", common.APP_NAME)
    for match in matches:
        _add_entry(feed, key, match, base_url)
    data: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return data


def _add_entry(feed: Xml.Element, key: UUID, match: Match, base_url: str) -> None:
    article, entry = match.article, _add(feed, "entry")
    _add(entry, "id", uuid5(key, str(match.article.id)).urn)
    _add(entry, "title", article.title)
    _add(entry, "updated", _time(match.found))
    if article.published:
        _add(entry, "published", _time(datetime.combine(article.published, time(), UTC)))
    own = f"{base_url}/a/{article.id}#{match.start}-{match.end}"
    _add(entry, "link", rel="alternate", href=article.url if _is_web_address(article.url) else own)
    _add(entry, "link", rel="related", type="text/html", href=own)
    if article.publisher or article.author:
        _add(_add(entry, "author"), "name", article.publisher or article.author)
    _add(entry, "summary", match.quote, type="text")


def _add(parent: Xml.Element, name: str, text: str | None = None, **attributes: str | None) -> Xml.Element:
    """Add an element. Text and attributes are escaped when the feed is written."""
    given = {key: _clean(value) for key, value in attributes.items() if value is not None}
    element = Xml.SubElement(parent, f"{{{_NAMESPACE}}}{name}", given)
    element.text = None if text is None else _clean(text)
    return element


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _is_web_address(url: str | None) -> bool:
    try:
        return url is not None and urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
