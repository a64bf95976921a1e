"""Sources: who published what says it, cues that stand alone, and descriptions of a person."""

import pytest

from index.statements.parser import Parser

from .helpers import attributed, checked_statements, content_of


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Paul Reed released a video accusing the bank of fraud.", "Paul Reed"),
        ("Paul Reed emailed supporters saying that the struggle went on.", "Paul Reed"),
        ("The price, according to an analysis by Paul Reed, will double.", "Paul Reed"),
        ("The contrast with Rome, said Paul Reed and others, would be clear.", "Paul Reed"),
        ("As Paul Reed put it, the war will go on.", "Paul Reed"),
        ("The war will go on, as Paul Reed noted on Monday.", "Paul Reed"),
        ("Paul Reed made it clear that the war would go on.", "Paul Reed"),
        ("“Why does it go on?” Paul Reed demanded.", "Paul Reed"),
        ("“It is over!” Paul Reed shouted.", "Paul Reed"),
    ],
)
def test_source(text: str, speaker: str, parser: Parser) -> None:
    assert speaker in [who for who, _ in attributed(text, parser)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Paul Reed put it on the table.",
        "Paul Reed let the papers tell them how to vote.",
        "A witness asked not to be named.",
    ],
)
def test_no_statement(sentence: str, parser: Parser) -> None:
    assert attributed(sentence, parser) == []


def test_cue_alone_after_its_quotation(parser: Parser) -> None:
    text = "“It is dear,” Ann Cole said.\n\n“Why does it cost so much?” Paul Reed demanded."
    assert [(s.speaker, s.is_direct) for s in checked_statements(text, parser)] == [
        ("Ann Cole", True),
        ("Paul Reed", True),
    ]
    assert content_of("“Why does it cost so much?” Paul Reed demanded.", parser) == ["“Why does it cost so much?”"]


def test_heading_in_single_marks_is_nobody_s(parser: Parser) -> None:
    text = '"We stay," said Paul Reed. "It is cold."\n\n\'Legend in the coal fields.\'\n\nIt snowed.'
    assert [sentence for _, sentence in attributed(text, parser)] == ['"We stay," said Paul Reed. "It is cold."']


@pytest.mark.parametrize(
    ("before", "description"),
    [
        ("Russian President Vladimir Putin spoke.", "The Russian leader"),
        ("Vladimir Putin, the president of Russia, spoke.", "Russia's president"),
        ("Ukrainian President Vladimir Putin spoke.", "The Ukrainian leader"),
        ("Kenya's President Vladimir Putin spoke.", "The Kenyan leader"),
        ("British Prime Minister Vladimir Putin met French President Emmanuel Macron.", "The British leader"),
        ("Turkish President Vladimir Putin met Kenyan President William Ruto.", "Turkey's leader"),
    ],
)
def test_description_by_country(before: str, description: str, parser: Parser) -> None:
    text = f"{before} {description} said that it was late."
    assert [(s.speaker, s.inferred) for s in checked_statements(text, parser)] == [("Vladimir Putin", True)]


def test_description_of_another_country(parser: Parser) -> None:
    text = "Russian President Vladimir Putin spoke. The French leader said that it was late."
    assert [speaker for speaker, _ in attributed(text, parser)] == ["French leader"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "President Barack Obama met Mitt Romney. The president was tired. In May, he said it was late.",
            "Barack Obama",
        ),
        ("Ellen Trump came. Donald Trump came. Trump has also commented on it. He said it was late.", "Donald Trump"),
        ("Suu Kyi, who came in May, met Paul Reed. She said it was late.", "Suu Kyi"),
    ],
)
def test_pronoun(text: str, speaker: str, parser: Parser) -> None:
    assert attributed(text, parser)[-1][0] == speaker


def test_role_is_shown_whole(parser: Parser) -> None:
    [statement] = checked_statements("An adviser to the head of the ministry said that it was late.", parser)
    assert statement.speaker == "adviser to the head of the ministry"
