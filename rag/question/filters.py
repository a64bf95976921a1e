"""Parse the filters in a question, by date and by outlet: "in December 2022", "since March", "in the Daily Post"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from index import Library, Period, Selection, Where
from index.text import MONTH_NUMBERS, RELATIVE_PERIOD, one_of

from ..knowledge import FilterContext

_ONE_DAY = timedelta(days=1)
_MONTH = one_of(MONTH_NUMBERS)
_DATE = (
    r"(?:\d{4}-\d\d?-\d\d?"
    rf"|\d\d?(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})\.?,?(?: (?:19|20)\d\d)?"
    rf"|(?:{_MONTH})\.? \d\d?(?:st|nd|rd|th)?(?!\d)(?:,? (?:19|20)\d\d)?"
    rf"|(?:{_MONTH})\.?,?(?: (?:19|20)\d\d)?"
    r"|(?:19|20)\d\d)"
)
_DATE_PARTS = re.compile(
    r"(?P<iso>\d{4}-\d\d?-\d\d?)"
    rf"|(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\.?,?(?: (?P<year>(?:19|20)\d\d))?"
    rf"|(?P<month2>{_MONTH})\.? (?P<day2>\d\d?)(?:st|nd|rd|th)?(?!\d)(?:,? (?P<year2>(?:19|20)\d\d))?"
    rf"|(?P<month3>{_MONTH})\.?,?(?: (?P<year3>(?:19|20)\d\d))?"
    r"|(?P<year4>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_SINGLE = (
    r"(?P<preposition>in|on|during|since|after|from|before|prior to|until|till|by)(?: the)?"
    rf"(?: (?:year|month of|early|mid|late|spring of|summer of|autumn of|fall of|winter of|end of|start of))*"
    rf" (?P<first>{_DATE})"
)
_RANGE = rf"(?:between|from) (?P<from>{_DATE}) (?:and|to|until) (?P<to>{_DATE})"
_RELATIVE = rf"(?P<relative>{RELATIVE_PERIOD})"
_DATE_FILTER = re.compile(
    rf"\s\(?(?:{_RANGE}|{_SINGLE}|(?:in |during |on )?{_RELATIVE}|(?P<bare>(?:19|20)\d\d))\)?\s*$", re.IGNORECASE
)
# "What did Kirby say in 2022 about Biden", "In 2022, what did Kirby say": the date is moved to the end.
_DATE_BEFORE_TOPIC = re.compile(
    rf"(?P<date>\s(?:{_RANGE}|{_SINGLE})),?(?= (?:about|on|regarding|concerning) )", re.IGNORECASE
)
_DATE_FIRST = re.compile(
    r"^(?P<lead>(?:in|on|during|since|after|before|between|from) [^,]{2,40}), (?P<rest>\S.*)$", re.IGNORECASE
)
_OUTLET_FILTER = re.compile(r"\s(?:in|to|on|by|from|with) (?P<outlet>(?:the )?\S+(?: \S+){0,5})\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QuestionFilters:
    """The articles that a question is restricted to.

    Attributes:
        period: days of publication, named in the question.
        publisher: an outlet, named in the question.
        where: the filter that the user has set besides.
    """

    period: Period = field(default_factory=Period)
    publisher: str | None = None
    where: Where | None = None

    @property
    def is_empty(self) -> bool:
        """True if the question itself names no restriction."""
        return self.period.is_open and self.publisher is None

    def select(self, library: Library, *, by_period: bool = True) -> Selection:
        """The articles that satisfy all restrictions; without `by_period`, except the period."""
        outlet = Where(publishers=(self.publisher,)) if self.publisher else None
        return library.select(self.where, outlet, period=self.period if by_period else Period())

    def describe(self) -> str:
        """The filter that the user has set, in words; empty without one."""
        return self.where.describe() if self.where else ""


NO_FILTERS = QuestionFilters()


def extract_filters(question: str, context: FilterContext) -> tuple[str, QuestionFilters]:
    """Split a question into the question without filters and the filters, found at its end or before its topic.

    A month without a year is the last one that has begun by today and by the day of the newest article.
    """
    remainder, filters = _split(_move_date_to_end(question, context), context)
    return (question if filters.is_empty else remainder), filters


def _move_date_to_end(question: str, context: FilterContext) -> str:
    if first := _DATE_FIRST.match(question):
        moved = f"{first['rest']} {first['lead']}"
        return question if _split(moved, context)[1].is_empty else moved
    if inner := _DATE_BEFORE_TOPIC.search(question):
        return f"{question[: inner.start()]}{question[inner.end() :]}{inner['date']}"
    return question


def _split(question: str, context: FilterContext) -> tuple[str, QuestionFilters]:
    """Remove filters from the end of a question until none is left."""
    filters = NO_FILTERS
    while True:
        if filters.period.is_open and (match := _DATE_FILTER.search(question)) and (period := _period(match, context)):
            filters = replace(filters, period=period)
        elif (
            filters.publisher is None
            and (match := _OUTLET_FILTER.search(question))
            and (publisher := context.publisher_named(match["outlet"]))
        ):
            filters = replace(filters, publisher=publisher)
        else:
            return question, filters
        question = question[: match.start()]


def _period(found: re.Match[str], context: FilterContext) -> Period | None:
    """Return the period of a match of the date filter, or None if a date doesn't exist."""
    if found["relative"]:
        return _relative_period(found["relative"].lower(), context.today())
    try:
        if found["from"]:
            return Period(parse_date(found["from"], context)[0], parse_date(found["to"], context)[1])
        first, last = parse_date(found["first"] or found["bare"], context)
    except ValueError:
        return None
    match (found["preposition"] or "in").lower():
        case "since" | "from":
            return Period(first, None)
        case "after":
            return Period(last + _ONE_DAY, None)
        case "before" | "prior to":
            return Period(None, first - _ONE_DAY)
        case "until" | "till" | "by":
            return Period(None, last)
        case _:
            return Period(first, last)


