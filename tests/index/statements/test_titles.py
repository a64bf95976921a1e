"""Titles before names: they tell people apart, and show who is a person."""

import pytest

from index.statements.parser import Parser
from index.text import is_title, strip_titles, word_set

from .helpers import attributed, checked_statements

TITLES = word_set("""
    Cllr Councillor MP MSP TD Inspector Constable Reverend Baroness Nurse Supt Alhaji Shri Smt Mzee Engr Viscount
""")


@pytest.mark.parametrize("title", sorted(TITLES))
def test_title_is_no_part_of_a_name(title: str) -> None:
    assert is_title(title)
    assert strip_titles(f"{title} Ann Cole") == "Ann Cole"


@pytest.mark.parametrize("name", ["Sri Lanka", "Earl Warren", "Sacha Baron Cohen", "General Motors", "Paul Nurse"])
def test_name_with_a_word_that_may_be_a_title(name: str) -> None:
    assert strip_titles(name) == name


@pytest.mark.parametrize(
    ("title", "first", "second"),
    [
        ("Cllr", "Peter Whitlock", "Jean Whitlock"),
        ("Councillor", "Moira Teale", "Hugh Teale"),
        ("Inspector", "Paul Reed", "Zainab Reed"),
        ("Alhaji", "Musa Bello", "Tunde Bello"),
        ("Reverend", "Ann Cole", "Grace Cole"),
    ],
)
def test_two_people_with_one_title_and_surname(title: str, first: str, second: str, parser: Parser) -> None:
    said = [f"{title} {first} said the council had no choice.", f"{title} {second} called the vote a mistake."]
    assert attributed("\n\n".join(said), parser) == [(first, said[0]), (second, said[1])]


@pytest.mark.parametrize(
    ("before", "sentence", "speaker"),
    [
        ('Council leader Amir Siddiqui said: "We listened."', "Cllr Peter Whitlock said the vote was right.", "he"),
        ("John Kirby said the war would go on.", "Alhaji Musa Bello called for peace.", "he"),
        ("Ann Cole said the school would close.", "Baroness Folake Adeyemi spoke of a loss.", "she"),
        ("Mary Jones denied it.", "Inspector Wanjiku Kamau said that she had seen the car.", "she"),
    ],
)
def test_pronoun_is_the_nearest_person(before: str, sentence: str, speaker: str, parser: Parser) -> None:
    text = f'{before}\n\n{sentence} "I take back nothing," {speaker} said.'
    *_, named, last = checked_statements(text, parser)
    assert last.text == f'"I take back nothing," {speaker} said.'
    assert last.speaker == named.speaker
    assert named.speaker in sentence


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Cllr Peter Whitlock, the cabinet member for finance, said no.", "cabinet member for finance"),
        ("Dr Ann Cole, a lecturer in law, said no.", "lecturer in law"),
        ("Cllr Peter Whitlock said no.", "Cllr"),
        ("Mr Peter Whitlock said no.", None),
    ],
)
def test_role_says_more_than_a_title(sentence: str, role: str | None, parser: Parser) -> None:
    assert [statement.role for statement in checked_statements(sentence, parser)] == [role]


@pytest.mark.parametrize(
    ("before", "sentence", "pronoun"),
    [
        (
            "The pilot, Hugh Denholm, 71, broke a wrist.",
            "A spokesman for the Air Accidents Investigation Branch said the engine had stopped at 900 feet.",
            "He",
        ),
        ("John Kirby flew to Kyiv.", "A spokesman for the ministry said the talks would go on.", "He"),
        ("Ann Cole left the court.", "A spokeswoman for the Hall Street Bank said nothing was lost.", "She"),
        ("Mayor Paul Reed was away.", "An official at the port of Alder warned of delays.", "He"),
        ("Mayor Paul Reed was away.", "A spokesperson for Paul Reed denied the report.", "She"),
    ],
)
def test_pronoun_is_the_nameless_speaker(before: str, sentence: str, pronoun: str, parser: Parser) -> None:
    text = f"{before}\n\n{sentence} {pronoun} said it was too early to say why."
    first, second = checked_statements(text, parser)
    assert first.text == sentence
    assert first.speaker == second.speaker
    assert first.speaker not in before


def test_nameless_speaker_of_a_quotation(parser: Parser) -> None:
    """Quoted sentences between the spokesman and "he" name nobody else."""
    text = "Hugh Denholm fell. A spokesman for the bank said no. “We wait. It takes time.” He said it was early."
    assert [speaker for speaker, _ in attributed(text, parser)] == ["spokesman for the bank"] * 2


def test_named_man_after_the_nameless_speaker(parser: Parser) -> None:
    text = "A spokesman for the bank said no. Hugh Denholm fell. He said it was early."
    assert [speaker for speaker, _ in attributed(text, parser)] == ["spokesman for the bank", "Hugh Denholm"]


@pytest.mark.parametrize(
    "sentence",
    [
        'Councillor Moira Teale withdrew her remark about the sofa, which she said had been "unkind".',
        "Councillor Moira Teale left the party, which she said had lost its way.",
        "Baroness Teale praised the scheme, which she said had saved lives.",
        "Dr Folake Adeyemi showed the ward, which she said had 14 beds.",
    ],
)
def test_which_she_said(sentence: str, parser: Parser) -> None:
    """A woman of the sentence itself is nearer than one of the sentence before."""
    text = f"Ellen Frazier, who remains deputy leader, was not present.\n\n{sentence}"
    assert {speaker for speaker, _ in attributed(text, parser)} <= {"Moira Teale", "Teale", "Folake Adeyemi"}
