"""Names in apposition to a role, and appositions between a name and its cue."""

import pytest

from index.statements.parser import Parser

from .helpers import attributed, checked_statements


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("Commissioner for Health", "Dr Folake Adeyemi"),
        ("mayor of Alder", "Ann Cole"),
        ("mayor of Lagos", "Babajide Sanwo-Olu"),
        ("Minister of Finance", "Mrs Zainab Ahmed"),
        ("Minister for Education", "Norma Foley"),
        ("Archbishop of Canterbury", "Justin Welby"),
        ("governor of the Bank of England", "Andrew Bailey"),
        ("head of the union", "Tunde Bakare"),
        ("Secretary of State for Health", "Wes Streeting"),
        ("Chief Medical Officer", "Professor Chris Whitty"),
        ("Prime Minister", "Rishi Sunak"),
        ("President of Kenya", "William Ruto"),
        ("Director of Public Health for Alder", "Dr Ann Cole"),
        ("Governor of Kaduna State", "Mallam Nasir El-Rufai"),
        ("Inspector General of Police", "Usman Baba"),
        ("director of Save the Children", "Inger Ashing"),
        ("spokesman for the White House", "John Kirby"),
        ("lawyer for Donald Trump", "Alina Habba"),
    ],
)
def test_role_before_its_name(role: str, name: str, parser: Parser) -> None:
    bare = name.removeprefix("Dr ").removeprefix("Mrs ").removeprefix("Professor ").removeprefix("Mallam ")
    [statement] = checked_statements(f"The {role}, {name}, said that the bridge would open in May.", parser)
    assert (statement.speaker, statement.role) == (bare, role)
    assert not statement.inferred


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge would open in May, said the mayor of Alder, Ann Cole.",
        "“The bridge will open in May,” the mayor of Alder, Ann Cole, told reporters.",
        "The bridge, according to the mayor of Alder, Ann Cole, will open.",
        "One of the family's attorneys, Ann Cole, said the videos show the car.",
        "Alder's mayor, Ann Cole, has said that the bridge would open.",
    ],
)
def test_places_of_the_role(sentence: str, parser: Parser) -> None:
    assert attributed(sentence, parser) == [("Ann Cole", sentence)]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The mayor of Paris, Texas, said no.", "mayor"),
        ("The mayor of Vancouver, British Columbia, said no.", "mayor"),
        ("A spokesman for the mayor of Alder, Ann Cole, said no.", "spokesman"),
        ("“We won,” the candidate, a Republican, told CNN's Jake Tapper.", "candidate"),
    ],
)
def test_name_that_is_not_the_speaker(sentence: str, speaker: str, parser: Parser) -> None:
    assert attributed(sentence, parser) == [(speaker, sentence)]


def test_role_refers_to_the_name_in_apposition(parser: Parser) -> None:
    text = "The mayor of Alder, Ann Cole, said no. She said it was late. The mayor said it was dear."
    assert [speaker for speaker, _ in attributed(text, parser)] == ["Ann Cole"] * 3


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("“For you to ask me that question is very insulting,” Trump, 70, told CNN's Dana Bash.", "Trump"),
        ("“For you to ask me that is insulting,” Trump, 70, told CNN's Dana Bash.", "Trump"),
        ("“It is over,” Cole, the mayor of Alder, told the BBC's Ann Lee.", "Cole"),
        ("“It was awful,” Musa, 34, told Reuters reporter Paul Reed.", "Musa"),
        ("“It was awful,” Nowak, who is 34, said to Paul Reed.", "Nowak"),
        ("“We won,” Sanders (I-Vt.) told NBC's Chuck Todd.", "Sanders"),
        ("“We won,” Donald Trump, 70, told Fox News host Sean Hannity.", "Donald Trump"),
        ("The judge was “insulting,” Pence, 57, told CNN's Dana Bash.", "Pence"),
    ],
)
def test_listener_is_not_the_speaker(sentence: str, speaker: str, parser: Parser) -> None:
    assert attributed(sentence, parser) == [(speaker, sentence)]
