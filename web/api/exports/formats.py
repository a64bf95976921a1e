"""The formats of exports: their media types and file endings, and what writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from fastapi.responses import Response

from rag.export import (
    Exchange,
    Reference,
    references_of,
    to_bibtex,
    to_csl,
    to_csv,
    to_docx,
    to_html,
    to_markdown,
    to_ris,
    to_text,
)

from .downloads import download

ReferenceFormat = Literal["csl", "bibtex", "ris"]
ExportFormat = Literal["md", "docx", "txt", "html", "csv", "csl", "bibtex", "ris"]

# Media type and file ending.
_TYPES: dict[ExportFormat, tuple[str, str]] = {
    "md": ("text/markdown; charset=utf-8", "md"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "txt": ("text/plain; charset=utf-8", "txt"),
    "html": ("text/html; charset=utf-8", "html"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "csl": ("application/vnd.citationstyles.csl+json", "json"),
    "bibtex": ("application/x-bibtex; charset=utf-8", "bib"),
    "ris": ("application/x-research-info-systems; charset=utf-8", "ris"),
}
# For the API's documentation.
REFERENCE_CONTENT: dict[str, object] = {_TYPES[name][0].partition(";")[0]: {} for name in ("csl", "bibtex", "ris")}
EXPORT_CONTENT: dict[str, object] = {media_type.partition(";")[0]: {} for media_type, _ in _TYPES.values()}


def references_response(references: Sequence[Reference], kind: ReferenceFormat, name: str) -> Response:
    """References as a file."""
    writers = {"csl": to_csl, "bibtex": to_bibtex, "ris": to_ris}
    media_type, ending = _TYPES[kind]
    return download(writers[kind](references), name, ending, media_type)


def exchanges_response(exchanges: Sequence[Exchange], kind: ExportFormat, title: str) -> Response:
    """Questions with their answers as a file; in a format for references, the articles that they quote."""
    if kind in ("csl", "bibtex", "ris"):
        return references_response(references_of(exchanges), kind, title)
    media_type, ending = _TYPES[kind]
    content: str | bytes
    if kind == "docx":
        content = to_docx(exchanges, title)
    elif kind == "md":
        content = to_markdown(exchanges, title)
    elif kind == "csv":
        content = to_csv(exchanges)
    else:
        content = to_html(exchanges) if kind == "html" else to_text(exchanges)
    return download(content, title, ending, media_type)
