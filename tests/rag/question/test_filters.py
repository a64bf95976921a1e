"""Dates and outlets at the end of a question."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.filters import extract_filters


class Context:
    """Today is 15 March 2026, and the newest article is from February."""

    def today(self) -> date:
        return date(2026, 3, 15)

    def newest_day(self) -> date | None:
        return date(2026, 2, 20)

    def publisher_named(self, words: str) -> str | None:
        return "The Daily Post" if words.lower() in ("the daily post", "daily post") else None


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("in 2022", "2022-01-01", "2022-12-31"),
        ("in December 2022", "2022-12-01", "2022-12-31"),
        ("in Dec. 2022", "2022-12-01", "2022-12-31"),
        ("in February", "2026-02-01", "2026-02-28"),
        ("in December", "2025-12-01", "2025-12-31"),
        ("on 22 December 2022", "2022-12-22", "2022-12-22"),
        ("on December 22, 2022", "2022-12-22", "2022-12-22"),
        ("on the 22nd of December 2022", "2022-12-22", "2022-12-22"),
        ("on 2022-12-22", "2022-12-22", "2022-12-22"),
        ("since March 2020", "2020-03-01", None),
        ("after 2020", "2021-01-01", None),
        ("before 2016", None, "2015-12-31"),
        ("until May 2021", None, "2021-05-31"),
        ("in March", "2025-03-01", "2025-03-31"),
        ("between 2014 and 2016", "2014-01-01", "2016-12-31"),
        ("prior to 2016", None, "2015-12-31"),
        ("in early 2012", "2012-01-01", "2012-12-31"),
        ("in the summer of 2015", "2015-01-01", "2015-12-31"),
        ("(2015)", "2015-01-01", "2015-12-31"),
        ("yesterday", "2026-03-14", "2026-03-14"),
        ("last week", "2026-03-02", "2026-03-08"),
        ("last month", "2026-02-01", "2026-02-28"),
        ("this year", "2026-01-01", "2026-12-31"),
    ],
)
def test_dates(words: str, since: str | None, until: str | None) -> None:
    question, filters = extract_filters(f"What did Kirby say {words}", Context())
    assert question == "What did Kirby say"
    found = filters.period.since, filters.period.until
    assert found == tuple(date.fromisoformat(day) if day else None for day in (since, until))


@pytest.mark.parametrize(
    "words", ["in Paris", "on Monday morning", "in 1850", "about the 2022 election", "on 31 June 2022"]
)
def test_other_phrases_are_left_unchanged(words: str) -> None:
    question, filters = extract_filters(f"What did Kirby say {words}", Context())
    assert question.endswith(words)
    assert filters.is_empty


@pytest.mark.parametrize(
    "question",
    [
        "What did Kirby say in December 2022 about the war",
        "In December 2022, what did Kirby say about the war",
        "What did Kirby say about the war in December 2022",
    ],
)
def test_a_date_anywhere(question: str) -> None:
    shorter, filters = extract_filters(question, Context())
    assert shorter.lower() == "what did kirby say about the war"
    assert filters.period.since == date(2022, 12, 1)


def test_an_outlet_and_a_date() -> None:
    question, filters = extract_filters("What did Kirby say about war in the Daily Post in 2022", Context())
    assert question == "What did Kirby say about war"
    assert filters.publisher == "The Daily Post"
    assert filters.period.since == date(2022, 1, 1)


@given(st.text(max_size=100))
def test_any_question(text: str) -> None:
    question, filters = extract_filters(text, Context())
    assert len(question) <= len(text) + 1
    assert question == text or not filters.is_empty
