"""Spreadsheets (.xlsx, .xls, .ods): each sheet is a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from ...errors import ColumnNotFound, SourceError
from ...records import Skipped
from ..base import ListEntry, RawArticle, check_file_size
from ..zip_limits import MAX_UNPACKED_BYTES, open_zip
from .columns import RecordItem
from .date_order import in_date_order
from .tables import Row, read_rows


def read_spreadsheet(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[RecordItem]:
    """Read the rows of all sheets that have a column with texts or addresses.

    Raises:
        ColumnNotFound: no sheet has such a column.
        SourceError: the file is damaged or protected by a password.
    """
    yield from in_date_order(lambda: _read(path, columns or {}))


def _read(path: Path, columns: Mapping[str, str]) -> Iterator[RecordItem]:
    check_file_size(path, MAX_UNPACKED_BYTES)
    if path.suffix.lower() != ".xls":  # the others are ZIP archives
        open_zip(path).close()
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
    except PasswordError as error:
        raise SourceError("the spreadsheet is protected by a password; save it without one") from error
    except CalamineError as error:
        raise SourceError("the file is damaged or isn't a spreadsheet") from error
    failures: dict[str, ColumnNotFound] = {}
    is_single = len(sheets) == 1
    has_rows = False
    for sheet in sheets:
        prefix = "" if is_single else f"{sheet.name}, "
        try:
            for item in read_rows(_rows(sheet, prefix), columns, unit="row"):
                has_rows = has_rows or isinstance(item, RawArticle | ListEntry)
                yield item
        except ColumnNotFound as error:
            failures[sheet.name] = error
    if failures and not has_rows:
        raise next(iter(failures.values()))
    for name, failure in failures.items():
        yield Skipped(f"sheet {name}", f"no column contains the {failure.field} of the articles")


def _rows(sheet: CalamineSheet, prefix: str) -> Iterator[tuple[Row, str]]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield [_text(value) for value in row], f"{prefix}{number}"


def _text(value: object) -> str:
    """Return the value of a cell as in a .csv file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)
