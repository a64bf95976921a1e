"""Metadata that was edited by hand. It stays when the article is added again or replaced by a newer version."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import apsw

from ...cleaning import without_invisible
from ...errors import ArticleNotFound
from ...records import EDITED, LoadedArticle
from .. import rows
from ..articles import METADATA, current_passages, replace_passages, update_checksum
from ..connections import Connections, Row, is_id, next_change

FIELDS: Final = ("title", "publisher", "author", "published")
MAX_CHARACTERS: Final = 300  # of a title or a name, as in what sources declare
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_VALUE = " ".join(f"WHEN '{field}' THEN {field}" for field in FIELDS)
_EDITS = f"""
    SELECT field, CASE field {_VALUE} END, given, origin FROM edits JOIN articles ON articles.id = article_id
    WHERE article_id = ?"""


@dataclass(frozen=True, slots=True)
class StoredEdit:
    """A field that was edited: its value, and the value and its origin that the source gives. A day is ISO 8601."""

    value: str | None
    given: str | None
    origin: str | None


class EditStore:
    """Edits of articles."""

    def __init__(self, connections: Connections) -> None:
        self._file = connections

    def given(self, article_id: int, stored: Row) -> Row:
        """The metadata of an article as its source gave it; `stored` is as in `METADATA`."""
        edits = {row[0]: row[2] for row in self._file.rows(_EDITS, (article_id,))}
        return tuple(edits.get(field, value) for field, value in zip(METADATA, stored, strict=True))

    def edit(self, article_id: int, changes: Mapping[str, str | None], reverted: Iterable[str]) -> None:
        """Change fields of an article to values, and others back to what the source gives. The text never changes.

        Raises:
            ArticleNotFound: no article has this id; earlier revisions can't be edited.
        """
        with self._file.write() as connection:
            row = connection.execute(
                f"SELECT origins, {', '.join(FIELDS)} FROM articles WHERE id = ?",
                (article_id if is_id(article_id) else 0,),
            ).fetchone()
            if row is None:
                raise ArticleNotFound(article_id)
            before = dict(zip(FIELDS, row[1:], strict=True))
            edits = stored_edits(connection, article_id)
            origins = json.loads(row[0])
            given = {field: edits[field].given if field in edits else before[field] for field in FIELDS}
            given_origins = {field: edits[field].origin if field in edits else origins.get(field) for field in FIELDS}
            after = {**before, **changes, **{field: given[field] for field in reverted}}
            kept = {
                field: StoredEdit(after[field], given[field], given_origins[field])
                for field in FIELDS
                if after[field] != given[field]
            }
            for field in FIELDS:
                origin = EDITED if field in kept else given_origins[field]
                origins = {**origins, field: origin} if origin else {k: v for k, v in origins.items() if k != field}
            if (after, kept) != (before, edits):
                _write(connection, article_id, after, kept, origins)
                if after["title"] != before["title"]:  # the word index includes it
                    replace_passages(connection, article_id, *current_passages(connection, article_id))
                if after["published"] != before["published"]:  # near-duplicates are of about the same day
                    connection.execute("UPDATE articles SET story = NULL WHERE id = ?", (article_id,))
                    connection.execute("DELETE FROM bands WHERE article_id = ?", (article_id,))


def checked_edits(
    changes: Mapping[str, str | date | None], reverted: Iterable[str]
) -> tuple[dict[str, str | None], list[str]]:
    """Edits with their values as stored, and the fields to revert.

    Raises:
        ValueError: there is no such field, or it can't have this value.
    """
    reverted = list(reverted)
    for field in (*changes, *reverted):
        if field not in FIELDS:
            raise ValueError(f"The field {field[:50]!r} can't be edited. Edit one of {', '.join(FIELDS)}.")
    if both := set(changes).intersection(reverted):
        raise ValueError(f"The field {min(both)!r} can't be changed and reverted at the same time.")
    return {field: _checked(field, value) for field, value in changes.items()}, reverted


def _checked(field: str, value: str | date | None) -> str | None:
    if field == "published":
        if value is not None and not isinstance(value, date):
            raise ValueError(f"{value[:50]!r} isn't a day.")
        return value.isoformat() if value is not None else None
    if isinstance(value, date):
        raise ValueError(f"{value} isn't a {field}.")
    line = " ".join(_CONTROL.sub(" ", without_invisible(value or "")).split())
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"The {field} isn't valid Unicode.") from None
    if len(line) > MAX_CHARACTERS:
        raise ValueError(f"The {field} has {len(line):,} characters. The limit is {MAX_CHARACTERS:,}: shorten it.")
    if not any(unicodedata.category(sign)[0] in "LNS" for sign in line):
        line = ""
    if field == "title" and not line:
        raise ValueError("An article needs a title. Enter one.")
    return line or None


def stored_edits(connection: apsw.Connection, article_id: int | None) -> dict[str, StoredEdit]:
    """The edits of an article by field."""
    return {str(row[0]): StoredEdit(*row[1:]) for row in connection.execute(_EDITS, (article_id,))}


def edited(loaded: LoadedArticle, edits: Mapping[str, StoredEdit]) -> LoadedArticle:
    """An article from a source, with the edits of the same article in the library."""
    values = {field: edit.value for field, edit in edits.items() if field != "published"}
    loaded = replace(loaded, **values, origins={**loaded.origins, **dict.fromkeys(edits, EDITED)})  # type: ignore[arg-type]
    return replace(loaded, published=rows.day(edits["published"].value)) if "published" in edits else loaded


def keep_edits(
    connection: apsw.Connection, article_id: int, loaded: LoadedArticle, edits: Mapping[str, StoredEdit]
) -> None:
    """Record edits for an article whose source now gives the values of `loaded`."""
    published = loaded.published.isoformat() if loaded.published else None
    given = {"title": loaded.title, "publisher": loaded.publisher, "author": loaded.author, "published": published}
    connection.execute("DELETE FROM edits WHERE article_id = ?", (article_id,))
    connection.executemany(
        "INSERT INTO edits (article_id, field, given, origin) VALUES (?, ?, ?, ?)",
        [(article_id, field, given[field], loaded.origins.get(field)) for field in edits],
    )


def _write(
    connection: apsw.Connection,
    article_id: int,
    values: Mapping[str, str | None],
    edits: Mapping[str, StoredEdit],
    origins: Mapping[str, str],
) -> None:
    next_change(connection)
    connection.execute(
        f"UPDATE articles SET {', '.join(f'{field} = ?' for field in FIELDS)}, origins = ? WHERE id = ?",
        (*(values[field] for field in FIELDS), json.dumps(origins, ensure_ascii=False, sort_keys=True), article_id),
    )
    update_checksum(connection, "articles", article_id)
    connection.execute("DELETE FROM edits WHERE article_id = ?", (article_id,))
    connection.executemany(
        "INSERT INTO edits (article_id, field, given, origin) VALUES (?, ?, ?, ?)",
        [(article_id, field, edit.given, edit.origin) for field, edit in edits.items()],
    )
