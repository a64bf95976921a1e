"""What is asked, alone and after other questions."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import QuestionError, Turn
from rag.question.follow_up import understand as understand_with
from rag.question.question import MAX_QUESTION, Question, names_in


class Known:
    """A library in which everybody speaks who is named with a capital."""

    def people_in(self, words: str) -> list[str]:
        return list(names_in(words))

    def is_speaker(self, name: str) -> bool:
        return bool(names_in(name)) and " and " not in name

    def publisher_named(self, words: str) -> str | None:
        return "The Post" if words.lower() in ("the post", "post") else None

    def today(self) -> date:
        return date(2026, 3, 15)

    def newest_day(self) -> date | None:
        return None


def understand(text: str, history: Sequence[Turn] = ()) -> Question:
    return understand_with(text, history, Known())


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
        ("Did Kirby say anything about Biden?", "Kirby", "Biden"),
        ("Has Kirby denied that Biden is open to talks?", "Kirby", "Biden is open to talks"),
        ("How did Kirby describe the talks?", "Kirby", "the talks"),
        ("What is Kirby saying about the talks?", "Kirby", "the talks"),
        ("According to Kirby, what will Biden do?", "Kirby", "what will Biden do"),
        ("What will Biden do according to Kirby?", "Kirby", "What will Biden do"),
        ("What did Kirby say in 2022?", "Kirby", None),
        ("What did Kirby say about Biden in the Post since March 2021?", "Kirby", "Biden"),
    ],
)
def test_questions_about_speech(question: str, speaker: str, about: str | None) -> None:
    understood = understand(question)
    assert (understood.kind, understood.speakers, understood.about) == ("statements", (speaker,), about)


@pytest.mark.parametrize(
    ("question", "speakers", "about"),
    [
        ("Compare what Kirby and Putin said about Biden", ("Kirby", "Putin"), "Biden"),
        ("What did Kirby, Putin and Zelensky say?", ("Kirby", "Putin", "Zelensky"), None),
        ("How do Kirby and Putin differ on Ukraine?", ("Kirby", "Putin"), "Ukraine"),
        ("Who said that Russia avoids responsibility?", (), "Russia avoids responsibility"),
        ("who has criticised the ruling?", (), "the ruling"),
        ("What has been said about Notre-Dame?", (), "Notre-Dame"),
        ("Who spoke about the talks?", (), "the talks"),
    ],
)
def test_questions_about_several_or_anybody(question: str, speakers: tuple[str, ...], about: str | None) -> None:
    understood = understand(question)
    assert (understood.kind, understood.speakers, understood.about) == ("statements", speakers, about)


def test_ways_of_speaking_and_limits() -> None:
    deny, criticise = understand("What did Kirby deny?").way, understand("Who criticised the ruling?").way
    assert deny is not None
    assert criticise is not None
    assert ("reject" in deny.verbs, "slam" in criticise.verbs) == (True, True)
    assert not understand("What did Kirby say?").way
    limits = understand("What did Kirby say in the Post since March 2021?").limits
    assert (limits.publisher, limits.period.since) == ("The Post", date(2021, 3, 1))


def test_when_and_who_else() -> None:
    before = [Turn("What did Kirby say about Biden?")]
    when = understand("when?", before)
    assert when.asks_when
    assert (when.speakers, when.about) == (("Kirby",), "Biden")
    others = understand("Who else?", before)
    assert (others.speakers, others.excluded, others.about) == ((), ("Kirby",), "Biden")


@pytest.mark.parametrize(
    "question",
    [
        "Who won the prize?",
        "When did the ship leave?",
        "Is it open?",
        "Kirby",
        "According to it, who won?",
        "What was the attack on the bridge?",
        "What was the result of the French attack on the town?",
        "How did the French defend themselves?",
    ],
)
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
    assert (understood.kind, understood.speakers, understood.about) == ("statements", (speaker,), about)


def test_follow_ups_about_facts() -> None:
    before = [Turn("Who won the Nobel Prize in medicine?")]
    assert understand("When?", before).query == "when won the Nobel Prize in medicine"
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
