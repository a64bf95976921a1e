"""Quotes and short answers that a reader chooses, and what happens without a reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index import Library
from rag import Answer, Assistant, OptionalReader
from rag.quotes.wording import NOT_ANSWERED


def emphasised(library: Library, answer: Answer) -> list[list[str]]:
    texts = [library.article(citation.article_id).text for citation in answer.citations]
    return [[s.of(text) for s in c.emphasis] for c, text in zip(answer.citations, texts, strict=True)]


@pytest.mark.parametrize(
    ("question", "short_answer"),
    [
        ("How long did the Ever Given block the Suez Canal?", "six days"),
        ("Who owns the ship?", "Shoei Kisen Kaisha"),
    ],
)
def test_the_short_answer_is_emphasised_and_nothing_else(
    assistant: Assistant, question: str, short_answer: str
) -> None:
    answer = assistant.ask(question)
    assert answer.short_answer == short_answer
    assert short_answer in answer.citations[0].quote
    assert emphasised(assistant.library, answer) == [[short_answer], *([] for _ in answer.citations[1:])]
    assert 0 < answer.confidence <= 1


@pytest.mark.parametrize(
    "question",
    [
        "Why is Kipchoge's run no world record?",
        "Did anyone die in the fire at Notre-Dame?",
        "Which justices dissented?",
        "What did Kirby say?",
    ],
)
def test_no_short_answer_where_sentences_are_wanted(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert not answer.abstained
    assert answer.short_answer is None
    assert not any(citation.emphasis for citation in answer.citations)


def test_passages_that_only_seem_to_answer(assistant: Assistant) -> None:
    answer = assistant.ask("When did Notre-Dame reopen?")
    assert answer.abstained
    assert NOT_ANSWERED in answer.text
    assert answer.hits
    assert answer.short_answer is None


def test_only_quotes_that_may_answer(assistant: Assistant) -> None:
    answer = assistant.ask("How long did the Ever Given block the Suez Canal?")
    assert len(answer.citations) == 1


def test_lists_have_several_quotes(assistant: Assistant) -> None:
    text = assistant.ask("Which justices dissented?").text
    assert all(name in text for name in ("Roberts", "Scalia", "Thomas", "Alito"))


@pytest.mark.parametrize("caution", ["cautious", "balanced", "eager"])
def test_caution_is_a_limit_of_the_confidence(samples: Library, caution: str) -> None:
    questions = ("When did Notre-Dame reopen?", "Who is Patrick Sang?", "How many people got hurt at Notre-Dame?")
    eager, asked = (Assistant(samples, c) for c in ("eager", caution))  # type: ignore[arg-type]
    for question in questions:
        answer, all_answers = asked.ask(question), eager.ask(question)
        assert answer.confidence == pytest.approx(all_answers.confidence)
        assert not all_answers.abstained


def test_without_a_reader_there_is_no_short_answer(samples: Library) -> None:
    assistant = Assistant(samples, reader=OptionalReader("none"))
    assert assistant.reader.warning == ""
    answer = assistant.ask("How long did the Ever Given block the Suez Canal?")
    assert answer.short_answer is None
    assert "six days" in emphasised(samples, answer)[0]


def test_a_reader_that_cannot_be_loaded_is_named_and_answers_go_on(samples: Library, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert", "architectures": ["BertModel"]}), "utf-8")
    assistant = Assistant(samples, reader=OptionalReader(str(tmp_path)))
    answer = assistant.ask("How long did the Ever Given block the Suez Canal?")
    assert "six days" in answer.citations[0].quote
    assert answer.short_answer is None
    assert str(tmp_path) in assistant.reader.warning


@pytest.fixture
def ask_about(library: Library, tmp_path: Path):  # type: ignore[no-untyped-def]
    def ask(question: str, *texts: str) -> Answer:
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.txt").write_text(f"Report {number}\n\n{text}\n", "utf-8")
        library.add(*sorted(tmp_path.glob("*.txt")))
        return Assistant(library, "eager").ask(question)

    return ask


FOUND_GUILTY = "Colin Hargreaves was found guilty of fraud and jailed for four years and six months."


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("How long was Susan Hargreaves jailed for?", [f"{FOUND_GUILTY}\n\nHis wife, Susan Hargreaves, wept."]),
        (
            "How long was Darren Voyle jailed for?",
            ["Darren Voyle, 29, has been charged with theft.", "A thief was jailed for four years and six months."],
        ),
        ("How old is Maria Lund?", ["Maria Lund of Oslo won. The coach Erik Lund, 61, smiled. Jonas Lund, 34, fell."]),
    ],
)
def test_the_sentence_about_somebody_else_is_not_quoted(ask_about, question: str, texts: list[str]) -> None:  # type: ignore[no-untyped-def]
    answer = ask_about(question, *texts)
    assert "four years" not in answer.text
    assert "61" not in (answer.short_answer or "")
    assert "34" not in answer.text


def test_a_pronoun_may_stand_for_the_person(ask_about) -> None:  # type: ignore[no-untyped-def]
    text = "Susan Hargreaves opened a shop in Leeds. Colin Hargreaves married her in June 1998."
    assert "1998" in ask_about("When did Susan Hargreaves marry?", text).text


def test_names_of_one_person_in_other_spellings_are_kept(ask_about) -> None:  # type: ignore[no-untyped-def]
    text = "Peter O'Neill signed the contract. Mr O'Neill was paid 4,000 dollars."
    assert "4,000" in ask_about("How much was Peter O’Neill paid?", text).text
