"""The names that copyright lines and the properties of documents give."""

from __future__ import annotations

import re

_MAX_COPYRIGHT = 300  # characters of a copyright line
MAX_NAME_WORDS = 6

_YEARS = r"(?:\d{4}\s?[-–]\s?)?(?:19|20)\d\d"
_COPYRIGHT = re.compile(
    r"(?:(?:©|\(c\))\s?(?:copyright\b\s?)?|\bcopyright\b[\s©]{0,3}(?:\(c\) )?)"
    rf"(?:{_YEARS}(?:,\s|\s[-–—]\s|\s)(?:by\s)?(?P<after>[^.,;|©()\n]{{2,60}})"
    rf"|(?P<before>[^.,;|©()\d\n]{{2,60}}),?\s{_YEARS})",
    re.IGNORECASE,
)
_FILE_TITLE = re.compile(
    r"^Microsoft (?:Word|PowerPoint) - |\.(?:docx?|indd|odt|pages|pdf|qxd|rtf|txt)$"
    r"|^(?:untitled|document|title|unknown) ?\d{0,3}$",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"\s(?:all rights|ltd|limited|inc|llc|plc|gmbh|or its|and its)\b.*", re.IGNORECASE)


def copyright_holder(line: str) -> str | None:
    """Return the name in a copyright line, if it is one name: "Northbridge Post" of "© 2023 Northbridge Post Ltd."."""
    match = _COPYRIGHT.search(line[:_MAX_COPYRIGHT])
    name = _RIGHTS.sub("", f"{match['after'] or match['before']} ").strip(" -–—:") if match else ""
    return name if name[:1].isupper() and len(name.split()) <= MAX_NAME_WORDS else None


def document_title(value: str | None) -> str | None:
    """Return the title in the properties of a document, unless programs made it of a file's name."""
    title = " ".join((value or "").split())
    return None if not title or _FILE_TITLE.search(title) else title
