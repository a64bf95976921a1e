"""JSON lines: one article per line."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ..cleaning import DateOrder, is_ambiguous, with_iso_date
from ..errors import SourceError
from ..records import Failure
from .base import MAX_FILE_BYTES, RawArticle, decode, read_bytes, utf_16_encoding


def read_json_lines(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[RawArticle | Failure]:
    """Read one JSON object per line, with `text` and metadata. An invalid line is a failure; reading continues.

    `columns` maps "text" and metadata keys to the keys used in the file, if they differ.
    """
    number = 0
    order: DateOrder | None = None
    is_order_known = False
    for number, line in _numbered_lines(path):
        try:
            if len(line) > MAX_FILE_BYTES:
                raise SourceError(f"the line is too long; the limit is {MAX_FILE_BYTES / 1e6:.0f} MB")
            article = _parse_article(line, str(number), columns or {})
            if not is_order_known and is_ambiguous(article.metadata.get("published")):
                order, is_order_known = _date_order(path, columns or {}), True
            yield replace(article, metadata=with_iso_date(article.metadata, order))
        except SourceError as error:
            yield Failure(f"line {number}", str(error))
    if not number:
        raise SourceError("the file is empty")


def _date_order(path: Path, columns: Mapping[str, str]) -> DateOrder | None:
    """Return the order of day and month that the dates of a file show."""

    def dates() -> Iterator[str]:
        for number, line in _numbered_lines(path):
            with suppress(SourceError):
                yield str(_parse_article(line, str(number), columns).metadata.get("published"))

    return DateOrder.of_dates(dates())


def _numbered_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that aren't blank. A line over the limit is cut."""
    with path.open("rb") as file:
        if utf_16_encoding(file.read(4096)):
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


def _parse_article(line: bytes, part: str, columns: Mapping[str, str]) -> RawArticle:
    try:
        record = json.loads(decode(line))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"not valid JSON: {error}") from None
    if not isinstance(record, dict):
        raise SourceError(f"expected a JSON object with the keys title and text, not {type(record).__name__}")
    text_key = columns.get("text", "text")
    if not isinstance(text := record.get(text_key), str):
        raise SourceError(f'the key "{text_key}" is missing or isn\'t a string')
    names = {key: columns.get(key, key) for key in RawArticle.METADATA_KEYS}
    metadata = {key: record[name] for key, name in names.items() if record.get(name)}
    return RawArticle(text, metadata, part, unit="line", is_at_url=True)
