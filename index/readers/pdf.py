"""PDF: the text of its pages, lines joined to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

from ..cleaning import clean_saved_page
from ..errors import SourceError
from .base import RawArticle, check_size

MAX_PAGES = 2_000
_HYPHEN = re.compile("[\ufffe\u0002]\r?\n?")  # PDFium's mark of a word that goes on in the next line
_NUMBER = re.compile(r"\d+")
_LONG_EDGE = 6  # characters
_FEW_PAGES = 2  # in which what stands at the edges of all of them can't be told from text


def read_pdf(path: Path) -> Iterator[RawArticle]:
    """The text of a PDF."""
    check_size(path)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY):
            raise SourceError("the PDF is protected by a password; save it without one") from None
        raise SourceError("the PDF is damaged") from None
    if len(document) > MAX_PAGES:
        raise SourceError(f"the PDF has {len(document):,} pages; the limit is {MAX_PAGES:,}: split it")
    pages = [_HYPHEN.sub("", page.get_textpage().get_text_bounded()).splitlines() for page in document]
    text = "\n".join(line for page in _without_edges(pages) for line in page)
    if not text.strip():
        raise SourceError("the PDF has no text: a scan? Recognise its text first")
    told = document.get_metadata_dict()
    title = told.get("Title") or None
    page = clean_saved_page(text, find_headline=True)
    yield RawArticle(page.text, {"title": page.title or title, "author": page.author or told.get("Author") or None})


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """The pages without what stands first or last on most of them, whatever the number in it: titles, page numbers."""
    if len(pages) <= _FEW_PAGES:
        return pages
    edges = Counter(_alike(line) for page in pages for line in {*page[:1], *page[-1:]})
    repeated = [edge for edge, count in edges.items() if edge and count > len(pages) / 2]
    if not repeated:
        return pages
    # PDFium may join a line of words to text that ends beside it; a number alone could be the text's own.
    whole, joined = _any_of(repeated), _any_of([edge for edge in repeated if len(edge) >= _LONG_EDGE])
    for page in pages:
        for at in {0, len(page) - 1} if page else ():
            page[at] = "" if whole.match(page[at].strip()) else page[at]
        if page:
            page[-1] = joined.sub("", page[-1].rstrip())
    return pages


def _alike(line: str) -> str:
    return _NUMBER.sub("0", line.strip())


def _any_of(edges: list[str]) -> re.Pattern[str]:
    """Matches a line that ends with one of these edges, with any numbers in them."""
    patterns = [r"\d+".join(map(re.escape, edge.split("0"))) for edge in edges]
    return re.compile(f"(?:{'|'.join(patterns) or '(?!)'})$")
