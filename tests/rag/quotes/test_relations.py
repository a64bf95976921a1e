"""What the husband, lawyer … of a person said, as the articles give the relation."""

from pathlib import Path

import pytest

from index import Library
from index.statements import relation_of
from rag import Assistant, Turn

ANN = "Ann Lee said that she was tired."


@pytest.fixture
def assistant(library: Library, tmp_path: Path, request: pytest.FixtureRequest) -> Assistant:
    for number, text in enumerate(request.param):
        (tmp_path / f"{number}.md").write_text(f"---\ntitle: Report {number}\n---\n\n{text}\n")
    library.add(*sorted(tmp_path.glob("*.md")))
    return Assistant(library)


@pytest.mark.parametrize(
    "assistant",
    [
        [f"{ANN} Ann Lee's husband, Tom Lee, said that the house was sold."],
        [f"{ANN} Her husband Tom Lee said that the house was sold."],
        [f"{ANN} Tom Lee, her husband, said that the house was sold."],
        [f"{ANN} Tom Lee, the husband of Ann Lee, said that the house was sold."],
        [f"{ANN} Her husband said that the house was sold."],
        [f"{ANN} Ann Lee's husband, engineer Tom Cole, was there.", "Ann Lee's husband said that the house was sold."],
        [f"{ANN} Mark Cole, the husband of Jane Cole, said no.", f"{ANN} Her husband, Tom, said the house was sold."],
    ],
    indirect=True,
)
def test_the_husband_answers(assistant: Assistant) -> None:
    before = [Turn("What did Ann Lee say?", assistant.ask("What did Ann Lee say?").text)]
    answers = [
        assistant.ask("What did Ann Lee's husband say?"),
        assistant.ask("And her husband?", before),
        assistant.ask("What did her husband say?", before),
    ]
    for answer in answers:
        assert [citation.quote for citation in answer.citations if "house was sold" in citation.quote]
        assert len(answer.citations) == 1


@pytest.mark.parametrize(
    "assistant",
    [
        [f"{ANN} Her first husband, Tom Reed, said no. Her second husband, Mark Cole, said that it was late."],
        [f"{ANN} Mark Cole, the husband of Jane Cole, said that it was late."],
        [f"{ANN} Her father, Mark Cole, said that it was late."],
        [f"{ANN} A lawyer for Ann Lee's husband, Mark Cole, said that it was late."],
        [f"{ANN} Tom Reed said no. His wife, Ann Reed, said that it was late."],
    ],
    indirect=True,
)
def test_an_unclear_relation_is_not_guessed(assistant: Assistant) -> None:
    answer = assistant.ask("What did Ann Lee's husband say?")
    assert answer.abstained
    assert "Ann Lee's husband" in answer.text
    assert assistant.ask("And her husband?", [Turn("What did Ann Lee say?", "“…” [1]")]).abstained


@pytest.mark.parametrize(
    ("assistant", "question"),
    [
        ([f"{ANN} Her attorney, Mark Cole, said that it was late."], "What did Ann Lee's lawyer say?"),
        ([f"{ANN} A spokeswoman for Ann Lee, Jane Cole, said that it was late."], "What did Lee's spokesperson say?"),
        ([f"{ANN} Her brother, Mark Lee, said that it was late."], "What did Ann Lee's brother say?"),
        ([f"{ANN} Ann Lee's predecessor, Mark Cole, said that it was late."], "What did Ann Lee's predecessor say?"),
    ],
    indirect=["assistant"],
)
def test_other_relations(assistant: Assistant, question: str) -> None:
    [citation] = assistant.ask(question).citations
    assert "it was late" in citation.quote


def test_words_of_relations() -> None:
    husband = relation_of("Ann Lee’s first husband")
    assert husband == relation_of("the husband of Ann Lee")
    assert relation_of("the mayor of Rome") is None
    assert relation_of("A lawyer for Ann Lee's husband") is None
