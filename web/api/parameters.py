"""Query parameters that several routes share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Query

from index import Period


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles to look at."""

    publisher: Annotated[str | None, Query(description="only outlets whose name contains this")] = None
    since: Annotated[date | None, Query(description="only articles published on this day or later")] = None
    until: Annotated[date | None, Query(description="only articles published on this day or earlier")] = None

    @property
    def period(self) -> Period:
        """The days from `since` to `until`."""
        return Period(self.since, self.until)


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list to return."""

    limit: Annotated[int, Query(ge=1, le=1000, description="maximum number of items")] = 50
    offset: Annotated[int, Query(ge=0, description="number of items to skip")] = 0
