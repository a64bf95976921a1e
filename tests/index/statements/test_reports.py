"""Statements that somebody else reports, the polarity of cues, and direct speech."""

import pytest

from index.statements.parser import Parser

from .helpers import checked_statements


@pytest.mark.parametrize(
    ("sentence", "speakers"),
    [
        (
            "John Kirby claimed that Moscow had lost, Reuters sources reported.",
            [("Reuters sources", ""), ("John Kirby", "Reuters sources")],
        ),
        ("“It is over,” John Kirby said, according to CNN.", [("CNN", ""), ("John Kirby", "CNN")]),
        ("According to CNN, John Kirby said that it was over.", [("CNN", ""), ("John Kirby", "CNN")]),
        ("The Post reported that John Kirby had warned that it was over.", [("Post", ""), ("John Kirby", "Post")]),
        (
            "Ann Cole said that John Kirby told reporters the war was over.",
            [("Ann Cole", ""), ("John Kirby", "Ann Cole")],
        ),
        # An attitude, a plan or an act in the content is no statement of its own.
        ("Ann Cole said that John Kirby wanted to leave.", [("Ann Cole", "")]),
        ("Ann Cole said that John Kirby should say that it was over.", [("Ann Cole", "")]),
        ("Ann Cole said that the areas suggested that it was over.", [("Ann Cole", "")]),
        ("Ann Cole did not say that John Kirby had said that it was over.", [("Ann Cole", "")]),
        # A speaker doesn't report their own statement.
        ("John Kirby said that he had warned that it was over.", [("John Kirby", "")]),
    ],
)
def test_reported_statement(sentence: str, speakers: list[tuple[str, str]], parser: Parser) -> None:
    assert [(s.speaker, s.via) for s in checked_statements(sentence, parser)] == speakers


def test_the_author_adds_a_statement_to_a_name(parser: Parser) -> None:
    sentence = "Ann Cole praised Paul Reed, who has said that he would pay."
    assert [(s.speaker, s.via) for s in checked_statements(sentence, parser)] == [("Ann Cole", ""), ("Paul Reed", "")]


def test_a_quotation_after_a_reported_statement_is_the_reporter_s(parser: Parser) -> None:
    text = "Ann Cole said that Paul Reed had claimed that it was over. “I doubt it.”"
    found = [(s.speaker, s.via) for s in checked_statements(text, parser)]
    assert found == [("Ann Cole", ""), ("Paul Reed", "Ann Cole")]


@pytest.mark.parametrize(
    ("sentence", "is_negated"),
    [
        ("Kirby did not dispute the claim.", True),
        ("Kirby refused to criticise Putin.", True),
        ("Kirby no longer believes that the war is over.", True),
        ("Neither Kirby nor Biden said that the war was over.", True),
        ("Kirby neither confirmed nor denied the report.", True),
        ("Kirby did not confirm or deny the report.", True),
        ("Kirby never said that the war was over.", True),
        ("Kirby stopped short of calling Putin a thief.", True),
        ("Kirby has yet to say that the war is over.", True),
        ("Kirby is not confident that the war will end.", True),
        ("Putin was not criticised by Kirby.", True),
        ("Kirby's refusal to criticise Putin surprised Kyiv.", True),
        ("Kirby denied saying that the war was over.", False),
        ("Kirby denied the claim.", False),
        ("Kirby did not hesitate to criticise Putin.", False),
        ("Kirby not only criticised Putin but called him a thief.", False),
        ("Kirby said that the war was not over.", False),
        ("Kirby refused to leave the room.", False),
        ("“It isn't over,” Kirby said.", False),
    ],
)
def test_polarity_of_the_cue(sentence: str, is_negated: bool, parser: Parser) -> None:
    statements = checked_statements(sentence, parser)
    assert statements
    assert all(statement.is_negated == is_negated for statement in statements)


@pytest.mark.parametrize(
    ("sentence", "is_direct"),
    [
        ("“It is over,” Kirby said.", True),
        ("“It is over,” Kirby said. “We won.”", True),
        ("Kirby said that it was “over and done with, and nobody will change that”.", False),
        ("“It is over,” Kirby said, adding that the troops were on their way home.", False),
        ("Kirby called the war “a disaster”.", False),
        ("Kirby described a “long and bloody and pointless war”.", False),
    ],
)
def test_reported_speech_is_never_direct(sentence: str, is_direct: bool, parser: Parser) -> None:
    assert [s.is_direct for s in checked_statements(sentence, parser)] == [is_direct]
