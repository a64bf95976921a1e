"""Limits at the end of a question: "in December 2022", "since March", "in the Daily Post"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from index import ALWAYS, Period

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = (
    r"(?P<iso>\d{4}-\d\d?-\d\d?)"
    rf"|(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\.?,?(?: (?P<year>(?:19|20)\d\d))?"
    rf"|(?P<month2>{_MONTH})\.? (?P<day2>\d\d?)(?:st|nd|rd|th)?(?!\d)(?:,? (?P<year2>(?:19|20)\d\d))?"
    rf"|(?P<month3>{_MONTH})\.?,?(?: (?P<year3>(?:19|20)\d\d))?"
    r"|(?P<year4>(?:19|20)\d\d)"
)
_DATED = re.compile(
    rf"\s(?P<how>in|on|during|since|after|from|before|until|till|by)(?: the)?(?: year| month of)? (?:{_DAY})\s*$",
    re.IGNORECASE,
)
_OUTLET = re.compile(r"\s(?:in|to|on|by|from|with) (?P<outlet>(?:the )?\S+(?: \S+){0,5})\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """Which articles a question is about: by day of publication and by outlet."""

    period: Period = ALWAYS
    publisher: str | None = None

    @property
    def is_open(self) -> bool:
        """True where all articles are meant."""
        return self.period.is_open and self.publisher is None


ANYWHERE = Limits()


def split_limits(question: str, today: date, publisher_named: Callable[[str], str | None]) -> tuple[str, Limits]:
    """A question without the limits at its end, and these.

    Args:
        question: the question, without a question mark.
        today: the asker's day; a month without a year is the last one that has begun.
        publisher_named: the outlet that words name, or None.
    """
    period, publisher = ALWAYS, None
    while True:
        if period.is_open and (match := _DATED.search(question)) and (found := _period(match, today)):
            period, question = found, question[: match.start()]
        elif publisher is None and (match := _OUTLET.search(question)) and (named := publisher_named(match["outlet"])):
            publisher, question = named, question[: match.start()]
        else:
            return question, Limits(period, publisher)


def _period(match: re.Match[str], today: date) -> Period | None:
    """The days that a phrase means; None where there is no such day."""
    try:
        first, last = _days(match, today)
    except ValueError:
        return None
    how = match["how"].lower()
    if how in ("since", "from"):
        return Period(first, None)
    if how == "after":
        return Period(date.fromordinal(last.toordinal() + 1), None)
    if how == "before":
        return Period(None, date.fromordinal(first.toordinal() - 1))
    if how in ("until", "till", "by"):
        return Period(None, last)
    return Period(first, last)


def _days(match: re.Match[str], today: date) -> tuple[date, date]:
    """First and last day of what was written: a day, a month or a year."""
    if match["iso"]:
        day = date(*map(int, match["iso"].split("-")))
        return day, day
    if match["year4"]:
        return date(int(match["year4"]), 1, 1), date(int(match["year4"]), 12, 31)
    month = _MONTHS[(match["month"] or match["month2"] or match["month3"]).lower()]
    number = int(match["day"] or match["day2"] or 0)
    written = match["year"] or match["year2"] or match["year3"]
    year = int(written) if written else today.year
    if not written and date(year, month, number or 1) > today:
        year -= 1
    if number:
        return date(year, month, number), date(year, month, number)
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
