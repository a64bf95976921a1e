"""JSON files (.json): lists of articles, as programs and news APIs give them."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...errors import SourceError
from ...records import Failure
from ..base import decode, read_bytes
from .columns import RecordItem, RecordReader
from .date_order import in_date_order
from .jsonl import read_json_lines

MAX_JSON_BYTES = 100_000_000
_MAX_DEPTH = 5  # of the lists in a file
_MAX_HOLDER_DEPTH = 2  # of the object with the text in a record
_JSON_FEED = "https://jsonfeed.org/version/"

Record = Mapping[str, Any]


def read_json(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[RecordItem]:
    """Read the articles or addresses in a JSON file: an array of objects, wherever it is in the file, or one object.

    Raises:
        SourceError: it isn't valid JSON, or contains no object with a text or an address.
    """
    yield from in_date_order(lambda: _read(path, columns or {}))


def _read(path: Path, columns: Mapping[str, str]) -> Iterator[RecordItem]:
    text = decode(read_bytes(path, MAX_JSON_BYTES))
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":  # of JSON lines
            yield from read_json_lines(path, columns)
            return
        raise SourceError(f"not valid JSON: {error}") from None
    except (ValueError, RecursionError) as error:
        raise SourceError(f"not valid JSON: {error}") from None
    reader = RecordReader(columns, "object")
    defaults = _defaults(content)
    for number, record in enumerate(_find_records(content, reader), 1):
        if isinstance(record, Mapping):
            yield from reader.items(_flattened(record, reader, defaults), str(number), "item")
        else:
            yield Failure(f"item {number}", f"expected a JSON object with a text, not {type(record).__name__}")
    yield from reader.unused()


def _find_records(content: object, reader: RecordReader) -> list[object]:
    """Return the list of the articles in a JSON file: the first, from outside in, with texts or else with addresses."""
    for field in ("text", "url"):
        bookmarks: list[object] = [] if field == "text" else list(_bookmarks(content))
        if bookmarks:
            return bookmarks
        queue = deque([(content, 0)])
        while queue:
            value, depth = queue.popleft()
            children = _children(value)
            if isinstance(value, Mapping) and _holds(value, reader, field):
                return [value]
            objects = [child for child in children if isinstance(child, Mapping)]
            if isinstance(value, list):
                is_list = any(_has(child, reader, field) for child in objects)
            else:  # an object with an article under each key
                is_list = len(objects) == len(children) > 1 and all(_has(child, reader, field) for child in objects)
            if is_list:
                return children
            if depth < _MAX_DEPTH:
                queue.extend((child, depth + 1) for child in children if isinstance(child, list | Mapping))
    raise SourceError("there is no object with the text or the address of an article in the file")


def _bookmarks(content: object) -> Iterator[Record]:
    """Yield the addresses in the bookmarks of a browser: a tree, in which each folder has its "children"."""
    stack = [content]
    while stack:
        value = stack.pop()
        if isinstance(value, Mapping):
            children = value.get("children")
            if isinstance(children, list):
                for child in children:
                    address = child.get("url", child.get("uri")) if isinstance(child, Mapping) else None
                    if isinstance(address, str) and address.startswith(("http://", "https://")):
                        yield {"url": address}
        stack.extend(reversed(_children(value)))


def _children(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return list(value.values()) if isinstance(value, Mapping) else []


def _holds(value: Record, reader: RecordReader, field: str) -> bool:
    return reader.has_value(field, value)


def _has(value: Record, reader: RecordReader, field: str) -> bool:
    return _holder(value, reader, field, _MAX_HOLDER_DEPTH) is not None


def _holder(record: Record, reader: RecordReader, field: str, depth: int) -> Record | None:
    """Return the object with the text in a record: the record itself, or one in it."""
    if _holds(record, reader, field):
        return record
    inner = (value for value in record.values() if depth and isinstance(value, Mapping))
    found = (_holder(value, reader, field, depth - 1) for value in inner)
    return next((holder for holder in found if holder is not None), None)


def _flattened(record: Record, reader: RecordReader, defaults: Record) -> Record:
    """Return a record with the values of the object that holds the text, and for the rest those around it."""
    holders = (_holder(record, reader, field, _MAX_HOLDER_DEPTH) for field in ("text", "url"))
    holder = next((found for found in holders if found is not None), {})
    outer = {key: value for key, value in record.items() if value is not holder}
    return {**defaults, **outer, **holder}


def _defaults(content: object) -> Record:
    """Return what a JSON feed says about all its articles."""
    if isinstance(content, Mapping) and str(content.get("version", "")).startswith(_JSON_FEED):
        return {"publisher": content.get("title"), "language": content.get("language")}
    return {}
