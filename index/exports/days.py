"""Days and languages as databases write them above and below an article, in the languages of their interfaces."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from babel import Locale

MAX_DATE_LINE = 120  # characters

_LOCALES = ("en", "fr", "de", "es", "it", "nl", "pt")
_WORDS_BETWEEN = r"(?:\s(?:de|del|do))?\s"  # "7 de marzo de 2023"
_DAY_FIRST = re.compile(
    rf"(?<![\w/-])(\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?{_WORDS_BETWEEN}([^\W\d_]{{3,12}})\.?,?{_WORDS_BETWEEN}(\d{{4}})(?!\w)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"(?<![\w/-])([^\W\d_]{3,12})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})(?!\w)")
_MONTH_ONLY = re.compile(r"([^\W\d_]{3,12})\.?,?\s(\d{4})")
_ISO = re.compile(r"(?<![\w/-])(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?![\w/-])")
_DOTTED = re.compile(r"(?<![\w.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\w.])")  # day first, wherever it is used
_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?]\s+[A-ZÀ-Þ]\w+\s\w+\s\w+")


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {"sept": 9}
    for code in _LOCALES:
        months = Locale(code).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[form][width].items():
                    names.setdefault(name.strip(".").casefold(), number)
    return names


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(
        name.casefold().strip(".")
        for code in _LOCALES
        for width in ("wide", "abbreviated")
        for name in Locale(code).days["format"][width].values()
    )


@cache
def _languages() -> dict[str, str]:
    return {
        name.casefold(): code
        for locale in _LOCALES
        for code, name in Locale(locale).languages.items()
        if len(code) == 2
    }


def find_day(line: str) -> date | None:
    """Return a full date in a line: with the month as a word, in ISO 8601, or with full stops (day first)."""
    for match in _DAY_FIRST.finditer(line):
        if (day := _day(match[3], _months().get(match[2].casefold()), match[1])) is not None:
            return day
    for match in _MONTH_FIRST.finditer(line):
        if (day := _day(match[3], _months().get(match[1].casefold()), match[2])) is not None:
            return day
    if (iso := _ISO.search(line)) is not None:
        return _day(iso[1], int(iso[3]), iso[4])
    dotted = _DOTTED.search(line)
    return _day(dotted[3], int(dotted[2]), dotted[1]) if dotted else None


def _day(year: str, month: int | None, day: str) -> date | None:
    try:
        return date(int(year), month or 0, int(day))
    except ValueError:
        return None


def without_date(line: str) -> str:
    """Return a line without its first date and the names of weekdays."""
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _ISO, _DOTTED):
        match = next((match for match in pattern.finditer(line) if find_day(match[0]) is not None), None)
        if match is not None:
            rest = f"{line[: match.start()]} {line[match.end() :]}"
            return " ".join(word for word in rest.split() if word.strip(",.").casefold() not in _weekdays())
    return line


def is_date_line(line: str) -> bool:
    """Return whether a line only says when, with a weekday, a time or an edition: "March 7, 2023 Tuesday"."""
    if len(line) > MAX_DATE_LINE or _SENTENCE.search(line):
        return False
    first = re.split(r"[\s,]+", line, maxsplit=1)[0].casefold().strip(".")
    rest = line[len(first) :].lstrip(" .,") if first in _weekdays() else line
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _ISO, _DOTTED):
        if (match := pattern.match(rest)) is not None and find_day(match[0]) is not None:
            return True
    month = _MONTH_ONLY.fullmatch(rest)
    return month is not None and month[1].casefold() in _months()


def language_code(line: str) -> str | None:
    """Return the ISO 639-1 code of a language by its name: "en" of "ENGLISH"."""
    return _languages().get(line.partition(";")[0].strip(" .").casefold())
