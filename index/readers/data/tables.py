"""Tables (.csv, .tsv): one article per row, with columns recognized by their usual names."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ...errors import ColumnNotFound, SourceError
from ...records import Failure, Skipped
from ..base import MAX_FILE_BYTES, ListEntry, decode, read_bytes
from .columns import NAMES, RecordItem, RecordReader
from .date_order import in_date_order

Row = Sequence[object]

_DELIMITERS = ",;\t|"
_MAX_HEADER_ROW = 10  # titles of a table, or notes on it, may be above the header
_ADDRESS = re.compile(r"\s*https?://\S+\s*\Z", re.IGNORECASE)
_SEPARATOR_LINE = re.compile(r"\A\"?sep=(.)\"?[ ,;\t]*\r?\n", re.IGNORECASE)  # Excel's, before the header


def read_table(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[RecordItem]:
    """Read the rows of a table with a header row. `columns` gives the names of unusually named columns.

    A table without a column of texts, but with one of addresses, is a list of addresses.
    """
    yield from in_date_order(lambda: _read(path, columns or {}))


def _read(path: Path, columns: Mapping[str, str]) -> Iterator[RecordItem]:
    csv.field_size_limit(MAX_FILE_BYTES)
    text = decode(read_bytes(path))
    delimiter = "\t" if path.suffix.lower() == ".tsv" else None
    if match := _SEPARATOR_LINE.match(text):
        text, delimiter = text[match.end() :], match[1]
    first_line = 2 if match else 1
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text, columns))
    numbered = ((row, str(rows.line_num + first_line - 1)) for row in rows)
    try:
        yield from read_rows(numbered, columns, unit="line")
    except csv.Error as error:
        raise SourceError(f"line {rows.line_num} isn't valid CSV: {error}") from None


def read_rows(rows: Iterable[tuple[Row, str]], columns: Mapping[str, str], unit: str) -> Iterator[RecordItem]:
    """Read the articles or addresses of a table's rows, given with their numbers. One of the first is the header.

    Raises:
        ColumnNotFound: there is no column with texts or addresses, or none of a name in `columns`.
    """
    rows = iter(rows)
    first = [pair for pair in itertools.islice(rows, _MAX_HEADER_ROW) if _has_text(pair[0])]
    reader = RecordReader(columns)
    header = _header(first, reader)
    if header is None:
        yield from _addresses(itertools.chain(first, rows), unit)
        return
    names = _unique_names(first[header][0])
    for row, number in itertools.chain(first[header + 1 :], rows):
        if not _has_text(row):
            continue
        if _has_text(row[len(names) :]):
            yield Skipped(f"{unit} {number}", "it has more cells than the header; those beyond aren't read")
        yield from reader.items(dict(itertools.zip_longest(names, row[: len(names)])), number, unit)
    yield from reader.unused()


def _header(rows: Sequence[tuple[Row, str]], reader: RecordReader) -> int | None:
    """Return the index of the first row that names the columns of `read_rows`; None for addresses without a header."""
    for index, (row, _) in enumerate(rows):
        names = _unique_names(row)
        if not all(reader.has(field, names) for field in reader.columns):
            continue
        if reader.has("text", names):
            return index
        following = (dict(zip(names, other, strict=False)) for other, _ in rows[index + 1 :])
        if any("url" in RecordReader(reader.columns).fields(record) for record in following):
            return index
    if not reader.columns and sum(_address(row) is not None for row, _ in rows) > len(rows) / 2:
        return None
    header = _unique_names(rows[0][0]) if rows else []
    field = next((field for field in ("text", *reader.columns) if not reader.has(field, header)), "text")
    raise ColumnNotFound(field, (reader.columns[field],) if field in reader.columns else NAMES[field][:3], header)


def _addresses(rows: Iterable[tuple[Row, str]], unit: str) -> Iterator[RecordItem]:
    """Yield the address in each row of a table without a header."""
    for row, number in rows:
        if (url := _address(row)) is not None:
            yield ListEntry(url, {})
        elif _has_text(row):
            yield Failure(f"{unit} {number}", "it has no address, and the table has no header")


def _address(row: Row) -> str | None:
    return next((str(cell).strip() for cell in row if _ADDRESS.match(str(cell))), None)


def _unique_names(header: Row) -> list[str]:
    """Return the names of the columns; one without a name, or with that of another, is called by its number."""
    names: list[str] = []
    for number, cell in enumerate(header, 1):
        name = "" if cell is None else str(cell).strip()
        names.append(name if name and name not in names else f"column {number}")
    return names


def _has_text(row: Row) -> bool:
    return any(cell is not None and str(cell).strip() for cell in row)


def _delimiter(text: str, columns: Mapping[str, str]) -> str:
    """Return the delimiter with which one of the first lines is a header, or else the most frequent of the first."""
    lines = list(itertools.islice(io.StringIO(text), _MAX_HEADER_ROW))
    reader = RecordReader(columns)
    for line in lines:
        by_frequency = sorted(_DELIMITERS, key=line.count, reverse=True)
        for delimiter in by_frequency:
            names = [name.strip(' "\r\n') for name in line.split(delimiter)]
            if len(names) > 1 and (reader.has("text", names) or reader.has("url", names)):
                return delimiter
    return max(_DELIMITERS, key=lines[0].count) if lines else ","
