"""Quotes and statements as CSV that a spreadsheet shows as it is: no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from index import Article, Statement

from .exchange import Exchange
from .reference import clean, reference_of
from .wording import DIRECT_SPEECH, REPORTED_SPEECH

BYTE_ORDER_MARK = "\ufeff"  # without it, Excel takes UTF-8 for another encoding
_FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠|%")
_ARTICLE_COLUMNS = ("title", "outlet", "author", "published", "address")
_STATEMENT_COLUMNS = (
    *("speaker", "role", "speech", "is_negated", "inferred", "cue", "statement", "via"),
    *_ARTICLE_COLUMNS,
    *("article_id", "start", "end"),
)
_QUOTE_COLUMNS = (
    *("question", "marker", "quote", "speech"),
    *_ARTICLE_COLUMNS,
    *("link", "article_id", "start", "end"),
)


def statement_rows(pages: Iterable[tuple[Sequence[Statement], Mapping[int, Article]]]) -> Iterator[str]:
    """The lines of a CSV file of statements, page by page; each page comes with its articles by id."""
    yield BYTE_ORDER_MARK + _lines([_STATEMENT_COLUMNS])
    for statements, articles in pages:
        yield _lines(_statement_row(one, articles[one.article_id]) for one in statements if one.article_id in articles)


def to_csv(exchanges: Iterable[Exchange]) -> str:
    """The quotes of answers, one a row."""
    rows = [
        (
            *(exchange.question, quote.marker, quote.words, quote.speech),
            *(quote.reference.title, quote.reference.outlet, quote.reference.author_line),
            *(_day(quote.reference.published), quote.reference.url or "", quote.link or ""),
            *(quote.reference.article_id, quote.start, quote.end),
        )
        for exchange in exchanges
        for quote in exchange.quotes
    ]
    return BYTE_ORDER_MARK + _lines([_QUOTE_COLUMNS, *rows])


def _statement_row(statement: Statement, article: Article) -> tuple[object, ...]:
    reference = reference_of(article)
    return (
        *(statement.speaker, statement.role or "", DIRECT_SPEECH if statement.is_direct else REPORTED_SPEECH),
        *(_yes(statement.is_negated), _yes(statement.inferred), statement.cue, statement.text, statement.via),
        *(reference.title, reference.outlet, reference.author_line, _day(reference.published), reference.url or ""),
        *(statement.article_id, statement.start, statement.end),
    )


def _lines(rows: Iterable[Sequence[object]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return file.getvalue()


def _cell(value: object) -> object:
    """A text that would be taken for a formula gets an apostrophe before it, which spreadsheets hide."""
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _day(day: object) -> str:
    return str(day) if day else ""
