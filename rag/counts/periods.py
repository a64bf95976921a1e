"""Days, weeks and months, one after another."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from index import Period

Unit = Literal["day", "week", "month"]

MAX_PERIODS = 5_000  # almost 14 years by day
_DAY = timedelta(days=1)


def period_of(day: date, unit: Unit) -> Period:
    """The day, the week from Monday to Sunday, or the month that a day is in."""
    if unit == "day":
        return Period(day, day)
    if unit == "week":
        monday = day.toordinal() - day.weekday()
        return Period(date.fromordinal(monday), date.fromordinal(min(monday + 6, date.max.toordinal())))
    return Period(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def name_of(day: date, unit: Unit) -> str:
    """The name of the period that a day is in: "2022-12-22", "2022-W51" or "2022-12"."""
    if unit == "day":
        return day.isoformat()
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    return f"{day.year:04}-{day.month:02}"


def number_of_periods(first: date, last: date, unit: Unit) -> int:
    """How many periods `periods` returns."""
    if first > last:
        return 0
    if unit == "month":
        return (last.year - first.year) * 12 + last.month - first.month + 1
    days = last.toordinal() - first.toordinal()
    return days + 1 if unit == "day" else (days + first.weekday()) // 7 + 1


def periods(first: date, last: date, unit: Unit) -> Iterator[Period]:
    """The periods from the one that `first` is in to the one that `last` is in."""
    day = first
    while day <= last:
        period = period_of(day, unit)
        yield period
        if period.until is None or period.until == date.max:
            return
        day = period.until + _DAY
