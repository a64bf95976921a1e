"""What a file says about its article: titles and names, addresses, dates. Untrusted, so checked here."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

MAX_TITLE = 300  # characters, of names too

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Control characters of Latin-1, line separators, and marks that turn the direction of what follows them around.
_TURNING = re.compile("[\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_DATE_FORMATS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%Y/%m/%d", "%Y%m%d")


def metadata_line(value: object) -> str | None:
    """A metadata value as one line of text; lists are joined, anything else that isn't text is left out."""
    if isinstance(value, list | tuple):
        value = ", ".join(str(item) for item in value if isinstance(item, str))
    if not isinstance(value, str):
        return None
    line = " ".join(_TURNING.sub(" ", CONTROL.sub(" ", value)).split())
    return line if len(line) <= MAX_TITLE else line[: MAX_TITLE - 1] + "…"


def title_of_file(name: str) -> str:
    """What a file's name says: the title of an article that has none."""
    return PurePosixPath(name).stem.replace("-", " ").replace("_", " ")


def http_url(value: object) -> str | None:
    """`value` if it is an address of the web."""
    if not isinstance(value, str) or len(value) > 2000 or CONTROL.search(value):
        return None
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return None
    return value.strip() if parts.scheme in ("http", "https") and parts.hostname else None


def parse_date(value: object) -> date | None:
    """The day that a date or a text names (ISO 8601, RFC 2822, "22 December 2022"), or None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    text = value.strip()
    for read in (date.fromisoformat, lambda text: datetime.fromisoformat(text).date(), _rfc_2822_date):
        try:
            return read(text)
        except (ValueError, TypeError, OverflowError):
            continue
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _rfc_2822_date(text: str) -> date:
    return parsedate_to_datetime(text).date()
