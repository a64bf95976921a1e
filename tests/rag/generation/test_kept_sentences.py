"""Written answers: which sentences are kept."""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler

import pytest

from index import Library
from rag import Answer, Assistant, DraftQuote, DraftSentence, GeneratorFailed, LanguageModel, Source, Turn, Writer
from tests.model_server import Model, as_json, begin, event, pieces_of, stream
from tests.writing import FACT, INSTEAD, KEY, QUESTION, WORDS, check, source_with


def test_a_supported_sentence_is_written_with_its_quote(ask: Callable[..., Answer], model: Model) -> None:
    model.answers((FACT, [(1, WORDS)]))
    answer = ask()
    assert answer.mode == "written"
    assert answer.text == f"{FACT} [1]"
    [citation] = answer.citations
    assert citation.quote == f"The container ship Ever Given was freed on Monday after {WORDS}."
    assert answer.unsupported == []
    assert model.keys == [f"Bearer {KEY}"]


@pytest.mark.parametrize(
    ("sentence", "words", "reason"),
    [
        ("The Ever Given blocked the Suez Canal for nine days.", WORDS, "number 9"),
        ("The Ever Smart blocked the Suez Canal for six days.", WORDS, "Smart"),
        ("The Ever Given did not block the Suez Canal for six days.", WORDS, "contradicts the quotes"),
        (FACT, "six days of blocking the canal", "no matching quote"),
        (FACT, "the", "no matching quote"),
        (FACT, "", ""),
        ("Read https://evil.example/x for six days.", WORDS, "link"),
        ("Six days: ![it](http://evil.example/i.png) blocked the canal.", WORDS, "link"),
        ("The <b>Ever Given</b> blocked the canal for six days.", WORDS, "markup"),
        ("Le navire Ever Given a bloqué le canal de Suez pendant six jours.", WORDS, ""),
    ],
)
def test_unsupported_sentences_are_not_kept(
    ask: Callable[..., Answer], model: Model, sentence: str, words: str, reason: str
) -> None:
    number = 7 if words == "" else 1
    model.answers((sentence, [(number, words)]))
    answer = ask()
    assert answer.mode == "quotes"
    assert answer.text.startswith(f"The language model wrote nothing that the articles support. {INSTEAD}")
    assert any(reason in unsupported.reason for unsupported in answer.unsupported)
    assert not any("http" in unsupported.text for unsupported in answer.unsupported)


def test_only_unsupported_sentences_are_removed(ask: Callable[..., Answer], model: Model) -> None:
    model.answers((FACT, [(1, WORDS)]), ("It cost nine billion dollars.", [(1, WORDS)]), (FACT, [(1, WORDS)]))
    answer = ask(unfounded="remove")
    assert answer.text == f"{FACT} [1]"
    assert answer.unsupported == []
    [unsupported] = ask(unfounded="strike").unsupported
    assert unsupported.text == "It cost nine billion dollars."


def test_several_sentences_share_and_add_citations(ask: Callable[..., Answer], model: Model) -> None:
    model.answers((FACT, [(1, WORDS)]))
    ask()
    other = "About 12 percent of world trade passes through the Suez Canal."
    number = source_with(model, other)
    model.answers((FACT, [(1, WORDS)]), (other, [(number, other), (1, WORDS)]))
    answer = ask()
    assert answer.text == f"{FACT} [1] {other} [2][1]"
    assert len(answer.citations) == 2


def test_only_quotation_marks_and_white_space_may_differ(ask: Callable[..., Answer], model: Model) -> None:
    model.answers((FACT, [(1, f"“{WORDS.replace(' ', '  ')}”")]))
    assert ask().mode == "written"
    model.answers((FACT, [(1, WORDS.replace("six", "6"))]))
    assert ask().mode == "quotes"


def test_a_quote_is_expanded_to_the_whole_sentence(ask: Callable[..., Answer], model: Model) -> None:
    question = "Did Rabie see the weather as the main reason?"
    words = "the weather was not the main reason"
    model.answers(("The weather was the main reason, Rabie said.", [(1, "the main reason and that technical")]))
    assert ask(question).mode == "quotes"
    model.answers((f"Rabie said that {words}.", [(source_with(model, words), words)]))
    assert ask(question).text.startswith(f"Rabie said that {words}. [1]")


def test_the_speaker_is_checked(ask: Callable[..., Answer], model: Model) -> None:
    model.answers(("Putin said that Biden was open to talks.", [(4, "Biden was open to talks with Putin")]))
    assert ask("What did Kirby say?").mode == "quotes"
    number = source_with(model, "Biden was open to talks")
    assert '"speaker": "John Kirby"' in model.prompt()
    model.answers(
        ("Kirby said that Biden was open to talks with Putin.", [(number, "Biden was open to talks with Putin")])
    )
    answer = ask("What did Kirby say?")
    assert answer.text == "Kirby said that Biden was open to talks with Putin. [1]"


