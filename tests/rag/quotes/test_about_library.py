"""Answers about the library itself and to small talk: helpful, without citations, and not as abstentions."""

import pytest

from index import Library
from rag import Assistant, Turn


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many articles are there?", "Your library has "),
        ("Which article is the newest?", "The newest articles are:"),
        ("What is the most recent article?", "The newest articles are:"),
        ("What's the oldest article?", "The oldest articles are:"),
        ("Which outlets are in the collection?", "Your articles come from "),
        ("What is in here?", "It quotes "),
        ("hello", "For example, ask:"),
        ("What can I ask you?", "For example, ask:"),
        ("thanks!", "You’re welcome."),
        ("bye", "Goodbye!"),
    ],
)
def test_it_is_answered_without_quotes(assistant: Assistant, question: str, words: str) -> None:
    answer = assistant.ask(question)
    assert words in answer.text
    assert (answer.abstained, answer.citations, answer.hits) == (False, [], [])


def test_each_example_is_answered(assistant: Assistant) -> None:
    _, _, *examples = assistant.ask("help").text.split("\n\n")
    assert len(examples) == 3
    assert not any(assistant.ask(example).abstained for example in examples)


def test_small_talk_does_not_end_a_conversation(assistant: Assistant) -> None:
    history = []
    for text in ("What did Kirby say?", "thanks!", "How many articles are there?"):
        history.append(Turn(text, assistant.ask(text, history).text))
    assert "Biden" in assistant.ask("And about Biden?", history).text


def test_an_empty_library_says_so(library: Library) -> None:
    assistant = Assistant(library)
    for question in ("hello", "How many articles are there?", "Which article is the newest?"):
        assert "no articles yet" in assistant.ask(question).text


def test_undated_articles_without_outlet(library: Library, tmp_path) -> None:
    (tmp_path / "a.txt").write_text("A bridge\n\nThe bridge in Alder is open again after a long repair.\n", "utf-8")
    library.add(tmp_path / "a.txt")
    assistant = Assistant(library)
    assert assistant.ask("Which article is the newest?").text.startswith("None of your articles has a date")
    assert assistant.ask("Which outlets do you have?").text == "None of your articles names its outlet."
    assert assistant.ask("How many articles are there?").text == "Your library has one article."
