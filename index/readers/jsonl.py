"""JSON lines: one article per line."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..cleaning import starts_as_utf_16
from ..errors import SourceError
from ..records import Failure
from .base import MAX_FILE_BYTES, RawArticle, decode, read_bytes


def read_json_lines(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[RawArticle | Failure]:
    """Read one JSON object per line, with `text` and metadata. An invalid line is a failure; reading continues.

    `columns` maps "text" and metadata keys to the keys used in the file, if they differ.
    """
    number = 0
    for number, line in _numbered_lines(path):
        try:
            if len(line) > MAX_FILE_BYTES:
                raise SourceError(f"the line is too long; the limit is {MAX_FILE_BYTES / 1e6:.0f} MB")
            yield _parse_article(line, str(number), columns or {})
        except SourceError as error:
            yield Failure(f"line {number}", str(error))
    if not number:
        raise SourceError("the file is empty")


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
