"""The terms of a query and their weights."""

from pathlib import Path

import pytest

from index import Library
from rag.question.search_query import mask_answer_type
from rag.retrieval.terms import term_weights


@pytest.mark.parametrize(
    ("query", "masked"),
    [
        ("Which country was hit by the drought?", "Which was hit by the drought?"),
        ("What European countries did Gomes visit?", "What European did Gomes visit?"),
        ("In what year did the strike end?", "In what did the strike end?"),
        ("Under which leader did the rebels fight?", "Under which did the rebels fight?"),
        ("Which state law was struck down?", "Which state law was struck down?"),
        ("Who rules the country of Lesotho?", "Who rules the country of Lesotho?"),
    ],
)
def test_words_that_only_state_the_type_of_answer_are_masked(query: str, masked: str) -> None:
    assert " ".join(mask_answer_type(query).split()) == masked


def test_weights_stay_positive_after_removals(library: Library, tmp_path: Path) -> None:
    for town in ("Ulm", "Graz", "Linz"):
        (tmp_path / f"{town}.txt").write_text(f"A flood has closed the bridge in {town}.", encoding="utf-8")
    library.add(tmp_path)
    for article in list(library.articles())[:2]:
        library.remove(article.id)
    weights = term_weights(library, library.passages.terms("flood bridge"))
    assert set(weights) == {"flood", "bridg"}
    assert all(weight > 0 for weight in weights.values())
