"""Periods: every day is in exactly one of them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.counts.periods import Unit, name_of, number_of_periods, period_of, periods

UNITS = st.sampled_from(get_args(Unit))
DAYS = st.dates(date(1990, 1, 1), date(2000, 1, 1))


@given(DAYS, DAYS, UNITS)
def test_periods_follow_each_other_without_a_gap(one: date, other: date, unit: Unit) -> None:
    first, last = sorted((one, other))
    found = list(periods(first, last, unit))
    assert len(found) == number_of_periods(first, last, unit)
    assert found[0].includes(first)
    assert found[-1].includes(last)
    for before, after in pairwise(found):
        assert after.since.toordinal() - before.until.toordinal() == 1
    assert len({name_of(period.since, unit) for period in found}) == len(found)


@given(st.dates(), UNITS)
def test_a_day_is_in_its_period(day: date, unit: Unit) -> None:
    period = period_of(day, unit)
    assert period.includes(day)
    assert period_of(period.since, unit) == period == period_of(period.until, unit)
    assert name_of(day, unit) == name_of(period.since, unit)


@pytest.mark.parametrize("unit", get_args(Unit))
def test_the_ends_of_the_calendar(unit: Unit) -> None:
    assert len(list(periods(date.max, date.max, unit))) == 1
    assert len(list(periods(date.min, date.min, unit))) == 1
    assert list(periods(date(2020, 1, 2), date(2020, 1, 1), unit)) == []


def test_names() -> None:
    assert [name_of(date(2021, 1, 3), unit) for unit in get_args(Unit)] == ["2021-01-03", "2020-W53", "2021-01"]
