"""Limits at the end of a question: "in December 2022", "since March", "in the Daily Post"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from index import ALWAYS, Period

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAY_LONG = timedelta(days=1)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = (
    r"(?:\d{4}-\d\d?-\d\d?"
    rf"|\d\d?(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})\.?,?(?: (?:19|20)\d\d)?"
    rf"|(?:{_MONTH})\.? \d\d?(?:st|nd|rd|th)?(?!\d)(?:,? (?:19|20)\d\d)?"
    rf"|(?:{_MONTH})\.?,?(?: (?:19|20)\d\d)?"
    r"|(?:19|20)\d\d)"
)
_PARTS = re.compile(
    r"(?P<iso>\d{4}-\d\d?-\d\d?)"
    rf"|(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\.?,?(?: (?P<year>(?:19|20)\d\d))?"
    rf"|(?P<month2>{_MONTH})\.? (?P<day2>\d\d?)(?:st|nd|rd|th)?(?!\d)(?:,? (?P<year2>(?:19|20)\d\d))?"
    rf"|(?P<month3>{_MONTH})\.?,?(?: (?P<year3>(?:19|20)\d\d))?"
    r"|(?P<year4>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_ONE = (
    r"(?P<how>in|on|during|since|after|from|before|prior to|until|till|by)(?: the)?"
    rf"(?: (?:year|month of|early|mid|late|spring of|summer of|autumn of|fall of|winter of|end of|start of))*"
    rf" (?P<first>{_DAY})"
)
_TWO = rf"(?:between|from) (?P<from>{_DAY}) (?:and|to|until) (?P<to>{_DAY})"
_SPOKEN = r"(?P<spoken>today|yesterday|(?:this|last) (?:week|month|year))"
_DATED = re.compile(
    rf"\s\(?(?:{_TWO}|{_ONE}|(?:in |during |on )?{_SPOKEN}|(?P<bare>(?:19|20)\d\d))\)?\s*$", re.IGNORECASE
)
# "What did Kirby say in 2022 about Biden", "In 2022, what did Kirby say": the date goes to the end.
_INNER = re.compile(rf"(?P<date>\s(?:{_TWO}|{_ONE})),?(?= (?:about|on|regarding|concerning) )", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?P<lead>(?:in|on|during|since|after|before|between|from) [^,]{2,40}), (?P<rest>\S.*)$", re.IGNORECASE
)
_OUTLET = re.compile(r"\s(?:in|to|on|by|from|with) (?P<outlet>(?:the )?\S+(?: \S+){0,5})\s*$", re.IGNORECASE)


class Clock(Protocol):
    """What limits are understood with."""

    def today(self) -> date:
        """The asker's day."""

    def newest_day(self) -> date | None:
        """Day of the newest article, if any has a date."""

    def publisher_named(self, words: str) -> str | None:
        """The outlet that words name."""


@dataclass(frozen=True, slots=True)
class QuestionFilters:
    """Which articles a question is about: by day of publication and by outlet."""

    period: Period = ALWAYS
    publisher: str | None = None

    @property
    def is_open(self) -> bool:
        """True where all articles are meant."""
        return self.period.is_open and self.publisher is None


NO_FILTERS = QuestionFilters()


def extract_filters(question: str, clock: Clock) -> tuple[str, QuestionFilters]:
    """A question without the limits at its end, or before its topic, and these.

    A month without a year is the last one that has begun, when the newest article came out at the latest.
    """
    moved = _with_limits_last(question, clock)
    found = _split(moved, clock)
    return (question, found[1]) if found[1].is_open else found


def _with_limits_last(question: str, clock: Clock) -> str:
    if leading := _LEADING.match(question):
        moved = f"{leading['rest']} {leading['lead']}"
        return moved if not _split(moved, clock)[1].is_open else question
    if inner := _INNER.search(question):
        return f"{question[: inner.start()]}{question[inner.end() :]}{inner['date']}"
    return question


def _split(question: str, clock: Clock) -> tuple[str, QuestionFilters]:
    period, publisher = ALWAYS, None
    while True:
        if period.is_open and (match := _DATED.search(question)) and (found := _period(match, clock)):
            period, question = found, question[: match.start()]
        elif (
            publisher is None
            and (match := _OUTLET.search(question))
            and (named := clock.publisher_named(match["outlet"]))
        ):
            publisher, question = named, question[: match.start()]
        else:
            return question, QuestionFilters(period, publisher)


def _period(match: re.Match[str], clock: Clock) -> Period | None:
    """The days that a phrase means; None where there is no such day."""
    if match["spoken"]:
        return _spoken(match["spoken"].lower(), clock.today())
    try:
        if match["from"]:
            return Period(_days(match["from"], clock)[0], _days(match["to"], clock)[1])
        first, last = _days(match["first"] or match["bare"], clock)
    except ValueError:
        return None
    how = (match["how"] or "in").lower()
    if how in ("since", "from"):
        return Period(first, None)
    if how == "after":
        return Period(last + _DAY_LONG, None)
    if how in ("before", "prior to"):
        return Period(None, first - _DAY_LONG)
    if how in ("until", "till", "by"):
        return Period(None, last)
    return Period(first, last)


def _spoken(words: str, today: date) -> Period:
    """The days of "yesterday", "last week" and the like; a week begins on Monday."""
    if words in ("today", "yesterday"):
        day = today if words == "today" else today - _DAY_LONG
        return Period(day, day)
    which, unit = words.split()
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * (which == "last"))
        return Period(monday, monday + timedelta(days=6))
    if unit == "year":
        year = today.year - (which == "last")
        return Period(date(year, 1, 1), date(year, 12, 31))
    day = today if which == "this" else today.replace(day=1) - _DAY_LONG
    return Period(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def _days(words: str, clock: Clock) -> tuple[date, date]:
    """First and last day of what was written: a day, a month or a year.

    Raises:
        ValueError: there is no such day.
    """
    if (match := _PARTS.fullmatch(words)) is None:
        raise ValueError(f"{words!r} is no day")
    if match["iso"]:
        day = date(*map(int, match["iso"].split("-")))
        return day, day
    if match["year4"]:
        return date(int(match["year4"]), 1, 1), date(int(match["year4"]), 12, 31)
    month = _MONTHS[(match["month"] or match["month2"] or match["month3"]).lower()]
    number = int(match["day"] or match["day2"] or 0)
    written = match["year"] or match["year2"] or match["year3"]
    latest = min(clock.today(), clock.newest_day() or clock.today())
    year = int(written) if written else latest.year
    if not written and date(year, month, number or 1) > latest:
        year -= 1
    if number:
        return date(year, month, number), date(year, month, number)
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
