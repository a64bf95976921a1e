"""References as RIS, which citation managers read. Each field is one line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .reference import Reference


def to_ris(references: Iterable[Reference]) -> str:
    """A RIS file."""
    return "".join(map(_record, references))


def _record(reference: Reference) -> str:
    fields = [
        ("TY", "NEWS" if reference.outlet else "ELEC"),
        ("ID", reference.key),
        *(("AU", name.inverted) for name in reference.authors),
        ("TI", reference.title),
        ("T2", reference.outlet),
        ("PY", f"{reference.published.year:04}" if reference.published else ""),
        ("DA", _day(reference.published)),
        ("UR", reference.url or ""),
        ("Y2", _day(reference.accessed) if reference.url else ""),
        ("LA", reference.language or ""),
    ]
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _day(day: date | None) -> str:
    return f"{day.year:04}/{day.month:02}/{day.day:02}" if day else ""
