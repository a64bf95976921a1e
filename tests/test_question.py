"""What is asked, alone and after other questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import QuestionError, Turn
from rag.follow_up import understand
from rag.question import MAX_QUESTION, names_in


@pytest.mark.parametrize(
    ("question", "speaker", "about"),
    [
        ("What did Kirby say?", "Kirby", None),
        ("what did kirby say about biden?", "kirby", "biden"),
        ("What did John Kirby say about the talks with Putin?", "John Kirby", "the talks with Putin"),
        ("What does Putin want?", "Putin", None),
        ("What has the White House said?", "White House", None),
        ("What was Obama's reaction to the ruling?", "Obama", "the ruling"),
        ("And what did Kirby say?", "Kirby", None),
    ],
)
def test_questions_about_speech(question: str, speaker: str, about: str | None) -> None:
    understood = understand(question)
    assert (understood.kind, understood.speaker, understood.about) == ("statements", speaker, about)


@pytest.mark.parametrize("question", ["Who won the prize?", "When did the ship leave?", "Is it open?", "Kirby"])
def test_questions_about_facts(question: str) -> None:
    assert understand(question).kind == "fact"


@pytest.mark.parametrize(
    ("before", "question", "speaker", "about"),
    [
        (["What did Kirby say?"], "And about Biden?", "Kirby", "Biden"),
        (["What did Kirby say?", "And about Biden?"], "And Putin?", "Putin", "Biden"),
        (["What did Kirby say?"], "And Putin?", "Putin", None),
        (["What did Kirby say about Biden?"], "What did he say about Ukraine?", "Kirby", "Ukraine"),
        (["What did Kirby say about Biden?"], "What did Putin say about that?", "Putin", "Biden"),
        (["What did Kirby say?", "thanks!"], "And about Biden?", "Kirby", "Biden"),
        (["What did Kirby say about Biden?"], "What about Putin?", "Putin", "Biden"),
        (["What did Kirby say about Biden?"], "no, I meant Putin", "Putin", "Biden"),
        (["What did Kirby say about Biden?"], "What did Putin say to that?", "Putin", "Biden"),
        (["What did Kirby say?"], "what else?", "Kirby", None),
        (["What did Kirby say?", "?!"], "And about Biden?", "Kirby", "Biden"),
    ],
)
def test_follow_ups_about_speech(before: list[str], question: str, speaker: str, about: str | None) -> None:
    understood = understand(question, [Turn(text) for text in before])
    assert (understood.kind, understood.speaker, understood.about) == ("statements", speaker, about)


def test_follow_ups_about_facts() -> None:
    before = [Turn("Who won the Nobel Prize in medicine?")]
    assert understand("When?", before).query == "When won the Nobel Prize in medicine"
    assert "Nobel Prize" in understand("And in 2020?", before).query


def test_a_new_question_is_not_bent_by_what_came_before() -> None:
    before = [Turn("What did Kirby say about Biden?")]
    for question in ("Who won the Nobel Prize in medicine?", "What blocked the Suez Canal?"):
        assert understand(question, before).query == question


@pytest.mark.parametrize(("text", "reason"), [("", "empty"), (" \n ", "empty"), ("?!…", "holds no word")])
def test_no_question(text: str, reason: str) -> None:
    with pytest.raises(QuestionError, match=reason):
        understand(text)


def test_too_long_a_question() -> None:
    with pytest.raises(QuestionError, match=r"3,000 characters; the limit is 1,000"):
        understand("x" * 3000)
    assert understand("x" * MAX_QUESTION)


def test_a_person_who_was_never_named() -> None:
    with pytest.raises(QuestionError, match="Whom do you mean by “he”"):
        understand("What did he say?")
    assert understand("Who is he?", [Turn("What did Kirby say?")]).query == "Who is Kirby?"


def test_names() -> None:
    assert names_in("What did John Kirby tell the White House in Washington about O’Neill's dog?") == (
        "John Kirby",
        "White House",
        "Washington",
        "O’Neill",
    )


@given(st.text(max_size=200), st.lists(st.text(max_size=80), max_size=4))
def test_any_text_is_understood_or_refused(text: str, before: list[str]) -> None:
    try:
        understood = understand(text, [Turn(question) for question in before])
    except QuestionError:
        return
    assert understood.query.strip()
