"""Negation: which words of a sentence are affirmed and which are negated."""

import pytest

from index.statements import Parser
from rag.verification.negation import Polarity, content_stems, polarity_of


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(with_lemmas=True)


def polarity(parser: Parser, sentence: str) -> Polarity:
    [doc] = parser.parse([sentence])
    return polarity_of(doc, str, content_stems(doc, str))


@pytest.mark.parametrize(
    ("sentence", "affirmed", "negated"),
    [
        ("The ship did not block it.", set(), {"block"}),
        ("The minister refused to resign.", {"minister", "refuse"}, {"resign"}),
        ("The blockade lasted no less than six days.", {"blockade", "last", "day"}, set()),
        ("He left without a word.", {"leave"}, {"word"}),
        ("Not only the ship was freed.", {"ship", "free"}, set()),
    ],
)
def test_scope(parser: Parser, sentence: str, affirmed: set[str], negated: set[str]) -> None:
    found = polarity(parser, sentence)
    assert affirmed <= found.affirmed
    assert found.negated == negated


@pytest.mark.parametrize(
    "sentence", ["The Latest: Trump's leaked taxes not from Connecticut.", "No sympathy, a fiasco."]
)
def test_a_negated_phrase_without_a_verb(parser: Parser, sentence: str) -> None:
    assert polarity(parser, sentence).explicit_cues == 1
