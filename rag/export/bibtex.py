"""References as BibTeX, for LaTeX and citation managers. BibTeX reads `year` and `month`, biblatex `date`."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from .names import Name
from .reference import Reference

# BibTeX counts braces even where they are escaped, so that none may be left unbalanced.
_ESCAPES = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
_URL_CHARACTERS = "!#$&'()*+,/:;=?@[]~%"  # as they are; braces, backslashes and spaces are percent-encoded


def to_bibtex(references: Iterable[Reference]) -> str:
    """A BibTeX file."""
    return "\n".join(map(_entry, references))


def _entry(reference: Reference) -> str:
    day = reference.published
    fields = {
        "author": " and ".join(map(_name, reference.authors)),
        "title": f"{{{_escaped(reference.title)}}}",  # braces within the field keep its capitals
        "journal": _escaped(reference.outlet),
        "date": day.isoformat() if day else "",
        "year": f"{day.year:04}" if day else "",
        "month": str(day.month) if day else "",
        "url": quote(reference.url, safe=_URL_CHARACTERS) if reference.url else "",
        "urldate": reference.accessed.isoformat() if reference.url else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    kind = "article" if reference.outlet else "misc"
    return "\n".join([f"@{kind}{{{reference.key},", *lines, "}", ""])


def _name(name: Name) -> str:
    if not name.is_person or not name.given:
        return f"{{{_escaped(name.family)}}}"
    parts = (name.family, name.suffix, name.given)
    return ", ".join(_part(part) for part in parts if part)


def _part(part: str) -> str:
    escaped = _escaped(part)
    return f"{{{escaped}}}" if " and " in f" {part.casefold()} " else escaped


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
