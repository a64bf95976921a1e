"""The one reader of dates: of metadata, tables, feeds and the lines above a text, as sites and exports write them.

Only full dates are read, every word of which is understood: "2023-03", "Tuesday" and "ten days ago" are none. A date is
the day where it was written: the time zone never moves it. Nothing is taken from the clock; a day in the future and a
placeholder such as 1970-01-01 are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError

from ..text import MONTH_NUMBERS, WEEKDAYS, word_set

MAX_DATE = 120  # characters
_EARLIEST = date(1605, 1, 1)  # the year of the first newspaper
# What programs write for "no date": the first days that they can represent.
_PLACEHOLDERS = frozenset(
    date.fromisoformat(day)
    for day in ("1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01", "1969-12-31", "1970-01-01", "1980-01-01")
)
_MAX_AHEAD = timedelta(days=1)  # it may already be tomorrow where the article was published
_LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "nb", "fi", "is", "pl", "cs", "sk", "hr", "sl", "hu", "ro"),
    *("bg", "ru", "uk", "el", "tr", "ca", "et", "lv", "lt", "id", "vi"),
)
# Words between the parts of a date, in the languages above.
_FILLERS = word_set(
    """at on of the de del d du le la les el den der am um uhr a à às alle ore klo kl г р o ob do y r h
    tháng năm ngày"""
)
_ZONES = r"(?:(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d{2})?)?|Z|AoE|(?-i:[A-Z]{2,4}T)|(?<=[\d\s])[+-]\d{1,2}(?::?\d{2})?)"
_TOKEN = re.compile(
    rf"""(?P<time>\d{{1,2}}[:.h]\d{{2}}(?:[:.]\d{{2}}(?:[.,]\d{{1,9}})?)?(?:\s?[ap]\.?\s?m\b\.?)?(?![\d/.-]{{0,4}}\d)
        |\d{{1,2}}\s?[ap]\.?m\b\.?|noon\b|midnight\b)
      |(?P<zone>(?:\((?:{_ZONES}|[A-Za-z ]{{8,40}}\ Time)\)|{_ZONES})(?![\w]))
      |(?P<year>[12]\d{{3}})(?![\d:])
      |(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|[ºª])?(?![\w:])
      |(?P<word>[^\W\d_]+(?:[’'-][^\W\d_]+)*)
      |(?P<sign>[\s,.;()|•·–—/@-])""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?:(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})|(\d{1,2})([-/.]|\.\s)(\d{1,2})\6(\d{4}|\d{2}))"
    r"(?![\d/-])"
)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?)?\s?(?:Z|[+-]\d\d:?\d*)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4}(?:\d\d)?Z?)?")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号]?")
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+|\d{3}|\d{6})?")
_WORD = re.compile(r"(?<!\w)\w+")


class DateOrder(Enum):
    """Whether "03/04/2023" is the third of April or the fourth of March."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"

    @classmethod
    def of_language(cls, tag: object) -> DateOrder | None:
        """The order that a language tag such as "en-GB" implies. None for "en" alone: it is used for both."""
        if not isinstance(tag, str) or re.fullmatch(r"(?i)en|", tag := tag.strip().split(",")[0].replace("_", "-")):
            return None
        try:
            pattern = str(Locale.parse(tag, sep="-").date_formats["short"].pattern)
        except (ValueError, UnknownLocaleError, KeyError):
            return None
        positions = {letter: pattern.lower().find(letter) for letter in "dmy"}
        if positions["y"] < positions["d"]:
            return None
        return cls.DAY_FIRST if positions["d"] < positions["m"] else cls.MONTH_FIRST

    @classmethod
    def of_dates(cls, values: Iterable[str]) -> DateOrder | None:
        """The order that dates of the same source show: "12/31/2022" that the month is first. None if they disagree."""
        shown = {order for value in values if (order := _shown_order(value)) is not None}
        return shown.pop() if len(shown) == 1 else None


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a line of text, at `line[start:end]`."""

    day: date
    start: int
    end: int


def parse_date(value: object, order: DateOrder | None = None) -> date | None:
    """Parse a date, possibly with a time and a time zone.

    Args:
        value: a text in any usual form ("2022-12-31", "Dec. 31, 2022", "20221231120000", "31.12.2022"), the seconds
            since 1970, or a date.
        order: the order of numeric dates, if it is known. Otherwise an ambiguous one ("03/04/2023") is None.
    """
    if isinstance(value, datetime):
        return _plausible(value.date())
    if isinstance(value, date):
        return _plausible(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value:.0f}"
    if not isinstance(value, str):
        return None
    text = " ".join(value.split()).strip(" .,;")
    if not text or len(text) > MAX_DATE:
        return None
    for pattern in (_ISO, _EAST_ASIAN, _COMPACT):
        if match := pattern.fullmatch(text):
            return _plausible(_date(match[1], match[2], match[3]))
    if match := _EPOCH.fullmatch(text):
        return _plausible((datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(match[1]))).date())
    found = _read(text, 0, order)
    if found is None or any(word not in _FILLERS for word in re.findall(r"\w+", text[found.end :].casefold())):
        return None
    return _plausible(found.day)


def find_date(line: str, order: DateOrder | None = None) -> FoundDate | None:
    """Find the first date in a short line, with the time after it: in "Ada Brown March 7, 2023, 13:10 GMT"."""
    if len(line) > 2 * MAX_DATE or not re.search(r"\d", line):
        return None
    for word in _WORD.finditer(line):
        found = None if word[0].casefold() in _FILLERS else _read(line, word.start(), order)
        if found is not None and _plausible(found.day):
            return found
    return None


