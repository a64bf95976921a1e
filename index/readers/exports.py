"""Exports of news databases in files of any kind, as articles."""

from __future__ import annotations

import re
from collections.abc import Sequence

import lxml.etree
import lxml.html

from ..cleaning import clean_saved_page, html_to_lines
from ..exports import ExportedArticle, split_export, split_page, split_separated
from ..records import Skipped
from .base import RawArticle

# A page that contains none of these is no export, and needn't be parsed for it.
_MARK = re.compile(
    rb"articleParagraph|DocPublicationName|\d of \d{1,5} DOCUMENTS|End of Document|ProQuest document|news\xc2\xb7\d{8}"
    rb"|Document [A-Z]\w{9,40}"
)
_UNCLEAR = (
    "the file may contain several articles, but it isn't clear where each of them starts, so it was read as one; put a"
    " line of ten hyphens between the articles, each of them below its headline"
)
_MAX_PART = 100  # characters


def exported_articles(lines: Sequence[str]) -> list[RawArticle]:
    """Return the articles of an export by its lines, or nothing if it is something else."""
    return _raw_articles(split_export(lines))


def separated_articles(lines: Sequence[str]) -> list[RawArticle | Skipped]:
    """Return the articles of a text with several of them, or a note where it isn't clear; nothing if it is one."""
    separated = split_separated(lines)
    if separated.is_unclear:
        return [Skipped("articles", _UNCLEAR)]
    return [*_raw_articles(separated.articles)]


def exported_page(data: bytes) -> list[RawArticle]:
    """Return the articles of an export that is a web page, or nothing if it is something else."""
    if _MARK.search(data) is None:
        return []
    try:
        tree = lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding="utf-8", no_network=True))
    except (lxml.etree.LxmlError, ValueError):
        return []
    return _raw_articles(split_page(tree) or split_export(html_to_lines(data)))


def _raw_articles(articles: Sequence[ExportedArticle]) -> list[RawArticle]:
    return [_raw_article(article, is_only=len(articles) == 1) for article in articles]


def _raw_article(article: ExportedArticle, is_only: bool) -> RawArticle:
    text = clean_saved_page(article.text, find_headline=False).text
    origin = f"{article.database} export" if article.database else "text"
    origins = {key: origin for key in ("title", "author", "published") if key in article.metadata}
    return RawArticle(
        text, {**article.metadata, "origins": origins}, "" if is_only else article.part[:_MAX_PART], unit="document"
    )
