"""Dates in English: names of months, weekdays and relative days, patterns that match them, and dates in words."""

from __future__ import annotations

from datetime import date

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# Months by full name and abbreviation.
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)}
MONTH_NUMBERS |= {name[:3]: number for name, number in MONTH_NUMBERS.items()} | {"sept": 9}

# Days from today.
DAY_OFFSETS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}

# Capitalised words that name a date and no person. "May" may be a surname or a verb.
DATE_WORDS = frozenset({*WEEKDAYS, *MONTHS, "today", "yesterday", "tomorrow"}) - {"may"}

# Regular expressions, to be put in a group.
WEEKDAY_NAME = "|".join(map(str.capitalize, WEEKDAYS))
MONTH_NAME = "|".join(map(str.capitalize, MONTHS))
MONTH_NAME_EXCEPT_MAY = MONTH_NAME.replace("May|", "")
RELATIVE_PERIOD = "today|yesterday|(?:this|last) (?:week|month|year)"
LATEST = "latest|newest|most recent(?:ly)?"

_MONTH_STEMS = {
    "Jan": "uary",
    "Feb": "ruary",
    "Mar": "ch",
    "Apr": "il",
    "May": "",
    "June?": "",
    "July?": "",
    "Aug": "ust",
    "Sept?": "ember",
    "Oct": "ober",
    "Nov": "ember",
    "Dec": "ember",
}


def month_pattern(bare: frozenset[str] | None = None) -> str:
    """Return a regular expression for months, by full name or abbreviation, to be put in a group.

    Abbreviations must have their full stop, except those in `bare`; if it is None, the full stop is always optional.
    """
    return "|".join(
        f"{stem}(?:{rest}|\\.){'?' if bare is None or stem in bare else ''}" if rest else stem
        for stem, rest in _MONTH_STEMS.items()
    )


def long_date(day: date) -> str:
    """Return a date in words: "22 December 2022"."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"
