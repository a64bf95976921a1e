"""Coreference: the person or group that a name, role or pronoun refers to."""

import pytest

from index.statements.parser import Parser

from .helpers import attributed, checked_statements


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Bank of England cut its rate. The bank said that prices would fall.", "Bank of England"),
        (
            "Silicon Valley Bank sold bonds. The Supreme Court was silent. The bank said that it was sound.",
            "Silicon Valley Bank",
        ),
        ("The bank said that it was sound. Barclays Bank was not named.", "bank"),
    ],
)
def test_organisation_is_referred_to_by_the_last_word_of_its_name(text: str, speaker: str, parser: Parser) -> None:
    assert [who for who, _ in attributed(text, parser)] == [speaker]


def test_role_ends_with_a_noun_and_belongs_to_one_person(parser: Parser) -> None:
    text = "Thomas Perlmann, the secretary of the Nobel Assembly, waited. The Nobel Assembly said that he had called."
    assert [(s.speaker, s.role) for s in checked_statements(text, parser)] == [("Nobel Assembly", None)]


def test_names_pronouns_and_roles_are_resolved(parser: Parser) -> None:
    text = (
        "White House spokesman John Kirby met the mayor, Ann Lee. Kirby said it was cold. He added that it would snow."
        "\n\nLee said no. She denied that it was cold. The spokesman insisted that it was."
    )
    statements = checked_statements(text, parser)
    assert [(s.speaker, s.mention, s.inferred) for s in statements] == [
        ("John Kirby", "Kirby", False),
        ("John Kirby", "He", True),
        ("Ann Lee", "Lee", False),
        ("Ann Lee", "She", True),
        ("John Kirby", "The spokesman", True),
    ]
    assert {s.role for s in statements if s.speaker == "John Kirby"} == {"White House spokesman"}


def test_he_and_she_are_distinguished_by_first_names(parser: Parser) -> None:
    text = "Donald Hale met Maria Stone in Rome. He said it was hot. She said it was not. He said it was."
    assert [speaker for speaker, _ in attributed(text, parser)] == ["Donald Hale", "Maria Stone", "Donald Hale"]


def test_two_speakers_of_one_sentence(parser: Parser) -> None:
    text = "Ann Lee and John Kirby said that it was cold."
    assert attributed(text, parser) == [("Ann Lee", text), ("John Kirby", text)]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Anna Bell, 69, told Reuters on Monday that it was over.", ["Anna Bell"]),
        ("General Motors said yes.", ["General Motors"]),
        ("The Treasury Department said no.", ["Treasury Department"]),
        ("Martin Luther King Jr. said that he had a dream.", ["Martin Luther King Jr."]),
        ("His coach, Patrick Sang, said that he was glad.", ["Patrick Sang"]),
        ("After Ann Brandt insisted, Joe Duarte said yes.", ["Joe Duarte"]),
        ("US Secretary of State Antony Blinken said so. He argued for peace.", ["Antony Blinken"] * 2),
        ("Jim Obergefell of Cincinnati, Ohio, said that it was good.", ["Jim Obergefell"]),
        ("Abdel Fattah al-Sisi spoke. Sisi said it was over.", ["Abdel Fattah al-Sisi"]),
        ("Maria Van Kerkhove spoke. Van Kerkhove said it was over.", ["Maria Van Kerkhove"]),
        ("UN Secretary-General Ban Ki-moon said it was over. Ban called for peace.", ["Ban Ki-moon"] * 2),
        ("Lee Sedol played Go. Lee said it was hard.", ["Lee Sedol"]),
        ("Bill Clinton came with Hillary Clinton. Clinton said it was late.", ["Clinton"]),
        ("Hillary Clinton spoke. Her husband is Bill Clinton. Clinton said it was late.", ["Hillary Clinton"]),
        ("Hillary Clinton came. Bill Clinton came. Mr. Clinton said it was late.", ["Bill Clinton"]),
        ("The Kremlin rejected the claim. It said Kyiv was lying.", ["Kremlin"] * 2),
        ("Ukrainian officials warned of attacks. They said missiles had hit.", ["Ukrainian officials"] * 2),
        ("The report found that prices had doubled.", ["report"]),
        ("Hillary Clinton's campaign rejected the report.", ["Hillary Clinton’s campaign"]),
        ("Former Attorney General Michael Mukasey said yes. AG Mukasey said it was late.", ["Michael Mukasey"] * 2),
        ("“I like [Newt] Gingrich,” said Joe Baker.", ["Joe Baker"]),
        ("“We won Ohio, Utah, Iowa and Maine,” Ann Lee said.", ["Ann Lee"]),
    ],
)
def test_the_right_speaker(text: str, speakers: list[str], parser: Parser) -> None:
    assert [speaker for speaker, _ in attributed(text, parser)] == speakers


@pytest.mark.parametrize("name", ["Chris Matthews", "Ann Cole", "Cllr Folake Adeyemi"])
def test_quotation_does_not_lead_away_from_its_speaker(name: str, parser: Parser) -> None:
    """However many sentences somebody quotes, the pronoun after them is the one who spoke before them."""
    surname = name.split()[-1]
    pronoun = "he" if surname == "Matthews" else "she"
    text = (
        f"{name} arrived. {surname} said Robin Pence's performance would help.\n\n"
        f"“I thought it was good. It was clear. It was short. And it may be important,” {pronoun} said."
    )
    assert [speaker.split()[-1] for speaker, _ in attributed(text, parser)] == [surname, surname]
