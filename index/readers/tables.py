"""Tables (.csv, .tsv): an article a row, columns by their usual names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..errors import SourceError
from ..records import Failure
from .base import MAX_FILE_BYTES, RawArticle, decode, read_bytes

# What the columns of an article are called elsewhere.
COLUMNS = {
    "text": ("text", "body", "content", "article", "article_text", "full_text"),
    "title": ("title", "headline", "name"),
    "url": ("url", "link", "address"),
    "published": ("published", "date", "published_at", "publish_date", "publication_date", "pubdate"),
    "author": ("author", "authors", "byline", "creator"),
    "publisher": ("publisher", "outlet", "publication", "site", "source_name"),
}


def read_table(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[RawArticle | Failure]:
    """The rows of a table with a row of names at the top; `columns` tells what those are called, where unusual."""
    csv.field_size_limit(MAX_FILE_BYTES)
    text = decode(read_bytes(path))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, path))
    try:
        written = next(rows, [])
        names = [_folded(name) for name in written]
        known = {**COLUMNS, **{key: (_folded(name),) for key, name in (columns or {}).items()}}
        places = {key: at for key, these in known.items() if (at := _first(names, these)) is not None}
        missing = next((key for key in ("text", *(columns or {})) if key not in places), None)
        if missing:
            wanted = (columns or {}).get(missing) or " or ".join(known[missing][:3])
            raise SourceError(
                f"no column holds the {missing} of the articles; the columns are {', '.join(written)[:200]!r}, and one"
                f" of them has to be called {wanted}, or to be named: --column {missing}=NAME"
            )
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            number = str(rows.line_num)
            values = {key: row[at] for key, at in places.items() if at < len(row) and row[at].strip()}
            if found := values.pop("text", ""):
                yield RawArticle(found, values, number, unit="line", is_at_url=True)
            else:
                yield Failure(f"line {number}", "the row has no text")
    except csv.Error as error:
        raise SourceError(f"line {rows.line_num}: {error}") from None


def _folded(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


def _first(names: list[str], known: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in known if name in names), None)


def _delimiter(text: str, path: Path) -> str:
    """What stands between the names of the columns most often."""
    if path.suffix.lower() == ".tsv":
        return "\t"
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)
