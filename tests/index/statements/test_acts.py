"""Acts aren't statements, unless what follows is a view."""

import pytest

from index.statements.parser import Parser

from .helpers import attributed


@pytest.mark.parametrize(
    "sentence",
    [
        "Japanese aircraft attacked Pearl Harbor.",
        "The Duke of Wellington opposed Napoleon.",
        "The fund backed the firm.",
        "The charity supported Maria Stone after the fire.",
        "Wolves attacked the flock near Alder.",
        "The regiment defended the bridge.",
        "The insurer denied Maria Stone cover.",
        "The storm threatens the coast.",
        "The school welcomed 300 pupils.",
        "The firm dismissed forty workers.",
        "The wind favoured the boats from Barton.",
        "Two firms challenged Acme Holdings in court.",
        "A van slammed Paul Reed against a wall.",
        "The machine rejected the coin.",
        "The nurse encouraged Paul Reed through the night.",
    ],
)
def test_act(sentence: str, parser: Parser) -> None:
    assert attributed(sentence, parser) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Paul Reed attacked the plan as reckless.",
        "Paul Reed opposed the bill, calling it a gift to landlords.",
        "Paul Reed attacked Ann Cole for her remarks.",
        "Paul Reed attacked “the whole sorry affair”.",
        "Paul Reed backed the decision.",
        "Paul Reed defended the mayor, saying that she was right.",
        "Paul Reed rejected the appeal.",
        "Paul Reed challenged Ann Cole to a debate.",
        "Paul Reed embraced the idea of a toll.",
        "Paul Reed questioned the wisdom of the strike.",
        "Paul Reed labelled the plan a disaster.",
        "Paul Reed offered an explanation for the delay.",
        "Paul Reed slammed Ann Cole over her vote.",
        "Paul Reed denied the allegations.",
        "The plan was attacked by Paul Reed.",
    ],
)
def test_view(sentence: str, parser: Parser) -> None:
    assert attributed(sentence, parser) == [("Paul Reed", sentence)]


def test_act_before_a_quotation_introduces_words(parser: Parser) -> None:
    text = "Paul Reed supports Ann Cole for the post of mayor. “She has earned it.”"
    assert attributed(text, parser) == [("Paul Reed", text)]
    assert attributed("Paul Reed supports Ann Cole for the post of mayor. He came by bus.", parser) == []
