"""Lines of pasted text: wrapped ones are joined, hyphens only where the word is known, turns of speakers stay apart."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cleaning import clean_saved_page
from index.cleaning.transcripts import split_turns
from index.ingest.load import load
from index.records import LoadedArticle
from tests.conftest import ROOT

DATA = ROOT / "tests" / "data" / "pasted"
FIRST = (
    "The town council of Northbridge voted on Tuesday evening to close the old ferry terminal by the end of the summer"
)


def text_of(path: Path) -> str:
    [article] = load(path)
    assert isinstance(article, LoadedArticle)
    return article.text


def test_words_divided_at_line_ends_are_joined() -> None:
    assert text_of(DATA / "hyphens.txt") == (
        f"{FIRST}, after three years of falling numbers of passengers, the mayor said."
    )


@pytest.mark.parametrize(
    ("end", "start", "expected"),
    [
        ("long-", "term plan", "long-term plan"),
        ("COVID-", "19 rules", "COVID-19 rules"),
        ("UK-", "US talks", "UK-US talks"),
        ("the Cal-", "der family", "the Calder family"),  # "Calder" is elsewhere
        ("well-", "being of all", "well-being of all"),
        ("the coun-", "cil of it", "the council of it"),
        ("the boat -", "a ferry", "the boat - a ferry"),
    ],
)
def test_compounds_keep_their_hyphen(end: str, start: str, expected: str) -> None:
    text = (
        f"Calder speaks\n\nRuth Calder said on Tuesday evening that it was about {end}\n{start} and of everybody here."
    )
    assert expected in clean_saved_page(text).text


def test_quote_marks_are_removed() -> None:
    assert text_of(DATA / "quote-marks.txt") == (
        f"{FIRST}, after three years of falling numbers.\n\n"
        "The mayor, Ruth Calder, said the decision had been the hardest of her time in office."
    )
    assert clean_saved_page("Prices\n\n> 20 per cent is a lot.\n\nIt is.").text == "> 20 per cent is a lot.\n\nIt is."


def test_narrow_lines_are_joined() -> None:
    wrapped = (
        "Ferry terminal to close\n\nThe town council of Northbridge\nvoted on Tuesday evening to close\n"
        "the old ferry terminal by the end\nof the summer.\n\nThe mayor said no."
    )
    assert clean_saved_page(wrapped).text == f"{FIRST}.\n\nThe mayor said no."
    listed = "Who voted\n\nRuth Calder, the mayor of the town\nEd Field\nAda Brown, editor\nCarl Dean\nJo Li"
    assert clean_saved_page(listed).text.count("\n") == 4


CALDER = "I have thought about this for a long time and I want to say to all of you that"
TURNS = [
    f"CALDER: {CALDER}",
    "FIELD: Madam Mayor, why was nobody asked about this before tonight, and who will pay for all of it",
    "CALDER: Nobody.",
]


@pytest.mark.parametrize("separator", ["\n", " "])
def test_a_turn_begins_at_its_label(separator: str) -> None:
    text = clean_saved_page("Council meeting on the ferry\n\n" + TURNS[0] + "\n" + separator.join(TURNS[1:])).text
    assert text.split("\n\n") == TURNS


def test_turns_of_names_and_times(tmp_path: Path) -> None:
    turns = [
        "[00:12] Ruth Calder: We voted to close the terminal, and it was hard for all of us in the room",
        "Q: Why?",
    ]
    turns += [
        "[00:15] Ruth Calder: It loses money, more of it every year, as I said before in this very hall",
        "Q: OK.",
    ]
    assert clean_saved_page("Council meeting on the ferry\n\n" + "\n".join(turns)).text.split("\n\n") == turns


def test_sentences_with_colons_are_no_turns() -> None:
    text = "Calder speaks\n\nThe mayor of the town had one message for the people in the hall of\nNorthbridge: no."
    assert clean_saved_page(text).text.endswith("in the hall of Northbridge: no.")


def test_a_pasted_letter_has_its_sender_and_day(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "From: Ada Brown <ada@post.example>\nSent: 7 March 2023 21:30\nTo: Carl Dean\nSubject: Terminal to close\n"
        f"\n{FIRST[:65]}\n{FIRST[66:]}.\n"
    )
    [article] = load(tmp_path / "a.txt")
    assert isinstance(article, LoadedArticle)
    assert (article.title, article.author, str(article.published), article.text) == (
        "Terminal to close",
        "Ada Brown",
        "2023-03-07",
        f"{FIRST}.",
    )


@given(st.lists(st.sampled_from([*TURNS, "", "The mayor", "Q: Why?", "A: No. B: Yes.", "it went on and on: so"])))
def test_turns_keep_all_words(lines: list[str]) -> None:
    assert " ".join(split_turns(lines)).split() == " ".join(lines).split()
