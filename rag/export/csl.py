"""References as CSL-JSON, which citation managers and citeproc read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from .names import Name
from .reference import Reference


def to_csl(references: Iterable[Reference]) -> str:
    """A CSL-JSON array."""
    return json.dumps([csl_item(reference) for reference in references], ensure_ascii=False, indent=2) + "\n"


def csl_item(reference: Reference) -> dict[str, Any]:
    """One reference. What isn't known is left out."""
    item = {
        "id": reference.key,
        "type": "article-newspaper" if reference.outlet else "webpage" if reference.url else "document",
        "title": reference.title,
        "author": [_name(name) for name in reference.authors],
        "container-title": reference.outlet,
        "issued": _date(reference.published),
        "accessed": _date(reference.accessed if reference.url else None),
        "URL": reference.url,
        "language": reference.language,
    }
    return {name: value for name, value in item.items() if value}


def _name(name: Name) -> dict[str, str]:
    if not name.is_person or not name.given:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: value for part, value in parts.items() if value}


def _date(day: date | None) -> dict[str, Any] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
