"""Pages that Safari saves (.webarchive): a property list with the page and its resources."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from ...errors import SourceError
from ..base import MAX_FILE_BYTES, RawArticle, read_bytes
from ..html import html_article

MAX_WEBARCHIVE_BYTES = 10 * MAX_FILE_BYTES  # with the pictures


def read_webarchive(path: Path) -> Iterator[RawArticle]:
    """Read the article of a saved page.

    Raises:
        SourceError: the file is damaged, or contains no page with an article.
    """
    try:
        content = plistlib.loads(read_bytes(path, MAX_WEBARCHIVE_BYTES))
    except (plistlib.InvalidFileException, ExpatError, ValueError, RecursionError) as error:
        raise SourceError("the file is damaged or isn't a web archive") from error
    page: Any = content.get("WebMainResource") if isinstance(content, dict) else None
    data = page.get("WebResourceData") if isinstance(page, dict) else None
    if not isinstance(data, bytes):
        raise SourceError("the file contains no web page")
    if len(data) > MAX_FILE_BYTES:
        raise SourceError(f"the page is larger than {MAX_FILE_BYTES / 1e6:.0f} MB, the limit")
    url = page.get("WebResourceURL")
    yield html_article(_to_utf8(data, page.get("WebResourceTextEncodingName")), url if isinstance(url, str) else None)


def _to_utf8(data: bytes, encoding: object) -> bytes:
    if not isinstance(encoding, str) or encoding.lower() in ("utf-8", "utf8"):
        return data
    try:
        return data.decode(encoding).encode("utf-8")
    except (UnicodeError, LookupError):
        return data
