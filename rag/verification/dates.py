"""Days, months and weekdays in a sentence, and whether quotes name them, reckoned from the article's day if need be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from index.text import word_set

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = (
    "Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)|Apr(?:il|\\.)|May|June?|July?|Aug(?:ust|\\.)"
    "|Sept?(?:ember|\\.)|Oct(?:ober|\\.)|Nov(?:ember|\\.)|Dec(?:ember|\\.)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(rf"(?:\b({_DAY})(?: of)? )?\b({_MONTH})(?![a-z])(?: ({_DAY})\b(?!,?\d))?(?:,? (\d{{4}})\b)?")
# "Theresa May" is no month; "until May" is.
_WORD_MAY = re.compile(r"\b([A-Za-z]+\.?) May\b(?! \d)")
_BEFORE_MONTH = word_set(
    "in of by on to since until after before early late last this next from and or through between"
)
_WEEKDAY = re.compile(r"\b(" + "|".join(_WEEKDAYS) + r")s?\b", re.IGNORECASE)
_RELATIVE = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_YEAR = re.compile(r"\b(this|last|next) year\b", re.IGNORECASE)
_YEARS = {"this": 0, "last": -1, "next": 1}


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is written: the month, and perhaps the day of the month and the year."""

    month: int
    day: int | None = None
    year: int | None = None

    def may_be(self, other: Day) -> bool:
        """True where nothing in this one contradicts the other, nor goes beyond it."""
        return (
            self.month == other.month
            and self.day in (None, other.day)
            and (self.year is None or self.year == other.year)
        )


@dataclass(frozen=True, slots=True)
class Days:
    """What a text says of days: dates, weekdays (0 for Monday), and years that are reckoned."""

    dates: frozenset[Day]
    weekdays: frozenset[int]
    years: frozenset[int] = frozenset()

    @property
    def numbers(self) -> frozenset[float]:
        """The numbers that stand in these dates."""
        values = [value for day in self.dates for value in (day.day, day.year)] + list(self.years)
        return frozenset(float(value) for value in values if value)


def days_in(text: str) -> Days:
    """The days that a text names."""
    weekdays = frozenset(_WEEKDAYS.index(found[1].lower()) for found in _WEEKDAY.finditer(text))
    text = _WORD_MAY.sub(lambda found: found[0] if found[1].lower() in _BEFORE_MONTH else found[1], text)
    return Days(frozenset(map(_day, _DATE.finditer(text))), weekdays)


def _day(match: re.Match[str]) -> Day:
    month = next(at for at, name in enumerate(_MONTHS, 1) if name.startswith(match[2].rstrip(".").lower()[:3]))
    number = match[1] or match[3]
    return Day(month, int(re.sub(r"\D", "", number)) if number else None, int(match[4]) if match[4] else None)


def stated_dates(quotes: Iterable[tuple[str, date | None]]) -> Days:
    """The days that quotes name or mean, "on Friday" and "yesterday" reckoned from the days of their articles."""
    told = [_told_days(quote, published) for quote, published in quotes]
    return Days(
        frozenset().union(*(days.dates for days in told)),
        frozenset().union(*(days.weekdays for days in told)),
        frozenset().union(*(days.years for days in told)),
    )


def _told_days(quotes: str, published: date | None) -> Days:
    named = days_in(quotes)
    dates, weekdays, years = set(named.dates), set(named.weekdays), set()
    if published is not None:
        around = [published + timedelta(days=by) for by in range(-6, 7)]
        meant = {day for day in around if day.weekday() in named.weekdays}
        meant |= {
            published + timedelta(days=by)
            for word, by in _RELATIVE.items()
            if re.search(rf"\b{word}\b", quotes, re.IGNORECASE)
        }
        for day in named.dates:
            if day.day and (whole := _whole(day, published)) is not None:
                meant.add(whole)
                weekdays.add(whole.weekday())
        dates |= {Day(day.month, day.day, day.year) for day in meant}
        weekdays |= {day.weekday() for day in meant}
        years = {published.year + _YEARS[found[1].lower()] for found in _YEAR.finditer(quotes)}
    return Days(frozenset(dates), frozenset(weekdays), frozenset(years))


def _whole(day: Day, published: date) -> date | None:
    try:
        return date(day.year or published.year, day.month, day.day or 1)
    except ValueError:
        return None


def unsupported_date(sentence: str, told: Days) -> str | None:
    """What the sentence says of days that isn't told; None where all is."""
    named = days_in(sentence)
    for day in named.dates:
        known = [other for other in told.dates if other.month == day.month]
        if not any(day.may_be(other) or _joins(day, other, told) for other in known):
            return f"the date {_MONTHS[day.month - 1].capitalize()}" + (f" {day.day}" if day.day else "")
    for weekday in named.weekdays - told.weekdays:
        return f"the day {_WEEKDAYS[weekday].capitalize()}"
    return None


def _joins(day: Day, other: Day, told: Days) -> bool:
    """True where the year stands elsewhere in the quotes ("15 March … in 2021"): numbers are compared apart."""
    return (
        day.day in (None, other.day)
        and other.year is None
        and not any(d.year and d.year != day.year for d in told.dates if d.month == day.month)
    ) or (other.day is None and day.day is not None and (day.year in (None, other.year)))
