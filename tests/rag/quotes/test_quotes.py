"""Quotes include the neighbouring sentences that belong to them."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import Embedder, Library
from rag import Answer, Assistant
from rag.quotes.quote import MAX_QUOTE_CHARACTERS

# More similar to questions about passengers from Kilrush than the neighbours of the sentence that answers them.
FERRIES = "\n\n".join(
    f"The {kind} ferry from Kilrush to Tarbert has room for {many} passengers."
    for kind, many in (("first", 40), ("second", 50), ("third", 60), ("fourth", 70), ("fifth", 80), ("sixth", 110))
)


def answer_from(library: Library, folder: Path, text: str, question: str) -> Answer:
    """The answer to a question over one article."""
    folder.mkdir(exist_ok=True)
    (folder / "article.txt").write_text(text, encoding="utf-8")
    library.add(folder)
    return Assistant(library).ask(question)


def test_a_contrasting_sentence_is_included(library: Library, tmp_path: Path) -> None:
    text = f"The ferry left Kilrush for Tarbert with ninety passengers. But a storm drove it ashore.\n\n{FERRIES}"
    first, *_ = answer_from(library, tmp_path / "in", text, "How many passengers left Kilrush for Tarbert?").citations
    assert first.quote.endswith("with ninety passengers. But a storm drove it ashore.")


def test_a_referenced_sentence_is_included(library: Library, tmp_path: Path) -> None:
    text = f"Rain fell on the bees of Ines Duarte. She took ninety passengers from Kilrush to Tarbert.\n\n{FERRIES}"
    answer = answer_from(library, tmp_path / "in", text, "How many passengers came from Kilrush to Tarbert?")
    assert answer.citations[0].quote == text.partition("\n")[0]


@pytest.mark.parametrize("joint", ["\n\n", " "])
def test_long_or_distant_sentences_are_not_included(library: Library, tmp_path: Path, joint: str) -> None:
    filler = "" if joint == "\n\n" else f" and then {'on and ' * (MAX_QUOTE_CHARACTERS // 7)}on"
    text = f"The old mill at Brekka grinds rye{filler}.{joint}But it stands still in the dry months of summer."
    answer = answer_from(library, tmp_path / "in", text, "What does the old mill at Brekka grind?")
    assert answer.citations[0].quote.startswith("The old mill")
    assert "\n" not in answer.citations[0].quote
    assert all(len(citation.quote) <= max(map(len, text.split(". "))) + 1 for citation in answer.citations)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "The harbour of Vik was dug in 1890.",
                "He paid for it.",
                "But it silted up.",
                "However, they dug it again in 1931.",
                "The latter was a mistake.",
                "Vik has a harbour and a church.",
            ]
        ),
        min_size=1,
        max_size=9,
    ),
    st.sampled_from([" ", "\n\n"]),
)
def test_quotes_do_not_overlap(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, sentences: list[str], joint: str
) -> None:
    folder = tmp_path_factory.mktemp("vik")
    with Library.open(folder / "library", embedder) as library:
        answer = answer_from(library, folder / "in", joint.join(sentences), "When was the harbour of Vik dug?")
        for citation in answer.citations:
            assert library.article(citation.article_id).text[citation.start : citation.end] == citation.quote
        places = sorted((citation.start, citation.end) for citation in answer.citations)
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(places))
