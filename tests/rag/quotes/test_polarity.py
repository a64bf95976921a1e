"""A negated or refused act is no such act: it never answers "What did he deny?" or "Who criticised it?"."""

from pathlib import Path

import pytest

from index import Library
from rag import Answer, Assistant


def ask(library: Library, folder: Path, text: str, question: str) -> Answer:
    (folder / "a.md").write_text(f"---\ntitle: News\npublished: 2023-11-08\n---\n\n{text}\n", "utf-8")
    library.add(folder / "a.md")
    return Assistant(library, "eager").ask(question)


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (
            "Ian Frazier did not dispute that he had been in the villa. He denied that it was free.",
            "What did Ian Frazier deny?",
            "He denied that it was free.",
        ),
        (
            "Maria Lopez would not confirm that the plant would close. Maria Lopez confirmed that wages would rise.",
            "What did Maria Lopez confirm?",
            "Maria Lopez confirmed that wages would rise.",
        ),
        (
            "Tom Reed never promised that fares would fall. Tom Reed promised that trains would run on Sundays.",
            "What did Tom Reed promise?",
            "Tom Reed promised that trains would run on Sundays.",
        ),
        (
            "Ann Cole declined to criticise the ruling. Bob Hale criticised the ruling as a mistake.",
            "Who criticised the ruling?",
            "Bob Hale criticised the ruling as a mistake.",
        ),
    ],
)
def test_only_the_affirmed_act_answers(
    library: Library, tmp_path: Path, text: str, question: str, expected: str
) -> None:
    answer = ask(library, tmp_path, text, question)
    assert [citation.quote for citation in answer.citations] == [expected]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ('Anne Cole refused to criticise the ruling. "It is the law," she said.', "Who criticised the ruling?"),
        ("Anne Cole did not deny that she had been paid.", "What did Anne Cole deny?"),
        ("Sam Ford failed to condemn the attack, and said that it was late.", "Who condemned the attack?"),
        ("Neither Ann Cole nor Bob Hale promised that taxes would fall.", "What did Bob Hale promise?"),
    ],
)
def test_a_negated_act_is_no_answer(library: Library, tmp_path: Path, text: str, question: str) -> None:
    answer = ask(library, tmp_path, text, question)
    assert answer.abstained, answer.text
