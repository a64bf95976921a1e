"""What counting returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

By = Literal["day", "week", "month", "publisher"]


@dataclass(frozen=True, slots=True)
class Count:
    """The number of articles or statements of one period or outlet.

    Attributes:
        key: the period ("2022-12-22", "2022-W51", "2022-12") or the name of the outlet.
        since: first day of the period; None for an outlet.
        until: last day of the period; None for an outlet.
    """

    key: str
    count: int
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Exact numbers of articles or statements.

    Attributes:
        unit: what is counted.
        counts: by time: every period from the first to the last, empty ones too; by outlet: most first.
        missing: the number without a day or, by outlet, without an outlet.
        total: the number of all, these included.
    """

    by: By
    unit: Literal["articles", "statements"]
    counts: tuple[Count, ...]
    missing: int
    total: int
