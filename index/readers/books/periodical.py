"""Newspapers and magazines that calibre downloads: it names itself as their author and publisher."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DATE_IN_TITLE = re.compile(r"(?:\[[^\[\]]{1,60}\]|\([^()]{1,60}\d{4}\))\Z")  # "The Post [Tue, 07 Mar 2023]"


def periodical_metadata(book: Mapping[str, str]) -> dict[str, str | None]:
    """Return author, publisher and date of the articles of a book."""
    author, publisher = book.get("creator"), book.get("publisher")
    if _is_calibre(author):
        author = None
        if not publisher or _is_calibre(publisher):
            publisher = _DATE_IN_TITLE.sub("", book.get("title", "").strip()).strip() or None
    elif _is_calibre(publisher):
        publisher = None
    return {"author": author, "publisher": publisher, "published": book.get("date")}


def _is_calibre(name: str | None) -> bool:
    return bool(name) and str(name).strip().casefold() == "calibre"
