"""Parameters that several routes share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from fastapi import Path, Query
from pydantic import BeforeValidator

from index import Period

MAX_INTEGER: Final = 2**63 - 1  # what SQLite can store
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Id = Annotated[int, Path(ge=0, le=MAX_INTEGER)]


def _require_iso_day(value: object) -> object:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
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


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list to return."""

    limit: Annotated[int, Query(ge=1, le=1000, description="maximum number of items")] = 50
    offset: Annotated[int, Query(ge=0, le=MAX_INTEGER, description="number of items to skip")] = 0
