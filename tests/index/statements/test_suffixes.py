"""A father and a son of one name are two people: "Jr.", "Sr.", "III", "the elder"."""

import pytest

from index.search.speakers import same_people
from index.statements.parser import Parser

from .helpers import attributed, checked_statements


@pytest.mark.parametrize(
    ("son", "name"),
    [
        ("Donald Trump Jr.", "Donald Trump Jr."),
        ("Donald Trump Jr", "Donald Trump Jr"),
        ("Donald Trump, Jr.,", "Donald Trump Jr."),
        ("Donald Trump III", "Donald Trump III"),
        ("Donald Trump Sr.", "Donald Trump Sr."),
        ("Donald Trump the younger", "Donald Trump the younger"),
    ],
)
def test_namesakes_in_one_article(son: str, name: str, parser: Parser) -> None:
    said = [f"{son} said the rally was large.", "Donald Trump said that the vote was rigged."]
    expected = [(name, said[0]), ("Donald Trump", said[1])]
    assert attributed(" ".join(said), parser) == expected
    assert attributed(" ".join(reversed(said)), parser) == expected[::-1]


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Donald Trump Jr. was at the rally.", "Donald Trump Jr."),  # the only one
        ("Donald Trump said no. Donald Trump Jr. was there.", "Donald Trump"),  # the only one who spoke
        ("Donald Trump said no. Donald Trump Jr. said yes.", "Trump"),
        ("Donald Trump was there. Donald Trump Jr. said yes.", "Trump"),
        ("Donald Trump Jr. and Donald Trump were there.", "Trump"),
        ("Thomas Trump Sr. said no. Thomas Trump Jr. said yes.", "Trump"),
    ],
)
def test_surname_alone(before: str, speaker: str, parser: Parser) -> None:
    last = checked_statements(f"{before} Trump said he would appeal.", parser)[-1]
    assert last.text == "Trump said he would appeal."
    assert last.speaker == speaker


def test_surname_with_a_suffix(parser: Parser) -> None:
    text = "Donald Trump said no. Donald Trump, Jr., was there. “Yes,” Trump Jr. said. The younger Trump said it again."
    assert [s.speaker for s in checked_statements(text, parser)][:2] == ["Donald Trump", "Donald Trump Jr."]
    assert checked_statements(text, parser)[2].speaker == "Donald Trump Jr."


def test_namesakes_across_articles() -> None:
    names = ["Donald Trump", "Donald Trump Jr.", "Donald J. Trump, Jr.", "D. Trump", "Trump Jr.", "Trump"]
    assert same_people([(name, True) for name in names]) == {
        "Donald Trump": "Donald Trump",
        "Donald Trump Jr.": "Donald Trump Jr.",
        "Donald J. Trump, Jr.": "Donald Trump Jr.",
        "D. Trump": "D. Trump",
        "Trump Jr.": "Donald Trump Jr.",
        "Trump": "Trump",
    }
    assert same_people([("Donald Trump Jr.", True), ("Trump", True)])["Trump"] == "Trump"
