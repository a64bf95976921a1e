"""Parameters that several routes share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from fastapi import Path, Query, Request
from pydantic import BeforeValidator

from index import Period

from .paging import CURSOR_PATTERN, make_cursor, read_cursor

_CURSOR: Final[dict[str, Any]] = {"pattern": CURSOR_PATTERN}  # not checked here: the error says where they come from
MAX_INTEGER: Final = 2**63 - 1  # what SQLite can store
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Id = Annotated[int, Path(ge=0, le=MAX_INTEGER)]


def _require_iso_day(value: str) -> str:
    if not _DAY.fullmatch(value):
        raise ValueError("write the date as YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_require_iso_day)]  # pydantic would accept seconds since 1970, too


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles to look at."""

    publisher: Annotated[str | None, Query(description="only outlets whose name contains this")] = None
    since: Annotated[Day | None, Query(description="only articles published on this day or later")] = None
    until: Annotated[Day | None, Query(description="only articles published on this day or earlier")] = None

    @property
    def period(self) -> Period:
        """The days from `since` to `until`."""
        return Period(self.since, self.until)


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
