"""Exports of Factiva: each article ends with "Document" and its code. The values above the text have no labels, or
those of two letters: "HD" for the headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .article import ExportedArticle, from_blocks, to_blocks
from .days import find_day, is_date_line, language_code
from .labels import clean_authors, is_byline, is_copyright

_END = re.compile(r"(?:Document|Dokument)\s(?=\w{0,40}\d)(\w{1,60})")
_WORDS = re.compile(r"\d[\d.,\s]{0,9}\s?(?:words?|mots?|wörter|palabras|parole|palavras|woorden)", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[AaPp][Mm])?(?:\s[A-Z]{2,4})?")
_SOURCE_CODE = re.compile(r"[A-Z0-9]{2,10}")
_HEADER_CODES = (
    "SE",
    "CLM",
    "HD",
    "HLP",
    "BY",
    "CR",
    "WC",
    "PD",
    "ET",
    "SN",
    "SC",
    "ED",
    "PG",
    "VOL",
    "LA",
    "CY",
    "CX",
)
_TEXT_CODES = ("LP", "TD", "ART", "CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN")
_CODES = {code: number for number, code in enumerate((*_HEADER_CODES, *_TEXT_CODES))}  # in the order of an article
_CODE = re.compile(r"([A-Z]{2,3})(?:\s+|$)")
_MIN_CODES = 4
_MAX_HEADER = 25  # lines
_DATABASE = "Factiva"


def split_factiva(lines: Sequence[str]) -> list[ExportedArticle]:
    """Return the articles of an export, or none if it is something else."""
    articles: list[ExportedArticle] = []
    for piece, code in _split_at_codes(lines):
        article = _labelled_article(piece, code) or _plain_article(piece, code)
        if article is not None:
            articles.append(article)
        elif any(piece) and not articles:
            return []
        elif any(piece):  # not read as an article, so it belongs to the one before
            last = articles.pop()
            text = f"{last.text}\n\n{from_blocks(to_blocks(piece))}"
            articles.append(ExportedArticle(text, last.metadata, last.part, last.database))
    return articles


def _split_at_codes(lines: Sequence[str]) -> list[tuple[list[str], str]]:
    """Return the lines of each article, and its code."""
    pieces: list[tuple[list[str], str]] = []
    current: list[str] = []
    for line in lines:
        match = _END.fullmatch(line.removeprefix("AN ").strip())
        if match is None:
            current.append(line)
        else:
            pieces.append((current, match[1]))
            current = []
    return pieces  # what follows the last one is about the search


def _plain_article(lines: Sequence[str], code: str) -> ExportedArticle | None:
    """Read an article without labels: headline, author, number of words, day, time, outlet, …, language, copyright."""
    texts = [position for position, line in enumerate(lines) if line][:_MAX_HEADER]
    at_words = next((i for i, position in enumerate(texts) if _WORDS.fullmatch(lines[position])), None)
    if at_words is None or at_words + 2 >= len(texts):
        return None
    header = [lines[position] for position in texts]
    if not is_date_line(header[at_words + 1]):
        return None
    at_outlet = at_words + 2 + (1 if _TIME.fullmatch(header[at_words + 2]) else 0)
    if at_outlet >= len(header):
        return None
    at_body = at_outlet + 1
    language = ""
    for i in range(at_outlet + 1, min(at_outlet + 8, len(header))):
        if code_of_language := language_code(header[i]):
            language, at_body = code_of_language, i + 1
            break
    while at_body < len(header) and (is_copyright(header[at_body]) or _SOURCE_CODE.fullmatch(header[at_body])):
        at_body += 1
    title, author = _headline(header[:at_words])
    day = find_day(header[at_words + 1])
    metadata = {
        "title": title,
        "author": clean_authors(author),
        "published": day.isoformat() if day else "",
        "publisher": header[at_outlet],
        "language": language,
    }
    body = list(lines[texts[at_body] :]) if at_body < len(texts) else []
    return _article(body, metadata, code)


def _headline(lines: list[str]) -> tuple[str, str]:
    """Split the lines above the number of words into the headline and the byline. The section is left out."""
    *rest, last = lines or [""]
    if rest and is_byline(last):
        return rest[-1], last
    return last, ""


def _labelled_article(lines: Sequence[str], code: str) -> ExportedArticle | None:
    """Read an article with the labels of two letters."""
    values: dict[str, list[str]] = {}
    current = ""
    for line in lines:
        match = _CODE.match(line)
        if match is not None and _CODES.get(match[1], -1) >= _CODES.get(current, 0) and match[1] != current:
            current, line = match[1], line[match.end() :]
            values[current] = []
        if current:
            values[current].append(line)
    if len(values) < _MIN_CODES or "HD" not in values:
        return None
    joined = {key: " ".join(filter(None, value)) for key, value in values.items()}
    day = find_day(joined.get("PD", ""))
    metadata = {
        "title": joined["HD"],
        "author": clean_authors(joined.get("BY", "")),
        "published": day.isoformat() if day else "",
        "publisher": joined.get("SN", ""),
        "language": language_code(joined.get("LA", "")) or "",
    }
    return _article([*values.get("LP", []), "", *values.get("TD", [])], metadata, code)


def _article(body: list[str], metadata: dict[str, str], code: str) -> ExportedArticle:
    text = from_blocks([block for block in to_blocks(body) if not is_copyright(block[0])])
    return ExportedArticle(text, {key: value for key, value in metadata.items() if value}, code, _DATABASE)
