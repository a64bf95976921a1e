"""The one reader of dates: every usual form of a day, and nothing that isn't one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cleaning.dates import DateOrder, find_date, is_ambiguous, parse_date

DAY = date(2023, 3, 7)


@pytest.mark.parametrize(
    "text",
    [
        "2023-03-07", "2023-3-7", "2023/03/07", "2023.03.07", "20230307", "20230307213000", "20230307T213000Z",
        "202303072130", "2023-03-07T21:30:00Z", "2023-03-07T23:30:00-05:00", "2023-03-07T00:30:00.000+0200",
        "2023-03-07 21:30:00 UTC", "2023-03-07 21:30:00.123456+00:00", "1678224600", "1678224600000", "1678224600.5",
        "7 March 2023", "7th March, 2023", "March 7, 2023", "Mar. 7, 2023", "MARCH 7, 2023",
        "Tue, 07 Mar 2023 21:30:00 +0000",
        "Tuesday, March 7, 2023", "March 7, 2023 Tuesday 10:15 PM GMT", "7 March 2023 Tuesday",
        "Tue 7 Mar 2023 21.30 GMT",
        "March 7, 2023, 13:10 IST", "March 7, 2023 at 9:30 p.m. EST", "7-Mar-2023", "TUE 7 MARCH 2023",
        "9:30 pm, March 7, 2023",
        "Tue Mar 07 21:30:00 +0000 2023", "Tue Mar 7 2023 10:15:00 GMT+0000 (Coordinated Universal Time)",
        "7. März 2023", "Dienstag, 7. März 2023, 21:30 Uhr", "7 mars 2023 à 21h30",
        "7 de marzo de 2023", "7 марта 2023 г.",
        "7. března 2023", "2023年3月7日", "2023. március 7.", " 7\xa0March\n2023. ",
    ],
)  # fmt: skip
def test_usual_forms(text: str) -> None:
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "2023-03", "2023", "March 2023", "7 March", "Tuesday",
        "ten days ago", "yesterday", "1.4 million", "", "x" * 500,
        "0001-01-01T00:00:00Z", "1970-01-01", "1969-12-31T19:00:00-05:00", "1900-01-01", "2099-01-01", "0000-00-00",
        "2023-02-30", "2022-13-31", "7 March 2023 in London", "the 3 of 12 in May 2023 were",
        "192.168.1.1", "1.2.3", "0",
        "2022-W52-6", "No. 7 of March 2023", "99999999999999999999", "March 7, 2023 March 8, 2023", "12 2022 31",
    ],
)  # fmt: skip
def test_what_is_no_full_day_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_months_that_look_like_time_zones() -> None:
    assert parse_date("OCT 7, 2022") == parse_date("Oct 7, 2022") == date(2022, 10, 7)
    assert parse_date("SEPT 7, 2022 EST") == parse_date("Sat 7 Sept 2022") == date(2022, 9, 7)


def test_values_that_are_no_text() -> None:
    assert parse_date(DAY) == parse_date(datetime(2023, 3, 7, 21, 30, tzinfo=UTC)) == parse_date(1678224600) == DAY
    assert parse_date(date(1970, 1, 1)) is None
    for value in (None, True, [], {}, float("inf"), float("nan"), -1, 10**30):
        assert parse_date(value) is None


def test_a_day_in_the_future_is_none() -> None:
    today = datetime.now(UTC).date()
    assert parse_date(today.isoformat()) == today
    assert parse_date((today + timedelta(days=3)).isoformat()) is None


@pytest.mark.parametrize("text", ["03/04/2023", "3.4.2023", "03-04-23", "3/4/2023 10:15"])
def test_an_ambiguous_day_is_read_only_if_the_order_is_known(text: str) -> None:
    assert parse_date(text) is None
    assert is_ambiguous(text)
    assert parse_date(text, DateOrder.DAY_FIRST) == date(2023, 4, 3)
    assert parse_date(text, DateOrder.MONTH_FIRST) == date(2023, 3, 4)


def test_days_that_only_one_order_allows() -> None:
    for order in (None, *DateOrder):
        assert parse_date("12/31/2022", order) == parse_date("31/12/2022", order) == date(2022, 12, 31)
        assert parse_date("3/3/2023", order) == date(2023, 3, 3)
    assert parse_date("Tue 03/07/2023") == parse_date("Tue 07/03/2023") == DAY
    assert not is_ambiguous("31/12/2022")
    assert not is_ambiguous("Tuesday")


@pytest.mark.parametrize(
    ("tag", "order"),
    [
        ("en-GB", DateOrder.DAY_FIRST), ("en_AU", DateOrder.DAY_FIRST), ("de", DateOrder.DAY_FIRST),
        ("fr-FR", DateOrder.DAY_FIRST), ("en-US", DateOrder.MONTH_FIRST), ("en", None), ("sv-SE", None), ("xx", None),
        ("", None), (None, None), ("en-", None), ("../etc", None),
    ],
)  # fmt: skip
def test_the_order_of_a_language(tag: object, order: DateOrder | None) -> None:
    assert DateOrder.of_language(tag) == order


def test_the_order_that_dates_show() -> None:
    assert DateOrder.of_dates(["3/7/2023", "12/31/2022", "n/a"]) == DateOrder.MONTH_FIRST
    assert DateOrder.of_dates(["3/7/2023", "31/12/2022 10:15"]) == DateOrder.DAY_FIRST
    assert DateOrder.of_dates(["12/31/2022", "31/12/2022"]) is None
    assert DateOrder.of_dates(["3/7/2023", "2022-12-31"]) is None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Ada Brown March 7, 2023", "March 7, 2023"),
        ("PTI | Updated: Mar 7, 2023, 13:10 IST", "Mar 7, 2023, 13:10 IST"),
        ("Posted 7 March 2023 3 min read", "7 March 2023"),
        ("On 7 March 2023, 12 people", "7 March 2023"),
        ("By A on 2023-03-07 in News", "2023-03-07"),
    ],
)
def test_a_day_in_a_line(line: str, found: str) -> None:
    day = find_date(line)
    assert day is not None
    assert (day.day, line[day.start : day.end]) == (DAY, found)


@given(st.dates(date(1800, 1, 1), date(2025, 1, 1)))
def test_every_day_is_read_back(day: date) -> None:
    expected = None if parse_date(day) is None else day
    for text in (f"{day:%Y-%m-%d}", f"{day:%d %B %Y}", f"{day:%B %d, %Y}", f"{day:%a, %d %b %Y} 10:00:00 GMT"):
        assert parse_date(text) == expected
    assert parse_date(f"{day:%d/%m/%Y}", DateOrder.DAY_FIRST) == expected


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    day = find_date(text)
    assert day is None or 0 <= day.start < day.end <= len(text)
    parse_date(text)
