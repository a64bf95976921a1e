"""Tables (.csv, .tsv): one article per row, with columns recognized by their usual names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..cleaning import DateOrder, with_iso_date
from ..errors import ColumnNotFound, SourceError
from ..records import Failure
from .base import MAX_FILE_BYTES, RawArticle, decode, read_bytes

# The usual names of the columns.
COLUMNS = {
    "text": ("text", "body", "content", "article", "article_text", "full_text"),
    "title": ("title", "headline", "name"),
    "url": ("url", "link", "address"),
    "published": ("published", "date", "published_at", "publish_date", "publication_date", "pubdate"),
    "author": ("author", "authors", "byline", "creator"),
    "publisher": ("publisher", "outlet", "publication", "site", "source_name"),
}


def read_table(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[RawArticle | Failure]:
    """Read the rows of a table with a header row. `columns` gives the names of unusually named columns."""
    csv.field_size_limit(MAX_FILE_BYTES)
    text = decode(read_bytes(path))
    delimiter = _delimiter(text, path)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        positions = _column_positions(next(rows, []), columns or {})
        order = _date_order(text, delimiter, positions.get("published"))
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            number = str(rows.line_num)
            values = {key: row[at] for key, at in positions.items() if at < len(row) and row[at].strip()}
            if article_text := values.pop("text", ""):
                yield RawArticle(article_text, with_iso_date(values, order), number, unit="line", is_at_url=True)
            else:
                yield Failure(f"line {number}", "the row has no text")
    except csv.Error as error:
        raise SourceError(f"line {rows.line_num} isn't valid CSV: {error}") from None


def _date_order(text: str, delimiter: str, position: int | None) -> DateOrder | None:
    """Return the order of day and month that the dates of a column show: "12/31/2022" that the month is first."""
    if position is None:
        return None
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return DateOrder.of_dates(row[position] for row in rows if position < len(row))


def _column_positions(header: list[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Return the position of each column, by metadata key.

    Raises:
        ColumnNotFound: there is no column with the text, or none of a name in `columns`.
    """
    names = [_normalize(name) for name in header]
    accepted = {**COLUMNS, **{key: (_normalize(name),) for key, name in columns.items()}}
    first = {key: next((name for name in candidates if name in names), None) for key, candidates in accepted.items()}
    positions = {key: names.index(name) for key, name in first.items() if name is not None}
    for key in ("text", *columns):
        if key not in positions:
            raise ColumnNotFound(key, (columns[key],) if columns.get(key) else accepted[key][:3], header)
    return positions


def _normalize(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


def _delimiter(text: str, path: Path) -> str:
    """Return the most frequent delimiter of the header row."""
    if path.suffix.lower() == ".tsv":
        return "\t"
    header = text.split("\n", 1)[0]
    return max(",;\t", key=header.count)
