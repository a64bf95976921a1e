"""Compound questions."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import Answer, Assistant, Citation, Turn
from rag.question.compound import SubQuestion, merge_answers
from rag.quotes.wording import ABSTAINED

from .stub_knowledge import question_parser


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("When did DART hit Dimorphos and who led it?", ["When did DART hit Dimorphos?", "who led it?"]),
        ("Who is Kirby? And what did he say?", ["Who is Kirby?", "what did he say?"]),
        ("Who is older, Karikó or Weissman?", ["Who is older Karikó", "Who is older Weissman"]),
        ("Where do both Karikó and Weissman work?", ["Where do Karikó work?", "Where do Weissman work?"]),
        ("difference between Dimorphos and Didymos", ["Dimorphos", "Didymos"]),
        ("How long did the meeting between Zelensky and Biden last?", []),
        ("What did Kirby and Putin say?", []),
        ("Who said that nobody knows who fired and why?", []),
        ("When did Karikó and Weissman publish their finding?", []),
    ],
)
def test_the_parts_of_a_question(question: str, parts: list[str]) -> None:
    assert [part.text.strip() for part in question_parser().split(question)] == parts


def test_each_part_is_answered_under_its_heading(assistant: Assistant) -> None:
    answer = assistant.ask("How long was the Suez Canal blocked, and how many ships were waiting?")
    first, second = re.split(r"How many ships were waiting\?", answer.text)
    assert first.startswith("How long was the Suez Canal blocked?")
    assert "for six days" in first
    assert "369 ships" in second
    assert [int(number) for number in re.findall(r"\[(\d+)\]", answer.text)] == [c.marker for c in answer.citations]


def test_a_part_may_refer_to_the_one_before(assistant: Assistant) -> None:
    answer = assistant.ask("Who is Podolyak and what did he say?")
    assert "Mykhailo Podolyak (adviser in Zelensky's office)" in answer.text.split("What did he say?")[1]


def test_the_next_question_refers_to_the_last_part(assistant: Assistant) -> None:
    question = "When did DART hit Dimorphos, and what did Kirby say about Biden?"
    answer = assistant.ask("And Putin?", [Turn(question, assistant.ask(question).text)])
    assert "Vladimir Putin" in answer.text


def test_only_an_unanswered_part_abstains(assistant: Assistant) -> None:
    answer = assistant.ask("How long was the Suez Canal blocked, and who baked the bread?")
    assert not answer.abstained
    assert ABSTAINED in answer.text.split("Who baked the bread?")[1]
    assert assistant.ask("Who baked the bread, and how much salt is in it?").abstained


words = st.text(string.ascii_letters + "[]0123 ", min_size=1).filter(str.strip)


@given(st.lists(st.lists(words, max_size=3), min_size=2, max_size=3))
def test_markers_follow_their_quotes(quotes: list[list[str]]) -> None:
    """Even if a quote contains text that looks like a marker."""
    answers = []
    for each in quotes:
        citations = [Citation(marker, 1, quote, 0, len(quote)) for marker, quote in enumerate(each, 1)]
        text = "\n\n".join(f"“{c.quote}” [{c.marker}]" for c in citations)
        answers.append(Answer("?", text or ABSTAINED, citations, abstained=not citations))
    answer = merge_answers("?", [SubQuestion("?", "Heading", is_dependent=False)] * len(answers), answers)
    position = 0
    for number, citation in enumerate(answer.citations, 1):
        assert citation.marker == number
        position = answer.text.index(f"“{citation.quote}” [{number}]", position) + 1
    assert len(answer.citations) == sum(map(len, quotes))