@pytest.mark.parametrize("length", [1, 7, 1_000])
def test_plain_text_with_markers_is_accepted(ask: Callable[..., Answer], model: Model, length: int) -> None:
    model.writes(*pieces_of(f'{FACT} [1: "{WORDS}"] And it was fun.', length))
    assert ask().text == f"{FACT} [1]"


def test_a_bare_marker_means_a_sentence_of_its_source(ask: Callable[..., Answer], model: Model) -> None:
    model.writes(f"<think>Hm.</think>{FACT} [1] [99]")
    answer = ask()
    assert answer.text == f"{FACT} [1]"
    assert WORDS in answer.citations[0].quote


def test_without_an_answer_the_model_is_not_queried(ask: Callable[..., Answer], model: Model) -> None:
    answer = ask("Who painted the Mona Lisa?")
    assert answer.abstained
    assert model.requests == []


def test_sources_that_do_not_fit_are_left_out_with_a_note(samples: Library) -> None:
    class Small:
        """A generator whose window fits one or two sources."""

        name, window = "small", 1_000

        def draft(self, question: str, sources: Sequence[Source], deadline: float) -> Iterator[DraftSentence]:
            self.given = sources
            yield DraftSentence("Kirby rejected the remarks.", (DraftQuote(1, "John Kirby rejected the remarks"),))

        def rewrite(self, question: str, history: Sequence[Turn], deadline: float) -> str:
            raise GeneratorFailed("The language model can't rewrite questions.")

    small = Small()
    answer = Assistant(samples, writer=Writer(samples, small)).ask("What did Kirby say?", mode="written")
    assert [source.number for source in small.given] == list(range(1, len(small.given) + 1))
    assert re.fullmatch(
        r"Kirby rejected the remarks. \[1\]\n\n\d+ more sources didn't fit in the language model's context window .*",
        check(samples, answer).text,
    )
    assert small.given[0].speaker == "John Kirby"


def test_answers_grow_by_sentence(samples: Library, model: Model) -> None:
    other = "About 12 percent of world trade passes through the Suez Canal."
    go_on = threading.Event()

    def serve(handler: BaseHTTPRequestHandler) -> None:
        text = as_json((FACT, [(1, WORDS)]), (other, [(2, other)]))
        begin(handler, "text/event-stream")
        for piece in (text[: text.index(other)], text[text.index(other) :]):
            event(handler, {"content": piece})
            go_on.wait(20)
        event(handler, {}, "stop")

    model.serve = serve
    writer = Writer(samples, LanguageModel(model.url, "test"), 30)
    answers = Assistant(samples, writer=writer).stream(QUESTION)
    first = next(answers)
    assert first.text == f"{FACT} [1]"
    assert not go_on.is_set()
    go_on.set()
    *_, last = answers
    assert last.text.startswith(f"{FACT} [1] {other}") or last.text == f"{FACT} [1]"


# Follow-ups


def test_a_follow_up_is_rewritten_and_shown(ask: Callable[..., Answer], model: Model) -> None:
    rewritten = "What did Kirby say about Biden?"
    words = "Biden was open to talks with Putin"

    def serve(handler: BaseHTTPRequestHandler) -> None:
        is_rewriting = "Rewrite" in model.prompt()
        answer = as_json(("Kirby said that Biden was open to talks with Putin.", [(1, words)]))
        stream(handler, [rewritten if is_rewriting else answer])

    model.serve = serve
    answer = ask("And about Biden?", Turn("What did Kirby say?", "Kirby rejected the remarks."))
    assert (answer.question, answer.rewritten_question) == ("And about Biden?", rewritten)
    assert f"Question: {rewritten}" in model.prompt()
    assert answer.citations


@pytest.mark.parametrize(
    "rewritten",
    [
        "",
        "Biden is open to talks.",
        "What did Merkel say about Biden?",
        "x" * 500,
        "What?\nIgnore this?",
        "And about him?",
    ],
)
def test_an_implausible_rewritten_question_is_ignored(ask: Callable[..., Answer], model: Model, rewritten: str) -> None:
    model.serve = lambda handler: stream(handler, [rewritten if "Rewrite" in model.prompt() else '{"sentences": []}'])
    answer = ask("And about Biden?", Turn("What did Kirby say?", "Kirby rejected the remarks."))
    assert answer.rewritten_question == ""
    assert "Biden was open to talks" in answer.text
    assert "say about Biden" in model.prompt()
