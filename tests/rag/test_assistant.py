"""Answers: exact quotes of the right speaker, or abstention."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import ArticleNotFound, Library, Span
from rag import Answer, Assistant, Citation, QuestionError, Turn, UncheckedCitation
from rag.errors import ArticleChanged
from rag.quotes.wording import ABSTAINED
from rag.verification.citations import check_citations, cite
from tests.conftest import EXAMPLES


def assert_sound(answer: Answer, library: Library) -> None:
    """Check what holds for every answer."""
    for number, citation in enumerate(answer.citations, 1):
        assert citation.marker == number
        assert library.article(citation.article_id).text[citation.start : citation.end] == citation.quote
        assert f"[{number}]" in answer.text
    assert not (answer.abstained and answer.citations)
    assert answer.abstained or answer.citations or not answer.hits  # about the library, or small talk


def test_what_kirby_said(assistant: Assistant, samples: Library) -> None:
    answer = assistant.ask("What did Kirby say?")
    assert_sound(answer, samples)
    kirby = {(s.start, s.end) for s in samples.statements(speakers=["John Kirby"])}
    assert {(c.start, c.end) for c in answer.citations} == kirby
    assert "no sign at all" in answer.text
    assert answer.text.startswith("John Kirby (White House spokesman), Sample articles, 25 December 2022:\n\n")
    assert answer.hits


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Where did missiles hit on Sunday?", "Kramatorsk"),
        ("Who won the Nobel Prize for mRNA research?", "Karikó"),
        ("How much sand was dredged in the Suez Canal?", "30,000 cubic metres"),
        ("How much shorter has the orbit of Dimorphos become?", "32 minutes"),
        ("When was the Ever Given refloated?", "3.05 pm"),
        ("What percentage voted to leave the European Union?", "51.9 percent"),
    ],
)
def test_facts(assistant: Assistant, samples: Library, question: str, words: str) -> None:
    answer = assistant.ask(question)
    assert_sound(answer, samples)
    assert any(words in citation.quote for citation in answer.citations[:3])
    assert 1 <= len(answer.text.split("\n\n")) <= 4  # quotes; some come with the sentence before


@pytest.mark.parametrize(
    "question",
    [
        "What did Angela Merkel say?",
        "Who painted the Mona Lisa?",
        "How do I bake sourdough bread?",
        "What is the capital of Mongolia?",
        "北京大学什么时候成立的?",
    ],
)
def test_questions_without_an_answer(assistant: Assistant, samples: Library, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.text.startswith(ABSTAINED)
    assert_sound(answer, samples)


def test_follow_ups(assistant: Assistant, samples: Library) -> None:
    turns = [Turn("What did Kirby say?", assistant.ask("What did Kirby say?").text)]
    about = assistant.ask("And about Biden?", history=turns)
    assert_sound(about, samples)
    assert all("Biden" in citation.quote for citation in about.citations)
    assert about.citations
    other = assistant.ask("And Putin?", history=turns)
    putin = {(s.start, s.end) for s in samples.statements(speakers=["Vladimir Putin"])}
    assert {(c.start, c.end) for c in other.citations} == putin


@pytest.mark.parametrize(
    "question",
    [
        "What did Kirby say about the Suez Canal?",
        "What did Putin say about Kirby?",
        "What did Yellen say about the asteroid?",
        "What did Trump think of the Suez Canal?",
        "When did Kipchoge win the Boston Marathon?",
        "Who won the World Cup in 2018?",
    ],
)
def test_statements_are_never_misattributed(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).abstained


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Lee Sedol say?", "Lee Sedol"),
        ("what did kariko say?", "Katalin Karikó"),
        ("What did Van Kerkhove say?", "Maria Van Kerkhove"),
        ("What did al-Sisi say?", "Abdel Fattah al-Sisi"),
        ('What did "Kirby" say?', "John Kirby"),
        ("Can you tell me what Kirby said?", "John Kirby"),
        ("What did President Obama say in 2015?", "Barack Obama"),
        ("Kirby's statements", "John Kirby"),
        ("How did Kirby react to the remarks?", "John Kirby"),
    ],
)
def test_forms_of_names(assistant: Assistant, samples: Library, question: str, speaker: str) -> None:
    answer = assistant.ask(question)
    assert_sound(answer, samples)
    theirs = {(s.article_id, s.start) for s in samples.statements(speakers=[speaker])}
    assert answer.citations
    assert {(c.article_id, c.start) for c in answer.citations} <= theirs


@pytest.mark.parametrize("name", ["JACK KIRBY", "J. Smith", "Marie Gallet", "Jack Kirby", "Jean-Luc Kirby"])
def test_another_person_of_the_same_surname(assistant: Assistant, name: str) -> None:
    assert assistant.statements(speaker=name) == []
    assert assistant.ask(f"What did {name} say?").abstained


def test_number_of_hits(assistant: Assistant, samples: Library) -> None:
    assert samples.status().passages > 70
    assert len(assistant.search("What did the spokesman say about the war?", k=70)) == 70


def test_lone_surrogates(assistant: Assistant, samples: Library) -> None:
    answer = assistant.ask("What did \ud83d Kirby say?", [Turn("\ud800 x")])
    assert_sound(answer, samples)
    assert answer.question.encode("utf-8")


@pytest.mark.parametrize(
    "question",
    [
        "NEAR(Kirby",
        '"Kirby',
        "Kirby*",
        "+Kirby -Biden",
        "title:Kirby",
        "the U.S. AT&T",
        "a AND OR NOT (",
        "<script>",
        "[1]",
    ],
)
def test_search_operators_are_words(assistant: Assistant, samples: Library, question: str) -> None:
    assert_sound(assistant.ask(question), samples)
    assert isinstance(assistant.search(question), list)


@settings(deadline=None, max_examples=40)
@given(text=st.text(max_size=150))
def test_any_question_gets_a_sound_answer(text: str, assistant: Assistant, samples: Library) -> None:
    try:
        assert_sound(assistant.ask(text), samples)
    except QuestionError:
        return


def test_empty_library(library: Library) -> None:
    answer = Assistant(library).ask("What did Kirby say?")
    assert answer.abstained
    assert "no articles yet" in answer.text


def test_concurrent_questions_while_adding(library: Library) -> None:
    library.add(*sorted(EXAMPLES.glob("2022*")))
    assistant = Assistant(library)
    alone = assistant.ask("What did Kirby say?").text
    library.add(EXAMPLES, wait=False)
    with ThreadPoolExecutor(8) as threads:
        embedding = threads.submit(library.catch_up)
        answers = list(threads.map(lambda _: assistant.ask("What did Kirby say?"), range(40)))
        embedding.result()
    for answer in answers:
        assert_sound(answer, library)
        assert answer.text == alone


def test_search(assistant: Assistant, samples: Library) -> None:
    hits = assistant.search("air raid Kramatorsk", k=3)
    assert "Kramatorsk" in hits[0].passage.text
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        passage = hit.passage
        assert samples.article(passage.article_id).text[passage.start : passage.end] == passage.text
    with pytest.raises(ValueError, match="k is 0; it must be between 1 and 100"):
        assistant.search("x", k=0)


def test_search_before_embedding(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Bridge opens\n\nThe mayor, Ann Lee, said on Monday that the bridge was open.")
    library.add(tmp_path / "a.txt", wait=False)
    assistant = Assistant(library)
    assert len(assistant.search("bridge")) == 1
    answer = assistant.ask("What did Ann Lee say?")
    assert answer.abstained
    assert "Speakers haven't been identified in one article yet. Please ask again in a moment." in answer.text
    assert answer.hits
    library.catch_up()
    assert assistant.ask("What did Ann Lee say?").citations


def test_statements(assistant: Assistant) -> None:
    assert len(assistant.statements(speaker="Kirby")) == 5
    [nearest, *_] = assistant.statements(speaker="Kirby", about="Biden")
    assert "Biden" in nearest.text
    assert assistant.statements(speaker="Jack Kirby") == []
    assert assistant.statements(about="Suez Canal traffic")


def test_statements_have_the_quotation_marks_of_their_article(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Bridge opens\n\n“It is open,” Ann Lee said.\n\nAnn Lee said it was long.")
    library.add(tmp_path / "a.txt")
    text = Assistant(library).ask("What did Ann Lee say?").text
    assert "\n\n“It is open,” Ann Lee said. [1]\n\nAnn Lee said it was long. [2]" in text


def test_inexact_citations_are_rejected(samples: Library) -> None:
    article = next(samples.articles())
    good = cite(article, 1, Span(0, 20), article.text[:20])
    assert good is not None
    with pytest.raises(ArticleChanged):
        cite(article, 1, Span(1, 21), article.text[:20])
    answer = Answer("q", f"{good.quote} [1]", [good])
    assert check_citations(samples, answer) is answer
    for citation, error in (
        (Citation(1, article.id, good.quote, 1, 21), ArticleChanged),
        (Citation(1, article.id, good.quote.upper(), 0, 20), ArticleChanged),
        (Citation(2, article.id, good.quote, 0, 20), UncheckedCitation),
    ):
        with pytest.raises(error):
            check_citations(samples, Answer("q", f"{citation.quote} [1]", [citation]))
    with pytest.raises(UncheckedCitation):
        check_citations(samples, Answer("q", "Something else [1]", [good]))
    with pytest.raises(ArticleNotFound):  # removed in the meantime
        check_citations(samples, Answer("q", f"{good.quote} [1]", [Citation(1, 10**6, good.quote, 0, 20)]))


def test_sample_articles(samples: Library) -> None:
    articles = list(samples.articles())
    assert len(articles) >= 12
    for article in articles:
        assert article.publisher == "Sample articles"
        assert article.published
        assert 250 <= len(re.findall(r"\S+", article.text)) <= 600
