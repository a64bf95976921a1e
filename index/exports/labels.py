"""The labels that databases write before the values of an article, and the names of its authors."""

from __future__ import annotations

import re

# What a label stands for. "" is for values that aren't kept.
_HEADER_LABELS = {
    "title": ("headline", "title", "titre", "titel", "título", "titolo", "überschrift", "schlagzeile"),
    "author": (
        *("byline", "author", "authors", "by-line", "auteur", "auteurs", "autor", "autoren", "autore", "autores"),
        *("signature", "credit"),
    ),
    "publisher": ("publication title", "publication", "source", "publication name", "newspaper", "journal", "quelle"),
    "published": ("publication date", "date", "published", "date de publication", "datum", "pub date"),
    "url": ("url",),
    "language": ("language", "language of publication", "langue", "sprache", "idioma", "lingua", "taal"),
    "body": ("body", "full text", "texte intégral", "volltext", "corps", "texto completo", "text"),
    "": (
        *("section", "length", "dateline", "highlight", "series", "graphic", "distribution", "edition", "word count"),
        *("rubrique", "longueur", "rubrik", "länge", "ressort", "sección", "longitud", "abstract", "pages", "page"),
        *("correction appended", "type", "publication info", "column", "summary", "first page", "pg", "volume"),
        *("proquest document link", "link to document", "issue"),
    ),
}
_TRAILER_LABELS = frozenset(
    {
        *("load-date", "language", "publication-type", "document-type", "journal code", "journal-code", "subject"),
        *("industry", "geographic", "organization", "company", "person", "ticker", "graphic", "correction-date"),
        *("url", "classification", "notes", "series", "type", "pub-type", "acc-no", "doc-type", "mediatype", "isbn"),
        *("update", "sprache", "publikationstyp", "publikationsart", "zeitungs-code", "langue", "issn", "source"),
        *("date-chargement", "type-publication", "country", "state", "city", "subjects", "name", "fax", "terms"),
        *("links", "location", "people", "company / organization", "title", "publication title", "publication year"),
        *("publication date", "section", "publisher", "place of publication", "country of publication", "pages"),
        *("publication subject", "source type", "language of publication", "document type", "first page", "dateline"),
        *("proquest document id", "document url", "copyright", "last updated", "database", "identifier / keyword"),
        *("identifiers / keywords", "credit", "column", "author", "volume", "issue", "edition", "number of pages"),
        *("year", "dewey", "document feature", "literature indicating", "company/organization", "classification"),
        *("business indexing term", "place", "format availability", "word count", "length", "eissn", "doi"),
        *("download pdf", "full text availability", "proquest document link", "supplement", "journal subject"),
        *("publication info", "abstract", "abstract (summary)", "dc:type", "alternate title", "contact", "disclaimer"),
    }
)
_KEYS = {label: key for key, labels in _HEADER_LABELS.items() for label in labels}
_LABEL = re.compile(r"([^\W\d_][\w/ ()-]{1,40}?)\s?:(?:\s+|$)")
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))(?:\s*(?:copyright|©|\(c\)))*\s*(?:\d{4}|[A-ZÀ-Þ])|all rights reserved|tous droits réservés"
    r"|alle rechte vorbehalten|le présent document est protégé",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:by|by:|par|von|por|di|door)\s+(?=[A-ZÀ-Þ])", re.IGNORECASE)
_JOB = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|staff|columnist|critic|chief|bureau|agency|agencies|photographer|analyst"
    r"|contributor|press|news|service|desk|special|team|producer|author|journalist|rédact\w+|redakt\w+)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-ZÀ-Þ][\w.’'-]*(?:\s(?:[a-zà-ÿ]{1,3}\s){0,2}[A-ZÀ-Þ][\w.’'-]*){1,3}")
_INVERTED = re.compile(r"([A-ZÀ-Þ][\w.’'-]*(?:\s[A-ZÀ-Þ][\w’'-]+)?),\s([A-ZÀ-Þ][\w.’'-]*(?:\s[A-ZÀ-Þ][\w.’'-]*){0,2})")


def header_label(line: str) -> tuple[str, str] | None:
    """Return what the label at the start of a line stands for, and the value after it. None if there is no label."""
    match = _LABEL.match(line)
    if match is None or (key := _KEYS.get(match[1].casefold())) is None:
        return None
    return key, line[match.end() :].strip()


def is_trailer_label(line: str) -> bool:
    """Return whether a line starts with a label of the values below an article."""
    match = _LABEL.match(line)
    return match is not None and match[1].casefold() in _TRAILER_LABELS


def is_copyright(line: str) -> bool:
    """Return whether a line is a copyright notice."""
    return len(line) <= 300 and _COPYRIGHT.match(line) is not None


def is_byline(line: str) -> bool:
    """Return whether a line is a byline: "By Ada Brown", or names only."""
    if len(line) > 120 or line.endswith((".", "!", "?")):
        return False
    names = re.split(r",\s|\s(?:and|et|und|y|&)\s", _BY.sub("", line, count=1))
    if _BY.match(line) is not None:
        return _NAME.fullmatch(names[0]) is not None
    return all(_NAME.fullmatch(name) for name in names)


def clean_authors(value: str, is_inverted: bool = False) -> str:
    """Return the names of authors without "By" and their jobs; with `is_inverted`, "Brown, Ada" is one name."""
    value = _BY.sub("", value.strip().rstrip("."), count=1)
    parts = [part.strip() for part in re.split(r";|\s(?:and|et|und|&)\s|\n", value) if part.strip()]
    names: list[str] = []
    for part in parts:
        inverted = _INVERTED.fullmatch(part) if is_inverted else None
        if inverted is not None and not _JOB.search(part):
            names.append(f"{inverted[2]} {inverted[1]}")
            continue
        head, *rest = part.split(", ")
        names += [
            *([] if names and _JOB.search(head) else [head]),
            *(name for name in rest if _NAME.fullmatch(name) and not _JOB.search(name)),
        ]
    return ", ".join(dict.fromkeys(names))