def with_iso_date(metadata: Mapping[str, Any], order: DateOrder | None) -> Mapping[str, Any]:
    """Return metadata with the day of publication in ISO 8601, if it can be read only by the order of its source."""
    value = metadata.get("published")
    if order is None or parse_date(value) is not None or (day := parse_date(value, order)) is None:
        return metadata
    return {**metadata, "published": day.isoformat()}


def is_ambiguous(value: object) -> bool:
    """Return whether a text is a date that is one of two days, as the order of its day and month isn't known."""
    return (
        isinstance(value, str)
        and parse_date(value) is None
        and any(parse_date(value, order) is not None for order in DateOrder)
    )


@dataclass(slots=True)
class _Parts:
    """The parts of a date found so far."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    has_time: bool = False
    weekday: int | None = None
    numeric: re.Match[str] | None = None

    def date(self, order: DateOrder | None) -> date | None:
        if self.numeric is not None:
            return _numeric_date(self.numeric, order, self.weekday)
        if self.year is None or self.month is None or self.day is None:
            return None
        return _date(self.year, self.month, self.day)


def _read(text: str, start: int, order: DateOrder | None) -> FoundDate | None:
    """Read the date that begins at `start`, up to the first word that isn't part of one."""
    parts, end = _Parts(), start
    for token_end in _tokens(text, start, parts):
        end = token_end
    day = parts.date(order)
    return FoundDate(day, start, end) if day is not None else None


def _tokens(text: str, start: int, parts: _Parts) -> Iterator[int]:
    """Add the tokens of a date to `parts`, and yield the end of each."""
    position = start
    while position < len(text) and position - start <= MAX_DATE:
        if match := _NUMERIC.match(text, position):
            if parts.numeric or parts.month or parts.year:
                return
            parts.numeric = match
        elif (match := _TOKEN.match(text, position)) is None or not _add(parts, match):
            return
        position = match.end()
        if match.lastgroup not in ("sign", "word") or not (match[0].lower() in _FILLERS or match.lastgroup == "sign"):
            yield position


def _add(parts: _Parts, match: re.Match[str]) -> bool:
    """Add a token to the parts. Return False if it can't belong to the same date."""
    kind, word = match.lastgroup, match[0].casefold()
    if kind == "zone" and (word in _month_numbers() or word in _weekday_numbers()):  # "OCT" looks like "EST"
        kind = "word"
    if kind == "time":
        is_new, parts.has_time = not parts.has_time, True
        return is_new
    if kind == "year" and parts.year is None and not parts.numeric:
        parts.year = int(match["year"])
    elif kind == "day" and parts.day is None and not parts.numeric:
        parts.day = int(match["day"])
    elif kind == "word" and word in _month_numbers() and parts.month is None and not parts.numeric:
        parts.month = _month_numbers()[word]
    elif kind == "word" and word in _weekday_numbers() and parts.weekday is None:
        parts.weekday = _weekday_numbers()[word]
    else:
        return kind in ("zone", "sign") or (kind == "word" and word in _FILLERS)
    return True


def _numeric_date(match: re.Match[str], order: DateOrder | None, weekday: int | None) -> date | None:
    if match["y"]:
        return _date(match["y"], match["m"], match["d"])
    first, second, year = match[5], match[7], _century(match[8])
    days = {DateOrder.DAY_FIRST: _date(year, second, first), DateOrder.MONTH_FIRST: _date(year, first, second)}
    possible = {day for day in days.values() if day is not None}
    if weekday is not None and len(possible) > 1:
        possible = {day for day in possible if day.weekday() == weekday} or possible
    if len(possible) > 1 and order is not None:
        return days[order]
    return possible.pop() if len(possible) == 1 else None


def _shown_order(value: str) -> DateOrder | None:
    match = _NUMERIC.match(value.strip())
    if match is None or match["y"]:
        return None
    first_may_be_month, second_may_be_month = int(match[5]) <= 12, int(match[7]) <= 12
    if first_may_be_month == second_may_be_month:
        return None
    return DateOrder.MONTH_FIRST if first_may_be_month else DateOrder.DAY_FIRST


def _century(digits: str) -> int:
    """The year of the last number of a numeric date. Two digits are a year of this century, unless it is ahead."""
    number = int(digits)
    if len(digits) == 4:
        return number
    return number + (2000 if number <= datetime.now(UTC).year % 100 + 1 else 1900)


def _date(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _plausible(day: date | None) -> date | None:
    """Return a day on which an article may have been published, else None."""
    if day is None or day in _PLACEHOLDERS or not _EARLIEST <= day <= datetime.now(UTC).date() + _MAX_AHEAD:
        return None
    return day


@cache
def _month_numbers() -> dict[str, int]:
    """The months by name and abbreviation in all languages, without the names that differ between languages."""
    return dict(MONTH_NUMBERS) | _unambiguous("months", set(MONTH_NUMBERS))


@cache
def _weekday_numbers() -> dict[str, int]:
    english = {name: number for number, name in enumerate(WEEKDAYS)}
    english |= {name[:length]: number for name, number in english.items() for length in (3, 4, 5)}
    return english | _unambiguous("days", set(english))


def _unambiguous(kind: str, known: set[str]) -> dict[str, int]:
    """Return the names of months or days by the Unicode locale data, in lower case and without full stops."""
    numbers: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        forms = getattr(Locale(language), kind)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in forms[context][width].items():
                    numbers.setdefault(name.casefold().strip("."), set()).add(number)
    return {name: found.pop() for name, found in numbers.items() if len(found) == 1 and name not in known}
