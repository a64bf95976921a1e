"""Who said these words?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Library
from rag import Assistant
from rag.retrieval import contains_quotation

TEXT = """---
title: Strike
published: 2023-08-11
---

The union leader, Tunde Bakare, said on Friday that talks had failed. "If the balance is not paid, we will not wait. We
will simply go," Bakare warned.

Ann Cole said: "The café on Main Street is closed \u2014 it's over." Maria Lopez said that the balance would be paid.
"""


@pytest.fixture
def assistant(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    path = tmp_path_factory.mktemp("articles") / "strike.md"
    path.write_text(TEXT, "utf-8")
    library.add(path)
    return Assistant(library, "eager")


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("Who said \u201cWe will simply go\u201d?", "Bakare"),
        ('Who said "the balance is not paid"?', "Bakare"),
        ("Who said that 'if the balance ... will not wait'?", "Bakare"),
        ('who said "THE CAFE ON MAIN STREET IS CLOSED - ITS OVER"', "Cole"),
        ("Who warned \u201cIf the balance is not paid, we will not wait\u201d?", "Bakare"),
    ],
)
def test_the_speaker_of_these_words_is_found(assistant: Assistant, question: str, speaker: str) -> None:
    answer = assistant.ask(question)
    assert not answer.abstained
    assert speaker in answer.text
    assert len(answer.citations) == 1


@pytest.mark.parametrize(
    "question",
    [
        "Who said \u201cThe balance is paid\u201d?",  # nearly said, and the opposite of it
        'Who said "Main Street is open"?',
        "Who said \u201cthe union leader\u201d?",  # the reporter's words
        'Who said "simply go ... the balance"?',  # the wrong order
    ],
)
def test_other_words_have_no_speaker(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert "No statement contains the words" in answer.text
    assert not answer.citations


WORDS = st.lists(st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=8), max_size=12)


@given(WORDS, WORDS.filter(bool), WORDS)
def test_every_part_of_a_text_is_found_in_it(before: list[str], words: list[str], after: list[str]) -> None:
    text = ", ".join([*before, *words, *after])
    assert contains_quotation(text, " ".join(words))
    assert contains_quotation(text, f"{words[0]} … {words[-1]}" if len(words) > 1 else words[0])
    assert not contains_quotation("", " ".join(words))
