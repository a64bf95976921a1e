"""Responses that a browser saves as a file."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from fastapi.responses import Response

_MAX_NAME = 80  # characters, without the ending
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff/\\:*?"<>|]+')
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 ._()-]+")
_DEFAULT_NAME = "export"


def download(content: str | bytes, name: str, ending: str, media_type: str) -> Response:
    """A response with a file. `name` may be any text, such as a title."""
    return Response(content, media_type=media_type, headers={"Content-Disposition": content_disposition(name, ending)})


def content_disposition(name: str, ending: str) -> str:
    """The header with a file name for old clients in ASCII, and for all others as RFC 8187 encodes it."""
    full = " ".join(_FORBIDDEN.sub(" ", name).split())[:_MAX_NAME].strip(" .") or _DEFAULT_NAME
    letters = unicodedata.normalize("NFKD", full).encode("ascii", "ignore").decode("ascii")
    plain = " ".join(_NOT_PLAIN.sub(" ", letters).split()).strip(" .") or _DEFAULT_NAME
    return f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(f'{full}.{ending}', safe='')}"
