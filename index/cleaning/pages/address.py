"""The address of a page: declared by it, or left in it by the program or the web archive that saved it."""

from __future__ import annotations

import re
from typing import Any

from ..fields import MAX_URL, check_url, resolve_url

_MAX_HEAD = 4_096  # bytes in which browsers note the address
# Web archives put the time of the copy before the address: /web/20230308010203id_/https://…, /2023.03.08-010203/https://…
_ARCHIVED = re.compile(r"/(?:\d{4,14}(?:[a-z]{2}_)?|\d{4}\.\d\d\.\d\d-\d{6})/(https?:/{1,2}.+)", re.IGNORECASE)
_SAVED_FROM = (
    re.compile(r"<!--\s?saved from url=\(\d{1,5}\)(\S+)", re.IGNORECASE),  # Internet Explorer, Edge, Chrome, Firefox
    re.compile(r"__wm\.wombat\([\"'](\S{1,2000}?)[\"']"),  # the Wayback Machine
    re.compile(r"Page saved with SingleFile\s{1,9}url:\s?(\S+)", re.IGNORECASE),
)
_SAVED_META = ("savepage-url",)  # Save Page WE


def page_address(tree: Any, data: bytes, url: str | None) -> str | None:
    """Return the address that a page declares, or that it was saved or fetched from.

    Args:
        tree: the page, parsed by lxml.
        data: the page as it was saved.
        url: the address that it was fetched from, if known.
    """
    declared = (resolve_url(url, reference) for reference in _declared(tree))
    for candidate in (*declared, saved_from(tree, data), url):
        if address := check_url(original_address(candidate)):
            return address
    return None


def original_address(url: str | None) -> str | None:
    """Return the address of the page of which a web archive has a copy at `url`; otherwise `url`."""
    match = _ARCHIVED.search(url[:MAX_URL]) if url else None
    return "://".join(re.split(r":/{1,2}", match[1], maxsplit=1)) if match else url


def saved_from(tree: Any, data: bytes) -> str | None:
    """Return the address that browsers and their add-ons write into a saved page."""
    head = data[:_MAX_HEAD].decode("utf-8", "replace")
    for pattern in _SAVED_FROM:
        if match := pattern.search(head):
            return match[1].removesuffix("-->")
    return next((tag.get("content") for tag in tree.iter("meta") if tag.get("name") in _SAVED_META), None)


def _declared(tree: Any) -> list[str]:
    links = [
        link.get("href")
        for link in tree.iter("link")
        if link.get("href") and "canonical" in (link.get("rel") or "").lower().split()
    ]
    tags = [tag.get("content") for tag in tree.iter("meta") if (tag.get("property") or "").lower() == "og:url"]
    return [reference.strip() for reference in (*links[:1], *tags[:1]) if reference and reference.strip()]
