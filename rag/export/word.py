"""Exchanges as a Word document."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from . import wording
from .exchange import Exchange, ExportedQuote
from .reference import clean, one_line

_MAX_PROPERTY = 255  # characters of a document property


def to_docx(exchanges: Iterable[Exchange], title: str = wording.CONVERSATION) -> bytes:
    """The bytes of a .docx file: a heading for each question, quotes in the style Quote, addresses as links."""
    from docx import Document  # only exports need it, and it takes long to import

    document = Document()
    heading = one_line(title) or wording.CONVERSATION
    document.core_properties.title = heading[:_MAX_PROPERTY]
    document.core_properties.author = ""  # the template names its maker
    document.core_properties.comments = ""
    document.add_heading(heading, level=0)
    has_quotes = False
    for exchange in exchanges:
        _add_exchange(document, exchange)
        has_quotes |= bool(exchange.quotes)
    if has_quotes:
        document.add_paragraph().add_run(wording.CHECKED_QUOTES).italic = True
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_exchange(document: Any, exchange: Exchange) -> None:
    document.add_heading(one_line(exchange.question), level=1)
    if exchange.short_answer:
        document.add_paragraph().add_run(one_line(exchange.short_answer)).bold = True
    for block in exchange.blocks:
        if isinstance(block, ExportedQuote):
            document.add_paragraph(block.text, style="Quote")
            origin = document.add_paragraph(f"— {one_line(block.origin)}")
            if block.link:
                origin.add_run(", ")
                _add_link(origin, block.reference.url or block.link, block.link)
        else:
            document.add_paragraph(clean(block))
    for note in exchange.notes:
        document.add_paragraph().add_run(one_line(note)).italic = True


def _add_link(paragraph: Any, text: str, address: str) -> None:
    """Append a link. The library has none of its own for this."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.underline = True
    link.append(run._r)  # moves the run
    paragraph._p.append(link)
