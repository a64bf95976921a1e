"""The texts of answers."""

from __future__ import annotations

import pytest

from rag import Answer
from rag.knowledge import SpeakerQuery
from rag.question import SpeechAct
from rag.quotes import quotes_instead
from rag.quotes.spelling import find_spellings
from rag.quotes.wording import (
    _SPEECH_ACT_NOUNS,
    FallbackReason,
    corrected_spelling,
    left_out_note,
    no_speech_act,
    other_statements,
    pending_note,
    unmentioned,
)

PUTIN = SpeakerQuery("Putin", ())


@pytest.mark.parametrize("verb", sorted(_SPEECH_ACT_NOUNS))
def test_nouns_belong_to_speech_acts(verb: str) -> None:
    speech_act = SpeechAct.of_verb(verb)
    assert speech_act is not None
    assert speech_act.verb == verb


def test_speech_acts_without_statements() -> None:
    assert no_speech_act(PUTIN, "deny") == "No denial by Putin is reported."
    assert no_speech_act(PUTIN, "deny", 1).endswith(" The articles report one other statement by Putin.")
    assert no_speech_act(PUTIN, "sing") == "No statement by Putin with “sing” or a similar verb is reported."
    assert other_statements(PUTIN, "want") == "No demand by Putin is reported. Showing other statements."


def test_unknown_and_misspelt_words() -> None:
    assert unmentioned(["India", "2031"], []) == "No article mentions “India” or “2031”."
    assert unmentioned(["Biten"], ["Joe Biden"]) == "No article mentions “Biten”. Did you mean Joe Biden?"
    assert unmentioned([], []) == ""
    found = {"India": "Indiana"}
    assert corrected_spelling(["India"], found) == "No article mentions “India”. Showing results for “Indiana”."
    assert corrected_spelling(["India"], {}).endswith("Showing results for similar spellings.")
    assert corrected_spelling([], {}) == ""


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("Shirly", "Shirley"),
        ("John Kerby", "John Kirby"),
        ("Jon Kerby", "Jon Kirby"),  # short words are left unchanged
        ("Wladimir Putin", None),
        ("kirby", None),
    ],
)
def test_spellings_are_found_in_the_articles(name: str, spelling: str | None) -> None:
    texts = ["Governor Shirley", "John Kirby met Vladimirovich Putin."]
    assert find_spellings([name], texts).get(name) == spelling


def test_counts() -> None:
    assert pending_note(0) == ""
    assert "in one article yet" in pending_note(1)
    assert "in 1,200 articles yet" in pending_note(1200)
    assert left_out_note(1).startswith("One more source didn't fit")
    assert left_out_note(3).startswith("3 more sources didn't fit")


def test_reasons_for_exact_quotes_are_sentences() -> None:
    for reason in FallbackReason:
        assert reason[0].isupper()
        assert reason.endswith(".")
        text = quotes_instead(Answer("?", "“Yes.” [1]"), reason).text
        assert text == f"{reason} Showing exact quotes instead.\n\n“Yes.” [1]"
