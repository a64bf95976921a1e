"""JSON lines: one article per line."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...cleaning import starts_as_utf_16
from ...errors import SourceError
from ...records import Failure
from ..base import MAX_FILE_BYTES, decode, read_bytes
from .columns import RecordItem, RecordReader
from .date_order import in_date_order


def read_json_lines(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[RecordItem]:
    """Read one JSON object per line, with a text and metadata. An invalid line is a failure; reading continues.

    `columns` maps "text" and metadata keys to the keys used in the file, if they aren't the usual ones.
    """
    yield from in_date_order(lambda: _read(path, columns or {}))


def _read(path: Path, columns: Mapping[str, str]) -> Iterator[RecordItem]:
    number, reader = 0, RecordReader(columns, "object")
    for number, line in _numbered_lines(path):
        try:
            if len(line) > MAX_FILE_BYTES:
                raise SourceError(f"the line is too long; the limit is {MAX_FILE_BYTES / 1e6:.0f} MB")
            yield from reader.items(_parse_object(line), str(number), "line")
        except SourceError as error:
            yield Failure(f"line {number}", str(error))
    if not number:
        raise SourceError("the file is empty")
    yield from reader.unused()


def _numbered_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that aren't blank. A line over the limit is cut."""
    with path.open("rb") as file:
        if starts_as_utf_16(file.read(4096)):
            yield from ((n, line.encode()) for n, line in enumerate(decode(read_bytes(path)).split("\n"), 1) if line)
            return
        file.seek(0)
        for number in itertools.count(1):
            line = rest = file.readline(MAX_FILE_BYTES + 1)
            while len(rest) > MAX_FILE_BYTES and not rest.endswith(b"\n"):
                rest = file.readline(MAX_FILE_BYTES + 1)
            if not line:
                return
            if line.strip():
                yield number, line


def _parse_object(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(decode(line))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"not valid JSON: {error}") from None
    if not isinstance(record, dict):
        raise SourceError(f"expected a JSON object with the keys title and text, not {type(record).__name__}")
    return record
