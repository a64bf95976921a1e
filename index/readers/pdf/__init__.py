"""PDF documents: columns in reading order, lines joined to paragraphs, without headers, footers and footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

from ...cleaning import Hyphens, Origin, clean_saved_page
from ...errors import SourceError
from ..base import RawArticle, check_file_size
from .columns import split_columns
from .fragments import body_height, make_fragments
from .head import Head, declared_author, declared_title, read_head
from .lines import Line, lines_of
from .margins import PageFragments, without_footnotes, without_margins
from .paragraphs import join_lines
from .words import read_words

__all__ = ["MAX_PAGES", "MAX_PDF_BYTES", "read_pdf"]

MAX_PAGES = 2_000
MAX_PDF_BYTES = 500 * 1024 * 1024  # pictures included, which aren't read; the text has a limit of its own


def read_pdf(path: Path) -> Iterator[RawArticle]:
    """Read the text of a PDF."""
    check_file_size(path, MAX_PDF_BYTES)
    with _opened(path) as document:
        properties = document.get_metadata_dict()
        title = declared_title(properties.get("Title"))
        pages = _pages(document)
    if not any(page.fragments for page in pages):
        raise SourceError("the PDF contains no text; if it is a scan, run text recognition (OCR) first")
    body = body_height(fragment for page in pages for fragment in page.fragments)
    kept, url = without_margins(pages, title, body)
    lines = without_footnotes(_lines(kept), body, [page.height for page in pages])
    hyphens = Hyphens(line.text for line in lines)
    head = read_head(join_lines(lines, body, hyphens), body, title)
    yield _article(head, title, declared_author(properties.get("Author")), url)


def _opened(path: Path) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY):
            raise SourceError("the PDF is protected by a password; save it without one") from None
        raise SourceError("the PDF is damaged") from None
    if len(document) > MAX_PAGES:
        raise SourceError(f"the PDF has {len(document):,} pages, and the limit is {MAX_PAGES:,}; split it")
    return document


def _pages(document: pypdfium2.PdfDocument) -> list[PageFragments]:
    pages = []
    for page in document:
        words = read_words(page)
        pages.append(PageFragments(make_fragments(words.words, words.is_rtl), words.height))
        page.close()
    return pages


def _lines(pages: list[PageFragments]) -> list[Line]:
    lines: list[Line] = []
    column = 0
    for number, page in enumerate(pages):
        for part in split_columns(page.fragments):
            lines += lines_of(part, number, column)
            column += 1
    return lines


def _article(head: Head, title: str | None, author: str | None, url: str | None) -> RawArticle:
    text = "\n\n".join(paragraph.text for paragraph in head.paragraphs)
    page = clean_saved_page(text, find_headline=head.title is None and not head.has_text_first)
    metadata: dict[str, Any] = {
        "title": head.title or page.title or title,
        "author": head.author or page.author or author,
        "publisher": head.publisher,
        "published": head.published,
        "modified": head.modified,
        "url": url,
    }
    if head.published:
        metadata["origins"] = {"published": Origin.PAGE.value}
    return RawArticle(page.text, metadata)
