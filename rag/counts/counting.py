"""Count articles with words and statements of speakers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, get_args

from index import Library, Period
from index.storage import Selection, Tally, one_of

from ..errors import QuestionError, require_choice
from .counts import By, Count, Counts
from .periods import MAX_PERIODS, Unit, name_of, number_of_periods, period_of, periods


def count_articles(library: Library, query: str | None, by: By, within: Selection, period: Period) -> Counts:
    """Count the articles that contain all words of a query, in text or title; all articles without a query.

    Words match in all their forms ("attack", "attacks"), as in searches. There is no limit of hits.

    Raises:
        QuestionError: the query has only words that every text has, such as "the".
        ValueError: `by` is unknown, or there would be more than 5,000 periods.
    """
    require_choice("by", by, get_args(By))
    if query is not None:
        within &= one_of("id", sorted(articles_with(library, query)))
    return _counts(library.catalog.tally_articles(within), by, "articles", period)


def count_statements(library: Library, speakers: Sequence[str], by: By, within: Selection, period: Period) -> Counts:
    """Count the statements by stored speaker names. `period` has the ends that were asked for.

    Raises:
        ValueError: `by` is unknown, or there would be more than 5,000 periods.
    """
    require_choice("by", by, get_args(By))
    return _counts(library.catalog.tally_statements(speakers, within), by, "statements", period)


def articles_with(library: Library, query: str) -> set[int]:
    """Ids of all articles that contain every word of a query.

    Raises:
        QuestionError: the query has only words that every text has.
    """
    passages = library.passages
    if not (terms := list(dict.fromkeys(passages.terms(query)))):
        raise QuestionError("The query has only very common words. Please add a word that is worth counting.")
    found: set[int] | None = None
    for term in sorted(terms, key=passages.frequency):  # the rarest first: it may leave nothing
        # As many as there are: without a limit of hits.
        hits = passages.by_words([term], passages.count())
        with_term = library.catalog.with_passages(passage_id for passage_id, _ in hits)
        found = with_term if found is None else found & with_term
        if not found:
            break
    return found or set()


def _counts(tallies: Iterable[Tally], by: By, unit: Literal["articles", "statements"], period: Period) -> Counts:
    tallies = list(tallies)
    total = sum(tally.count for tally in tallies)
    if by == "publisher":
        outlets = Counter[str]()
        for tally in tallies:
            if tally.publisher:
                outlets[tally.publisher] += tally.count
        found = tuple(Count(name, count) for name, count in sorted(outlets.items(), key=lambda one: (-one[1], one[0])))
        return Counts(by, unit, found, total - outlets.total(), total)
    days = Counter[date]()
    for tally in tallies:
        if tally.day:
            days[tally.day] += tally.count
    return Counts(by, unit, _by_period(days, by, period), total - days.total(), total)


def _by_period(days: Counter[date], unit: Unit, period: Period) -> tuple[Count, ...]:
    """Count every period between the first and the last day, or the ends that were asked for."""
    first, last = period.since or min(days, default=None), period.until or max(days, default=None)
    if first is None or last is None:
        return ()
    if (number := number_of_periods(first, last, unit)) > MAX_PERIODS:
        raise ValueError(
            f"by={unit} from {first} to {last} gives {number:,} periods; the limit is {MAX_PERIODS:,}. Count by month,"
            " or choose a shorter time with since and until."
        )
    sums = Counter[date]()
    for day, count in days.items():
        sums[_start(day, unit)] += count
    return tuple(
        Count(name_of(one.since, unit), sums[one.since], one.since, one.until)
        for one in periods(first, last, unit)
        if one.since
    )


def _start(day: date, unit: Unit) -> date:
    return period_of(day, unit).since or day
