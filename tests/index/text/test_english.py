"""Shared English: dates, verbs of speech, names, acronyms."""

import re
from datetime import date

import pytest

from index.text import (
    DATE_WORDS,
    MONTH_NUMBERS,
    VERB_LEMMAS,
    detect_language,
    fold_name,
    long_date,
    mark_acronyms,
    month_pattern,
    names_match,
    one_of,
    strip_titles,
)


def test_months_have_names_and_abbreviations() -> None:
    assert len(set(MONTH_NUMBERS.values())) == 12
    assert MONTH_NUMBERS["september"] == MONTH_NUMBERS["sept"] == MONTH_NUMBERS["sep"] == 9
    assert "may" in MONTH_NUMBERS
    assert "may" not in DATE_WORDS  # it may be a surname


def test_long_date() -> None:
    assert long_date(date(2022, 12, 2)) == "2 December 2022"


@pytest.mark.parametrize(
    ("month", "lenient", "strict"),
    [
        ("March", True, True),
        ("Mar.", True, True),
        ("Mar", True, False),
        ("Jan", True, True),
        ("Sept.", True, True),
        ("May", True, True),
        ("Foo", False, False),
    ],
)
def test_abbreviated_months_need_a_full_stop_if_asked_for(month: str, lenient: bool, strict: bool) -> None:
    assert bool(re.fullmatch(month_pattern(), month)) is lenient
    assert bool(re.fullmatch(month_pattern(bare=frozenset({"Jan", "Feb"})), month)) is strict


def test_one_of_prefers_longer_words() -> None:
    assert re.findall(one_of({"call", "call for", "a.b"}), "call for a.b axb") == ["call for", "a.b"]


@pytest.mark.parametrize(
    ("form", "lemma"), [("said", "say"), ("denies", "deny"), ("admitted", "admit"), ("criticised", "criticise")]
)
def test_forms_of_verbs(form: str, lemma: str) -> None:
    assert VERB_LEMMAS[form] == lemma


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("US President Barack Obama", "Barack Obama"),
        ("General Motors", "General Motors"),
        ("Martin Luther King Jr.", "Martin Luther King Jr."),
        ("Kirby’s", "Kirby"),
    ],
)
def test_titles_are_removed(name: str, bare: str) -> None:
    assert strip_titles(name) == bare


def test_names_match_by_surname_and_initial() -> None:
    john, jack = fold_name("John Kirby"), fold_name("Jack Kirby")
    assert names_match(fold_name("Kirby"), john)
    assert names_match(john, fold_name("J. Kirby"))
    assert not names_match(john, jack)


def test_acronyms_are_no_function_words() -> None:
    assert mark_acronyms("US and us") != mark_acronyms("us and us")
    assert mark_acronyms("THE US AND US ALL") == "THE US AND US ALL"


def test_short_texts_have_no_language() -> None:
    assert detect_language("Hello") is None
    assert detect_language("The river rose by two metres in the night, the mayor of the town said.") == "en"
