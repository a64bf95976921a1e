"""JSON lines: an article a line."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..errors import SourceError
from ..records import Failure
from .base import KEYS, MAX_FILE_BYTES, RawArticle, decode, read_bytes, wide_encoding


def read_json_lines(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[RawArticle | Failure]:
    """Objects with `text` and what is known about it. A bad line is a failure, and the rest goes on.

    `columns` tells which of an object's keys hold the text, the title and so on, where they are called otherwise.
    """
    number = 0
    for number, line in _numbered_lines(path):
        try:
            if len(line) > MAX_FILE_BYTES:
                raise SourceError(f"the line is longer than {MAX_FILE_BYTES / 1e6:.0f} MB")
            yield _article(line, str(number), columns or {})
        except SourceError as error:
            yield Failure(f"line {number}", str(error))
    if not number:
        raise SourceError("the file is empty")


def _numbered_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that aren't blank. Of too long a one only the start is read."""
    with path.open("rb") as file:
        if wide_encoding(file.read(4096)):
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


def _article(line: bytes, part: str, columns: Mapping[str, str]) -> RawArticle:
    try:
        record = json.loads(decode(line))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"not valid JSON: {error}") from None
    if not isinstance(record, dict):
        raise SourceError(f"expected an object with title and text, found {type(record).__name__}")
    name = columns.get("text", "text")
    if not isinstance(text := record.get(name), str):
        raise SourceError(f'the key "{name}" is missing or is not a string')
    metadata = {key: record[columns.get(key, key)] for key in KEYS if record.get(columns.get(key, key))}
    return RawArticle(text, metadata, part, unit="line", is_at_url=True)
