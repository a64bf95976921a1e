"""Parsed questions and the text of questions."""

import pytest

from rag import QuestionError
from rag.errors import EmptyQuestion, QuestionTooLong
from rag.question.question import MAX_QUESTION_CHARACTERS, normalize_question

from .stub_knowledge import parse_question


@pytest.mark.parametrize("text", ["", " \n ", "?!…"])
def test_a_question_without_words(text: str) -> None:
    with pytest.raises(EmptyQuestion, match="type a question"):
        parse_question(text)


def test_a_question_that_is_too_long() -> None:
    with pytest.raises(
        QuestionTooLong, match=r"too long \(3,000 of 1,000 characters\)\. Please shorten it\."
    ) as raised:
        parse_question("x" * 3000)
    assert isinstance(raised.value, QuestionError)
    assert parse_question("x" * MAX_QUESTION_CHARACTERS)


def test_normalization() -> None:
    assert normalize_question(" Who\n is\0 Zoe\u0301 ? ") == "Who is Zo\u00e9 ?"
    assert normalize_question("Who is \ud83d Kirby?") == "Who is ? Kirby?"


def test_a_question_knows_what_it_asks_for() -> None:
    parsed = parse_question("How many ships waited?")
    assert parsed.query.expected is not None
    assert (parsed.query.expected.name, parsed.query.expects_list) == ("number", False)
    assert parse_question("Which cities has Kipchoge raced in?").query.expects_list
