"""Compare the dates, months and weekdays of a sentence with its quotes, relative dates ("on Friday") resolved."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from index.text import DAY_OFFSETS, MONTH_NUMBERS, MONTHS, WEEKDAY_NAME, WEEKDAYS, month_pattern, word_set

_MONTH = month_pattern(bare=frozenset({"Jan", "Feb"}))
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(rf"(?:\b({_DAY})(?: of)? )?\b({_MONTH})(?![a-z])(?: ({_DAY})\b(?!,?\d))?(?:,? (\d{{4}})\b)?")
# "May" is a name in "Theresa May", a month in "until May".
_MAY_AFTER_WORD = re.compile(r"\b([A-Za-z]+\.?) May\b(?! \d)")
_BEFORE_MONTH = word_set(
    "in of by on to since until after before early late last this next from and or through between"
)
_WEEKDAY = re.compile(rf"\b({WEEKDAY_NAME})s?\b", re.IGNORECASE)
_RELATIVE_YEAR = re.compile(r"\b(this|last|next) year\b", re.IGNORECASE)
_YEAR_OFFSETS = {"this": 0, "last": -1, "next": 1}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as a text gives it: the month, and perhaps the day and the year."""

    month: int
    day: int | None = None
    year: int | None = None

    def is_part_of(self, other: PartialDate) -> bool:
        """Return whether the other date gives everything that this one gives, with the same values."""
        return (
            self.month == other.month
            and self.day in (None, other.day)
            and (self.year is None or self.year == other.year)
        )


@dataclass(frozen=True, slots=True)
class DateMentions:
    """The dates and weekdays (0 is Monday) in a text, and the years that "last year" and similar words refer to."""

    dates: frozenset[PartialDate]
    weekdays: frozenset[int]
    relative_years: frozenset[int] = frozenset()

    @property
    def numbers(self) -> frozenset[float]:
        """The days of the month and the years, as numbers."""
        values = [value for mention in self.dates for value in (mention.day, mention.year)] + list(self.relative_years)
        return frozenset(float(value) for value in values if value)


def dates_in(text: str) -> DateMentions:
    """Return the dates that a text gives explicitly."""
    weekdays = frozenset(WEEKDAYS.index(match[1].lower()) for match in _WEEKDAY.finditer(text))
    text = _MAY_AFTER_WORD.sub(lambda match: match[0] if match[1].lower() in _BEFORE_MONTH else match[1], text)
    return DateMentions(frozenset(map(_partial_date, _DATE.finditer(text))), weekdays)


def _partial_date(match: re.Match[str]) -> PartialDate:
    month = MONTH_NUMBERS[match[2][:3].lower()]
    day = match[1] or match[3]
    return PartialDate(month, int(re.sub(r"\D", "", day)) if day else None, int(match[4]) if match[4] else None)


def dates_of_quotes(quotes: Iterable[tuple[str, date | None]]) -> DateMentions:
    """Return the dates that quotes give, relative ones ("on Friday", "yesterday") resolved by the articles' dates."""
    mentions = [_resolved_dates(quote, published) for quote, published in quotes]
    return DateMentions(
        frozenset().union(*(mention.dates for mention in mentions)),
        frozenset().union(*(mention.weekdays for mention in mentions)),
        frozenset().union(*(mention.relative_years for mention in mentions)),
    )


def _resolved_dates(quote: str, published: date | None) -> DateMentions:
    explicit = dates_in(quote)
    if published is None:
        return explicit
    week_around = [published + timedelta(days=offset) for offset in range(-6, 7)]
    days = {day for day in week_around if day.weekday() in explicit.weekdays}
    days |= {
        published + timedelta(days=offset)
        for word, offset in DAY_OFFSETS.items()
        if re.search(rf"\b{word}\b", quote, re.IGNORECASE)
    }
    days |= {day for mention in explicit.dates if mention.day and (day := _full_date(mention, published)) is not None}
    years = {published.year + _YEAR_OFFSETS[match[1].lower()] for match in _RELATIVE_YEAR.finditer(quote)}
    return DateMentions(
        explicit.dates | {PartialDate(day.month, day.day, day.year) for day in days},
        explicit.weekdays | {day.weekday() for day in days},
        frozenset(years),
    )


def _full_date(mention: PartialDate, published: date) -> date | None:
    try:
        return date(mention.year or published.year, mention.month, mention.day or 1)
    except ValueError:
        return None


def unsupported_date(sentence: str, quoted: DateMentions) -> str | None:
    """Return a date or weekday of the sentence that the quotes don't give; None if they give all."""
    stated = dates_in(sentence)
    for mention in stated.dates:
        same_month = [other for other in quoted.dates if other.month == mention.month]
        if not any(mention.is_part_of(other) or _may_combine(mention, other, quoted) for other in same_month):
            return f"the date {MONTHS[mention.month - 1].capitalize()}" + (f" {mention.day}" if mention.day else "")
    for weekday in stated.weekdays - quoted.weekdays:
        return f"the day {WEEKDAYS[weekday].capitalize()}"
    return None


def _may_combine(mention: PartialDate, other: PartialDate, quoted: DateMentions) -> bool:
    """Return whether the rest of a date may be elsewhere in the quotes ("15 March … in 2021").

    The numbers themselves are compared separately.
    """
    lacks_year = (
        mention.day in (None, other.day)
        and other.year is None
        and not any(d.year and d.year != mention.year for d in quoted.dates if d.month == mention.month)
    )
    lacks_day = other.day is None and mention.day is not None and mention.year in (None, other.year)
    return lacks_year or lacks_day
