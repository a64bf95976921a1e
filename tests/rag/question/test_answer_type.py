"""The type of answer that a question asks for, and where a sentence contains one."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.answer_type import ExpectedAnswer, expects_list


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("When was the ship freed?", "date"),
        ("Which year did it open?", "date"),
        ("How many ships waited?", "number"),
        ("How long was it stuck?", "duration"),
        ("How much money did it lose?", "money"),
        ("What percentage voted to leave?", "share"),
        ("Who freed the ship?", "name"),
        ("Where is the canal?", "name"),
        ("Which country owns it?", "name"),
        ("Why did it run aground?", "reason"),
        ("Is it afloat?", None),
    ],
)
def test_types(question: str, name: str | None) -> None:
    answer_type = ExpectedAnswer.of(question)
    assert (answer_type.name if answer_type else None) == name


@pytest.mark.parametrize(
    ("question", "sentence", "emphasised"),
    [
        ("When was the Ever Given freed?", "The Ever Given was freed on 29 March 2021.", ["29 March 2021"]),
        ("How long was it stuck?", "It was stuck for six days.", ["six days"]),
        ("How long is the bridge?", "The bridge is 640 metres long.", ["640 metres"]),
        ("What percentage voted to leave?", "In all, 51.9 percent voted to leave.", ["51.9 percent"]),
        ("Who owns the Ever Given?", "The Ever Given belongs to Shoei Kisen.", ["Shoei Kisen"]),
        ("How much did it cost a day?", "It cost 9.6 billion dollars a day.", ["9.6 billion dollars"]),
        ("Who spoke to Kirby?", "Kirby spoke.", []),
        ("Who owns the Ever Given?", "The Ever Given ran aground on Tuesday, 23 March.", []),
        ("How long was it stuck?", "In all, 11 tugs and 12 percent of trade were held up.", []),
        ("Why did it stop?", "It stopped because of the wind.", []),
        ("Is it afloat?", "It has been afloat since Monday.", []),
    ],
)
def test_answers_are_emphasised(question: str, sentence: str, emphasised: list[str]) -> None:
    expected = ExpectedAnswer.of(question)
    assert [span.of(sentence) for span in (expected.find_emphasis(sentence) if expected else ())] == emphasised


@pytest.mark.parametrize(
    ("question", "is_list"),
    [
        ("Which cities has Kipchoge raced in?", True),
        ("Name the states of the lawsuits", True),
        ("What countries signed?", True),
        ("Which ship blocked the canal?", False),
        ("What does Hera do?", False),
        ("What was the turnout?", False),
    ],
)
def test_lists(question: str, is_list: bool) -> None:
    assert expects_list(question) == is_list


@given(st.text(max_size=80), st.text(max_size=200))
def test_spans_are_within_the_sentence(question: str, sentence: str) -> None:
    answer_type = ExpectedAnswer.of(question) or ExpectedAnswer.of("Who?")
    assert answer_type is not None
    spans = answer_type.find_spans(sentence)
    assert all(0 <= span.start < span.end <= len(sentence) for span in spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
