"""PDF documents: the text of the pages, with lines joined to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

from ..cleaning import clean_saved_page, document_title
from ..errors import SourceError
from .base import RawArticle, check_file_size

MAX_PAGES = 2_000
_HYPHEN = re.compile("[\ufffe\u0002]\r?\n?")  # PDFium's mark for a hyphenated word that continues on the next line
_NUMBER = re.compile(r"\d+")
_MIN_JOINED_EDGE = 6  # characters of a page header or footer to be removed from the end of a line
_MIN_PAGES = 3  # with fewer, headers and footers can't be distinguished from text


def read_pdf(path: Path) -> Iterator[RawArticle]:
    """Read the text of a PDF."""
    check_file_size(path)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY):
            raise SourceError("the PDF is protected by a password; save it without one") from None
        raise SourceError("the PDF is damaged") from None
    if len(document) > MAX_PAGES:
        raise SourceError(f"the PDF has {len(document):,} pages, and the limit is {MAX_PAGES:,}; split it")
    pages = [_HYPHEN.sub("", page.get_textpage().get_text_bounded()).splitlines() for page in document]
    text = "\n".join(line for page in _without_headers_and_footers(pages) for line in page)
    if not text.strip():
        raise SourceError("the PDF contains no text; if it is a scan, run text recognition (OCR) first")
    properties = document.get_metadata_dict()
    page = clean_saved_page(text)
    title, author = document_title(properties.get("Title")), properties.get("Author") or None
    yield RawArticle(page.text, {"title": title, "author": author, **page.metadata})


def _without_headers_and_footers(pages: list[list[str]]) -> list[list[str]]:
    """Remove the first and last lines that most pages share, apart from the numbers in them."""
    if len(pages) < _MIN_PAGES:
        return pages
    edges = Counter(_without_numbers(line) for page in pages for line in {*page[:1], *page[-1:]})
    repeated = [edge for edge, count in edges.items() if edge and count > len(pages) / 2]
    if not repeated:
        return pages
    # PDFium may append a footer to the last line of the text. A short one, such as a number, could belong to the text.
    whole_line = _pattern_of(repeated)
    line_end = _pattern_of([edge for edge in repeated if len(edge) >= _MIN_JOINED_EDGE])
    for page in pages:
        for position in {0, len(page) - 1} if page else ():
            page[position] = "" if whole_line.match(page[position].strip()) else page[position]
        if page:
            page[-1] = line_end.sub("", page[-1].rstrip())
    return pages


def _without_numbers(line: str) -> str:
    return _NUMBER.sub("0", line.strip())


def _pattern_of(edges: list[str]) -> re.Pattern[str]:
    """Return a pattern for lines that end with one of these headers and footers, with any numbers in them."""
    patterns = [r"(?<!\d)\d++".join(map(re.escape, edge.split("0"))) for edge in edges]
    return re.compile(f"(?:{'|'.join(patterns) or '(?!)'})$")
