"""Fields of an article as a source gives them. They are untrusted, so they are cleaned and checked here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

from .authors import clean_authors
from .dates import DateOrder, is_ambiguous, parse_date
from .saved_text import fold_white_space

MAX_LINE = 300  # characters of a title or a name
MAX_URL = 2_000  # characters

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Latin-1 control characters, line separators and bidirectional formatting characters.
_UNPRINTABLE = re.compile("[\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2}(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class ArticleFields:
    """The text and metadata of an article. Missing or invalid values are None.

    Attributes:
        language: the ISO 639-1 code: "en".
        origins: the part of the source that each value comes from. Of a day that is one of two, what the source says.
    """

    text: str
    title: str | None
    url: str | None
    publisher: str | None
    author: str | None
    published: date | None
    modified: date | None
    language: str | None
    origins: Mapping[str, str]

    @classmethod
    def from_source(cls, metadata: Mapping[str, Any], text: str = "") -> ArticleFields:
        """Clean and check what a source says about an article, and fold the white space of its `text`."""
        publisher = clean_line(metadata.get("publisher"))
        order = DateOrder.of_language(metadata.get("language"))
        published = parse_date(metadata.get("published"), order)
        origins = metadata.get("origins", {})
        if published is None and is_ambiguous(metadata.get("published")):
            origins = {**origins, "published": f"ambiguous: {clean_line(metadata['published'])}"}
        return cls(
            text=fold_white_space(text),
            title=clean_line(metadata.get("title")),
            url=check_url(metadata.get("url")),
            publisher=publisher,
            author=clean_line(clean_authors(metadata.get("author"), publisher)),
            published=published,
            modified=parse_date(metadata.get("modified"), order),
            language=_language_code(metadata.get("language")),
            origins=origins,
        )


def clean_line(value: object) -> str | None:
    """Return a value as one line of text, or None if it isn't text. The items of a list are joined by commas."""
    if isinstance(value, list | tuple):
        value = ", ".join(str(item) for item in value if isinstance(item, str))
    if not isinstance(value, str):
        return None
    line = " ".join(_UNPRINTABLE.sub(" ", _CONTROL.sub(" ", value)).split())
    return line if len(line) <= MAX_LINE else line[: MAX_LINE - 1] + "…"


def check_url(value: object) -> str | None:
    """Return `value` if it is an http or https URL, else None."""
    if not isinstance(value, str) or len(value) > MAX_URL or _CONTROL.search(value):
        return None
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return None
    return value.strip() if parts.scheme in ("http", "https") and parts.hostname else None


def resolve_url(base: str | None, reference: object) -> str | None:
    """Resolve a URL reference found in a page or a feed against its `base` URL. Return None if it is invalid."""
    try:
        return urljoin(base or "", reference.strip()) if isinstance(reference, str) and reference.strip() else None
    except ValueError:
        return None


def _language_code(value: object) -> str | None:
    """Return the primary subtag of a language tag: "en" of "en-GB"."""
    tag = _LANGUAGE_CODE.match(value) if isinstance(value, str) else None
    return tag[0].lower() if tag else None
