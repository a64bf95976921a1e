"""Who said what."""

import pytest

from index import Library
from index.sentences import sentence_spans
from index.statements import find_statements


def said(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each statement, offsets checked."""
    statements = find_statements(1, text, sentence_spans(text))
    assert all(text[s.start : s.end] == s.text for s in statements)
    return [(s.speaker, s.text) for s in statements]


@pytest.mark.parametrize(
    "sentence",
    [
        "John Kirby said that the war would go on.",
        "“The war will go on,” John Kirby said.",
        "“The war will go on,” said John Kirby.",
        '"The war will go on," said John Kirby, a spokesman.',
        "''The war will go on,'' said White House spokesman John Kirby.",
        "White House spokesman John Kirby told reporters on Monday that the war would go on.",
        "The war will go on, according to John Kirby.",
        "The war will go on, according to White House spokesman John Kirby.",
        "John Kirby, a spokesman for the White House, also denied that the war would go on.",
        "On Monday, John Kirby warned of more war.",
        "But John Kirby (D-Ohio) has repeatedly argued that the war would go on.",
        "John Kirby: the war goes on.",
    ],
)
def test_forms_of_speech(sentence: str) -> None:
    assert said(sentence) == [("John Kirby", sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor met John Kirby on Monday.",
        "The war will go on.",
        "“John Kirby said so.”",
        "Nothing was said about John Kirby.",
    ],
)
def test_no_speech(sentence: str) -> None:
    assert said(sentence) == []


def test_surnames_and_pronouns_are_carried() -> None:
    text = "John Kirby met Ann Lee. Kirby said it was cold. He added that it would snow."
    text += "\n\nLee said no. She denied it."
    assert said(text) == [
        ("John Kirby", "Kirby said it was cold."),
        ("John Kirby", "He added that it would snow."),
        ("Ann Lee", "Lee said no."),
        ("Ann Lee", "She denied it."),
    ]


def test_a_quotation_over_several_sentences_has_one_speaker() -> None:
    text = "“It is cold. It will snow. We stay,” Ann Lee said. “That is all.”"
    text += "\n\n“One more thing. Take care.”\n\nIt snowed."
    assert [speaker for speaker, _ in said(text)] == ["Ann Lee"] * 6


def test_words_of_one_are_not_given_to_another() -> None:
    quote = "“We stay,” John Kirby told Ann Lee."
    text = f"Ann Lee said it was cold.\n\nIt was Monday. {quote}"
    assert said(text) == [("Ann Lee", "Ann Lee said it was cold."), ("John Kirby", quote)]


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
        ("Lee Sedol played Go. Lee said it was hard.", ["Lee Sedol"]),
        ("Bill Clinton came with Hillary Clinton. Clinton said nothing.", ["Clinton"]),
    ],
)
def test_the_right_speaker(text: str, speakers: list[str]) -> None:
    assert [speaker for speaker, _ in said(text)] == speakers


@pytest.mark.parametrize("words", ["Smith John ", "Word ", "A. ", "A", "Kirby said ", "“", "''", "Kirby (a "])
def test_odd_texts_take_no_time(words: str) -> None:
    said(words * (60_000 // len(words)))


def test_sample_articles(samples: Library) -> None:
    kirby = samples.statements(speakers=["John Kirby"])
    assert len(kirby) == 5
    assert all("Kirby" in s.text or s.inferred for s in kirby)
    assert not any("Putin said" in s.text for s in kirby)
