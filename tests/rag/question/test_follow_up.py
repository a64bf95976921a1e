"""Questions that depend on earlier ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import QuestionError, Turn
from rag.question import LibraryQuestion, SmallTalk, SpeechQuestion

from .stub_knowledge import parse_question


def test_when_and_who_else() -> None:
    before = [Turn("What did Kirby say about Biden?")]
    when = parse_question("when?", before)
    assert when.asks_for_date
    assert (when.speakers, when.about) == (("Kirby",), "Biden")
    others = parse_question("Who else?", before)
    assert (others.speakers, others.excluded, others.about) == ((), ("Kirby",), "Biden")


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
    parsed = parse_question(question, [Turn(text) for text in before])
    assert isinstance(parsed, SpeechQuestion)
    assert (parsed.speakers, parsed.about) == ((speaker,), about)


def test_follow_ups_about_facts() -> None:
    before = [Turn("Who won the Nobel Prize in medicine?")]
    assert parse_question("When?", before).query.text == "when won the Nobel Prize in medicine"
    assert "Nobel Prize" in parse_question("And in 2020?", before).query.text


def test_an_independent_question_is_left_unchanged() -> None:
    before = [Turn("What did Kirby say about Biden?")]
    for question in ("Who won the Nobel Prize in medicine?", "What blocked the Suez Canal?"):
        assert parse_question(question, before).query.text == question


def test_a_pronoun_refers_to_the_speaker() -> None:
    assert parse_question("Who is he?", [Turn("What did Kirby say?")]).query.text == "Who is Kirby?"


@pytest.mark.parametrize("topic", [r"C:\data", r"\g<who>m", r"\1"])
def test_a_topic_with_backslashes(topic: str) -> None:
    before = [Turn(f"What did Kirby say about {topic}?")]
    assert parse_question("What did Putin say about that?", before).about == topic
    assert parse_question("What does it mean?", before).query.text == f"What does {topic} mean?"


@settings(deadline=None)  # the first question loads the parser
@given(st.text(max_size=200), st.lists(st.text(max_size=80), max_size=4))
def test_any_text_is_parsed_or_refused(text: str, before: list[str]) -> None:
    try:
        parsed = parse_question(text, [Turn(question) for question in before])
    except QuestionError:
        return
    assert isinstance(parsed, LibraryQuestion | SmallTalk) or parsed.query.text.strip()