def _relative_period(words: str, today: date) -> Period:
    """Return the period of "yesterday", "last week" and the like. Weeks begin on Monday."""
    if words in ("today", "yesterday"):
        day = today if words == "today" else today - _ONE_DAY
        return Period(day, day)
    which, unit = words.split()
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * (which == "last"))
        return Period(monday, monday + timedelta(days=6))
    if unit == "year":
        return Period(*_whole_year(today.year - (which == "last")))
    day = today if which == "this" else today.replace(day=1) - _ONE_DAY
    return Period(*_whole_month(day.year, day.month))


def parse_date(words: str, context: FilterContext) -> tuple[date, date]:
    """Return the first and last day of a date, which may be a day, a month or a year.

    Raises:
        ValueError: the date doesn't exist.
    """
    if (match := _DATE_PARTS.fullmatch(words)) is None:
        raise ValueError(f"{words!r} isn't a date.")
    if match["iso"]:
        day = date(*map(int, match["iso"].split("-")))
        return day, day
    if match["year4"]:
        return _whole_year(int(match["year4"]))
    month = MONTH_NUMBERS[(match["month"] or match["month2"] or match["month3"]).lower()]
    number = int(match["day"] or match["day2"] or 0)
    stated_year = match["year"] or match["year2"] or match["year3"]
    year = int(stated_year) if stated_year else _latest_year(month, number or 1, context)
    if not number:
        return _whole_month(year, month)
    day = date(year, month, number)
    return day, day


def _latest_year(month: int, day: int, context: FilterContext) -> int:
    """Return the year in which a date was last reached, by today and by the day of the newest article."""
    latest = min(context.today(), context.newest_day() or context.today())
    return latest.year if date(latest.year, month, day) <= latest else latest.year - 1


def _whole_year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _whole_month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
