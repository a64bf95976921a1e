"""Questions that don't depend on earlier ones."""

from datetime import date

import pytest

from rag.errors import UnresolvedPronoun
from rag.question import FactQuestion, SpeechQuestion

from .stub_knowledge import parse_question


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
    parsed = parse_question(question)
    assert isinstance(parsed, SpeechQuestion)
    assert (parsed.speakers, parsed.about) == ((speaker,), about)


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
def test_questions_about_several_speakers_or_anyone(
    question: str, speakers: tuple[str, ...], about: str | None
) -> None:
    parsed = parse_question(question)
    assert isinstance(parsed, SpeechQuestion)
    assert (parsed.speakers, parsed.about) == (speakers, about)


def test_speech_acts_and_filters() -> None:
    deny = parse_question("What did Kirby deny?").speech_act
    criticise = parse_question("Who criticised the ruling?").speech_act
    assert deny is not None
    assert criticise is not None
    assert ("reject" in deny.verbs, "slam" in criticise.verbs) == (True, True)
    assert not parse_question("What did Kirby say?").speech_act
    filters = parse_question("What did Kirby say in the Post since March 2021?").filters
    assert (filters.publisher, filters.period.since) == ("The Post", date(2021, 3, 1))


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
    assert isinstance(parse_question(question), FactQuestion)


def test_a_pronoun_without_antecedent() -> None:
    with pytest.raises(UnresolvedPronoun, match=r"“he” .* use a name"):
        parse_question("What did he say?")
