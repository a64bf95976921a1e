"""Statements: forms of speech, their content, and the speakers they are attributed to."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Library, Span
from index.statements.parser import Parser

from .helpers import attributed, checked_statements, content_of


@pytest.mark.parametrize(
    "sentence",
    [
        "John Kirby said that the war would go on.",
        "“The war will go on,” John Kirby said.",
        "“The war will go on,” said John Kirby.",
        "“The war,” John Kirby said, “will go on.”",
        '"The war will go on," said John Kirby, a spokesman.',
        "''The war will go on,'' said White House spokesman John Kirby.",
        "‘The war will go on,’ John Kirby said.",
        "“He told me ‘the war will go on’,” John Kirby said.",
        "White House spokesman John Kirby told reporters on Monday that the war would go on.",
        "John Kirby told reporters in an online briefing that the war would go on.",
        "The war will go on, according to John Kirby.",
        "The war will go on, according to White House spokesman John Kirby.",
        "The war, John Kirby said, will go on.",
        "John Kirby, a spokesman for the White House, also denied that the war would go on.",
        "John Kirby, who spoke on Monday, said that the war would go on.",
        "On Monday, John Kirby warned of more war.",
        "John Kirby called for an end to the war.",
        "But John Kirby (D-Ohio) has repeatedly argued that the war would go on.",
        "John Kirby: the war goes on.",
        "The war goes on: John Kirby",
        "John Kirby tweeted: “The war will go on.”",
        "In a letter to Congress, John Kirby wrote that the war would go on.",
        "Asked about the war, John Kirby replied that it would go on.",
        "“The war will go on and on!” exclaimed John Kirby.",
        "Putin was accused by John Kirby of going on with the war.",
        "John Kirby thanked the reporters and said the war would go on.",
        "John Kirby put out a statement saying that the war would go on.",
        "Biden is open to talks, John Kirby mentioned.",
        "John Kirby hopes that the war will end.",
        "John Kirby's claim that the war was over surprised Kyiv.",
        "LONDON, July 19 (AP) — John Kirby said the war would go on.",
    ],
)
def test_forms_of_speech(sentence: str, parser: Parser) -> None:
    assert attributed(sentence, parser) == [("John Kirby", sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor met John Kirby on Monday.",
        "The war will go on.",
        "“John Kirby said so.”",
        "Nothing was said about John Kirby.",
        "John Kirby did not respond to a request for comment.",
        "When asked about the war, the room fell silent.",
        "Note: the bridge is closed.",
    ],
)
def test_no_speech(sentence: str, parser: Parser) -> None:
    assert attributed(sentence, parser) == []


@pytest.mark.parametrize(
    ("sentence", "words", "is_direct"),
    [
        ("“The war,” Kirby said, “will go on.”", ["“The war,”", "“will go on.”"], True),
        ("Kirby said that the war would go on.", ["that the war would go on"], False),
        ("Kirby said the war was “over.”", ["the war was “over.”"], False),
        ("The war, Kirby said, will go on.", ["The war", "will go on"], False),
        ("“It is over,” Kirby told the BBC.", ["“It is over,”"], True),
    ],
)
def test_content(sentence: str, words: list[str], is_direct: bool, parser: Parser) -> None:
    assert content_of(sentence, parser) == words
    assert checked_statements(sentence, parser)[0].is_direct == is_direct


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("Kirby did not say that the war was over.", "did not say"),
        ("Kirby denied that the war was over.", "denied"),
        ("Kirby refused to say that the war was over.", "refused"),
        ("Kirby would not rule out talks, and said so.", "said"),
    ],
)
def test_negation_is_part_of_the_cue(sentence: str, cue: str, parser: Parser) -> None:
    [statement] = checked_statements(sentence, parser)
    assert statement.text == sentence
    assert statement.cue == cue


def test_a_quotation_over_several_sentences_is_one_statement(parser: Parser) -> None:
    quotation = "“It is cold. It will snow. We stay,” Ann Lee said. “That is all.”"
    text = f"{quotation}\n\n“One more thing. Take care.”\n\nIt snowed."
    first, second = checked_statements(text, parser)
    assert (first.speaker, first.text, first.inferred) == ("Ann Lee", quotation, False)
    assert (second.speaker, second.text, second.inferred) == ("Ann Lee", "“One more thing. Take care.”", True)


def test_a_quotation_over_several_paragraphs_has_one_speaker(parser: Parser) -> None:
    text = "“It is cold,” Ann Lee said. “It will snow.\n\n“We stay here tonight.\n\n“And tomorrow.”\n\nIt snowed."
    assert [speaker for speaker, _ in attributed(text, parser)] == ["Ann Lee"] * 3


def test_a_long_quotation_becomes_several_statements(parser: Parser) -> None:
    text = "“It is cold,” Ann Lee said. “" + "It was a long and cold winter for all of us. " * 60 + "Yes.”"
    statements = checked_statements(text, parser)
    assert len(statements) > 2
    assert all(len(s.text) <= 800 and s.speaker == "Ann Lee" for s in statements)


def test_quotation_is_not_attributed_to_the_addressee(parser: Parser) -> None:
    quotation = "“We stay,” John Kirby told Ann Lee."
    text = f"Ann Lee said it was cold.\n\nIt was Monday. {quotation}"
    assert attributed(text, parser) == [("Ann Lee", "Ann Lee said it was cold."), ("John Kirby", quotation)]


def test_transcripts(parser: Parser) -> None:
    text = (
        "JACK TAPPER: The president spoke on Friday. Take a listen.\n\n(BEGIN VIDEO CLIP.)\n\n"
        "TRUMP: It was a great day.\n\nTAPPER: Was it?\n\nQ: Why?\n\nA: Because he said so."
    )
    assert [(s.speaker, s.text[:12]) for s in checked_statements(text, parser)] == [
        ("Jack Tapper", "JACK TAPPER:"),
        ("Trump", "TRUMP: It wa"),
        ("Jack Tapper", "TAPPER: Was "),
        ("Q", "Q: Why?"),
        ("A", "A: Because h"),
    ]


_WORDS = [
    "“",
    "”",
    '"',
    "‘",
    "’",
    "''",
    ".",
    ",",
    ":",
    "—",
    "é",
    "😀",
    "Kirby",
    "he",
    "she",
    "said",
    "told",
    "denied",
    "that",
    "and",
    "who",
    "KIRBY",
    "Mr.",
    "was",
    "over",
    "the",
    "war",
    "according",
    "to",
]
_PIECES = st.lists(st.sampled_from([*_WORDS, "\n", " ", ". ", "John Kirby", "Ann Lee"]), max_size=60)


@settings(deadline=None, max_examples=150)
@given(pieces=_PIECES)
def test_offsets_are_right_for_any_text(pieces: list[str], parser: Parser) -> None:
    checked_statements(" ".join(pieces), parser)
    checked_statements("".join(pieces), parser)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Word " * 20_000,
        "JOHN KIRBY SAID THAT THE WAR WAS OVER. " * 500,
        "“Kirby said ",
        "“" * 500 + "no" + "”" * 500 + " Kirby said.",
        "Kirby said “no. " * 2_000,
        "Smith John " * 5_000,
        "KIRBY: No.\n\nPUTIN: Yes.\n\n" * 1_000,
        " ".join(f"Ann Name{n} said no." for n in range(2_000)),
    ],
    ids=lambda text: text[:20],
)
def test_odd_texts(text: str, parser: Parser) -> None:
    checked_statements(text, parser)


def test_sample_articles(samples: Library) -> None:
    kirby = samples.statements(speakers=["John Kirby"])
    assert len(kirby) == 5
    assert all(s.role == "White House spokesman" for s in kirby)
    assert [s.inferred for s in kirby] == [False, False, False, True, False]
    for statement in samples.statements():
        article = samples.article(statement.article_id)
        assert Span(statement.start, statement.end).of(article.text) == statement.text
        assert not re.match(r"[a-z]", statement.speaker) or not statement.is_person
