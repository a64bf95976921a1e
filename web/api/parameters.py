"""Parameters that several routes share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from fastapi import Path, Query, Request
from pydantic import BeforeValidator, Field, WithJsonSchema

from index import Where
from index.storage import MAX_IDS, MAX_NAMES, MAX_WORDS

from .paging import CURSOR_PATTERN, make_cursor, read_cursor

_CURSOR: Final[dict[str, Any]] = {"pattern": CURSOR_PATTERN}  # not checked here: the error says where they come from
MAX_INTEGER: Final = 2**63 - 1  # what SQLite can store
MAX_SAFE_INTEGER: Final = 2**53 - 1  # what every JSON parser reads exactly
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Id = Annotated[int, Path(ge=0, le=MAX_INTEGER)]


def _require_iso_day(value: object) -> str:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("write the date as YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_require_iso_day)]  # pydantic would accept seconds since 1970, too


# The limits of `Where`, which explains what is wrong; here they complete the schema.
_NAME: dict[str, Any] = {"minLength": 1, "maxLength": MAX_WORDS, "pattern": r"[\p{L}\p{N}]"}
Name = Annotated[str, WithJsonSchema({"type": "string", **_NAME})]
Language = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[A-Za-z]{2,3}$"})]
Names = Annotated[list[Name], Field(max_length=MAX_NAMES)]
Languages = Annotated[list[Language], Field(max_length=MAX_NAMES)]
ArticleIds = Annotated[list[Annotated[int, Field(ge=1, le=MAX_SAFE_INTEGER)]], Field(max_length=MAX_IDS)]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles to look at: the fields of `Where`. Lists are repeated parameters."""

    publishers: Annotated[Names | None, Query(description="outlets, by full name; repeatable")] = None
    authors: Annotated[Names | None, Query(description="authors; repeatable")] = None
    since: Annotated[Day | None, Query(description="only articles published on this day or later")] = None
    until: Annotated[Day | None, Query(description="only articles published on this day or earlier")] = None
    languages: Annotated[Languages | None, Query(description="ISO 639-1 codes; repeatable")] = None
    tags: Annotated[Names | None, Query(description="tags of the articles; repeatable")] = None
    collections: Annotated[Names | None, Query(description="collections of articles; repeatable")] = None
    speakers: Annotated[Names | None, Query(description="speakers quoted in the articles; repeatable")] = None
    article_ids: Annotated[ArticleIds | None, Query(description="ids of articles; repeatable")] = None

    @property
    def where(self) -> Where:
        """The filter."""
        given = {name: getattr(self, name) for name in Where.field_names()}
        return Where(**{name: value for name, value in given.items() if value is not None})


@dataclass(frozen=True, slots=True)
class OutletFilters(Filters):
    """The same, and an outlet by a part of its name."""

    publisher: Annotated[str | None, Query(description="only outlets whose name contains this")] = None


Limit = Annotated[int, Query(ge=1, le=1000, description="maximum number of items")]
Offset = Annotated[int, Query(ge=0, le=MAX_INTEGER, description="number of items to skip (after the cursor)")]


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list to return."""

    request: Request
    limit: Limit = 50
    offset: Offset = 0
    cursor: Annotated[
        str | None,
        Query(description="`next_cursor` of the page before, with the same filters", json_schema_extra=_CURSOR),
    ] = None

    @property
    def position(self) -> int | None:
        """The position of the cursor; None without one.

        Raises:
            HTTPException: it isn't a cursor of this list.
        """
        return None if self.cursor is None else read_cursor(self.cursor, *self._list())

    @property
    def start(self) -> int:
        """The number of items to skip, in lists whose positions are numbers of items.

        Raises:
            HTTPException: the cursor isn't one of this list.
        """
        return min((self.position or 0) + self.offset, MAX_INTEGER)

    def next_cursor(self, position: int | None) -> str | None:
        """The cursor of a position in this list; None if there is no more."""
        return None if position is None else make_cursor(position, *self._list())

    def cursor_after(self, shown: int, total: int) -> str | None:
        """The cursor of the next page, in lists whose positions are numbers of items."""
        end = self.start + shown
        return self.next_cursor(end if shown and end < total else None)

    def _list(self) -> tuple[str, list[tuple[str, str]]]:
        given = self.request.query_params.multi_items()
        return self.request.url.path, [item for item in given if item[0] not in ("limit", "offset", "cursor")]
