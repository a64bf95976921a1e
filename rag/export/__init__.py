"""Take answers, references and statements elsewhere: Markdown, Word, plain text, HTML, CSV, CSL-JSON, BibTeX and RIS.

`exchange` decides what of an answer is exported, `reference` what a reference consists of; one module for each format
writes it, escaped for its readers.
"""

from .bibtex import to_bibtex
from .csl import to_csl
from .exchange import Claim, Exchange, ExportedQuote, export_answer, export_claim, references_of
from .markdown import quote_markdown, to_markdown
from .plain_text import quote_text, to_html, to_text
from .reference import Reference, reference_of
from .ris import to_ris
from .tables import statement_rows, to_csv
from .word import to_docx

__all__ = [
    "Claim",
    "Exchange",
    "ExportedQuote",
    "Reference",
    "export_answer",
    "export_claim",
    "quote_markdown",
    "quote_text",
    "reference_of",
    "references_of",
    "statement_rows",
    "to_bibtex",
    "to_csl",
    "to_csv",
    "to_docx",
    "to_html",
    "to_markdown",
    "to_ris",
    "to_text",
]
