"""Exports of news databases, which contain many articles: each with its own headline, outlet, day and author.

`split_export` takes the lines of a text or a document, `split_page` the tree of a web page. `split_separated` is for
texts with several articles that somebody put together. `find_day` finds a date within a line.
"""

from __future__ import annotations

from collections.abc import Sequence

from .article import ExportedArticle
from .days import find_day
from .europresse import split_europresse
from .factiva import split_factiva
from .lexis import split_lexis
from .pages import split_page
from .proquest import split_proquest
from .separated import HEADING, PAGE_BREAK, SUBHEADING, SeparatedText, split_separated

__all__ = [
    "HEADING",
    "PAGE_BREAK",
    "SUBHEADING",
    "ExportedArticle",
    "SeparatedText",
    "find_day",
    "split_export",
    "split_page",
    "split_separated",
]


def split_export(lines: Sequence[str]) -> list[ExportedArticle]:
    """Return the articles of a database's export, or nothing if the text is something else.

    Args:
        lines: the lines of the text, with white space folded; those of documents with blank lines between paragraphs.
    """
    for split in (split_proquest, split_lexis, split_factiva, split_europresse):
        if articles := split(lines):
            return articles
    return []
