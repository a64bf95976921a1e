"""Spellings of one name are one speaker in an article; similar names of two people aren't."""

import pytest

from index.statements.parser import Parser

from .helpers import attributed


def _speakers(text: str, parser: Parser) -> list[str]:
    return [speaker for speaker, _ in attributed(text, parser)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("President Volodymyr Zelenskyy", "Zelensky"),
        ("President Volodymyr Zelenskyy", "Vlodoymyr Zelensky"),
        ("President Volodymyr Zelensky", "Zelenskiy"),
        ("Minister Dmytro Kuleba", "Dmitro Kuleba"),
        ("Chancellor Philipp Maier", "Philip Maier"),
        ("Mr. Andrej Sannikov", "Andrei Sannikov"),
    ],
)
def test_spellings_of_one_name(first: str, second: str, parser: Parser) -> None:
    text = f"{first} said the talks had failed. The room was full. {second} said that nobody would sign."
    assert len(set(_speakers(text, parser))) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("John Smith", "Anna Smyth"),
        ("Marie Lenoir", "Mary Lenoir"),
        ("Christina Holm", "Christine Holm"),
        ("Mr. Robert Whitlock", "Mr. Roberta Whitlock"),
        ("Minister Volodymyr Zelenskyy", "Olena Zelenska"),
        ("Alexander Barclay", "Alexandra Barclay"),
    ],
)
def test_people_with_similar_names(first: str, second: str, parser: Parser) -> None:
    text = f"{first} said the talks had failed. The room was full. {second} said that nobody would sign."
    assert len(set(_speakers(text, parser))) == 2


def test_two_spellings_in_one_sentence_are_two_people(parser: Parser) -> None:
    text = "Peter Maier met Peter Mayer in Bonn. Peter Maier said he was tired. Peter Mayer said he was not."
    assert _speakers(text, parser) == ["Peter Maier", "Peter Mayer"]
