"""Quotations stay whole: their sentences, their conditions, and the paragraphs they continue over."""

import pytest

from index.statements.parser import Parser

from .helpers import attributed, checked_statements, content_of


@pytest.mark.parametrize(
    ("before", "speaker_before", "quotation", "speaker"),
    [
        (
            "A patient, Mama Sikira, told our correspondent that she had travelled from Ilaro.",
            "Mama Sikira",
            '"I came with my child since 5am. Nobody has attended to us," she said.',
            "Mama Sikira",
        ),
        (
            "The union leader, Tunde Bakare, said the suspension was for six weeks.",
            "Tunde Bakare",
            '"If the balance is not paid, we will not issue another ultimatum. We will simply go," he warned.',
            "Tunde Bakare",
        ),
        (
            "Ann Cole said the bridge was closed.",
            "Ann Cole",
            "“We are sorry. It will open in May,” said the engineer, Paul Reed.",
            "Paul Reed",
        ),
        (
            "Ann Cole criticised the plan.",
            "Ann Cole",
            '"It is late. It is dear. Nobody wants it," she added.',
            "Ann Cole",
        ),
        (
            "“It snows. It is cold,” John Kirby said.",
            "John Kirby",
            "“We stay. We wait,” Ann Cole replied.",
            "Ann Cole",
        ),
    ],
)
def test_quotation_before_its_cue(
    before: str, speaker_before: str, quotation: str, speaker: str, parser: Parser
) -> None:
    assert attributed(f"{before} {quotation}", parser) == [(speaker_before, before), (speaker, quotation)]


def test_quotation_after_its_cue(parser: Parser) -> None:
    said = 'Ann Cole said: "If it rains, we stay. If it doesn\'t, we go."'
    assert attributed(f"{said} Then she left.", parser) == [("Ann Cole", said)]


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("If the war goes on, John Kirby said, prices will rise.", ["If the war goes on", "prices will rise"]),
        (
            "Unless the ministry pays, Ann Cole said, the clinic will close.",
            ["Unless the ministry pays", "the clinic will close"],
        ),
        (
            "The clinic will close unless the ministry pays, Ann Cole told reporters.",
            ["The clinic will close unless the ministry pays"],
        ),
        (
            "Ann Cole warned that, unless the balance was paid, the union would strike.",
            ["that, unless the balance was paid, the union would strike"],
        ),
        ('If asked, Ann Cole says, "We stay."', ['"We stay."']),
    ],
)
def test_condition(sentence: str, content: list[str], parser: Parser) -> None:
    assert content_of(sentence, parser) == content


def test_long_quotation_before_its_cue(parser: Parser) -> None:
    """The speaker of a long quotation is found in linear time, and everything is theirs."""
    text = "Paul Reed said no. “" + "We wait here. " * 2_000 + "We stay,” Ann Cole said."
    first, *others = checked_statements(text, parser)
    assert first.speaker == "Paul Reed"
    assert {statement.speaker for statement in others} == {"Ann Cole"}


CHIEF = "Fire Chief Dolores Quintero sat down on the bumper of Engine 9 and talked for half an hour."


@pytest.mark.parametrize(
    ("lead", "speaker"),
    [
        (f"PINE HOLLOW, Calif. — {CHIEF}", "Dolores Quintero"),
        ("Mayor Paul Reed spoke to this newspaper in his office.", "Paul Reed"),
        ("The mayor of Alder, Ann Cole, has spoken about her illness.", "Ann Cole"),
        ("Ann Cole came home in May. She talks about the war at her kitchen table.", "Ann Cole"),
    ],
)
def test_paragraphs_of_the_only_person(lead: str, speaker: str, parser: Parser) -> None:
    first = '"We had 61 fires in 90 days. My crews slept in the dirt.'
    second = "\"People ask me what we need. They think I am going to say trucks. I don't need trucks."
    said = attributed(f"{lead}\n\n{first}\n\n{second}", parser)
    assert said[-2:] == [(speaker, first), (speaker, second)]


@pytest.mark.parametrize(
    "lead",
    [
        "Ann Cole met Paul Reed and talked for half an hour.",
        "Ann Cole did not talk to reporters.",
        "Ann Cole will speak on Monday.",
        "The firefighters talked for half an hour.",
        "Ann Cole said it was late. A fireman talked for half an hour.",
        "Ann Cole sat down.",
    ],
)
def test_paragraphs_of_nobody_known(lead: str, parser: Parser) -> None:
    text = f'{lead}\n\n"We had 61 fires in 90 days. My crews slept in the dirt.\n\n"I don\'t need trucks."'
    assert not [sentence for _, sentence in attributed(text, parser) if sentence.startswith('"')]


def test_other_speaker_of_the_next_paragraph(parser: Parser) -> None:
    text = f"{CHIEF}\n\n“She is tired,” her deputy, Paul Reed, said."
    assert attributed(text, parser) == [("Paul Reed", "“She is tired,” her deputy, Paul Reed, said.")]
