"""Sentences and passages: exact offsets, no gaps, no overlap, within the limits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Embedder, Span
from index.chunking.passages import MAX_TOKENS, PassageSpan, count_tokens, passage_spans
from index.chunking.sentences import sentence_spans

WORDS = st.sampled_from(
    [
        "Kirby",
        "said",
        "the",
        "war,",
        "ends.",
        "“No,”",
        "U.S.",
        "1,000",
        "北京大学",
        "é́",
        "🙂",
        "a-b-c",
        "\n",
        "\n\n",
        "?!",
        "<|endoftext|>",
    ]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=400).map(" ".join), st.text(max_size=300))


def split(text: str, embedder: Embedder) -> list[PassageSpan]:
    return passage_spans(text, sentence_spans(text), embedder.count_tokens, embedder.max_tokens)


def assert_complete(text: str, spans: list[Span]) -> None:
    """Assert that the spans are in order, don't overlap, and cover all text except white space."""
    position = 0
    for span in spans:
        assert span.start >= position
        assert span.start < span.end
        assert not text[position : span.start].strip()
        position = span.end
    assert not text[position:].strip()


@given(text=TEXTS)
def test_sentences_cover_the_text(text: str) -> None:
    assert_complete(text, sentence_spans(text))


@settings(deadline=None, max_examples=60)
@given(text=TEXTS)
def test_passages_cover_the_text_within_the_limits(text: str, embedder: Embedder) -> None:
    passages = split(text, embedder)
    assert_complete(text, [Span(p.start, p.end) for p in passages])
    for passage in passages:
        words = text[passage.start : passage.end]
        assert count_tokens([words])[0] <= MAX_TOKENS * 1.05
        assert embedder.count_tokens([words])[0] <= embedder.max_tokens
        assert (passage.sentences[0].start, passage.sentences[-1].end) == (passage.start, passage.end)
        assert_complete(words, [span.shifted(-passage.start) for span in passage.sentences])


@pytest.mark.parametrize("word", ["word ", "clause, ", "x", "北", "\u0301", "🙂"])
def test_a_very_long_sentence_is_split(word: str, embedder: Embedder) -> None:
    text = word * (30_000 // len(word))
    passages = split(text, embedder)
    assert_complete(text, [Span(p.start, p.end) for p in passages])
    assert all(embedder.count_tokens([text[p.start : p.end]])[0] <= embedder.max_tokens for p in passages)


def test_abbreviations_do_not_end_sentences() -> None:
    text = "Mr. Kirby met Gov. Smith at 5 p.m. in the U.S. Capitol. Yahoo! shares rose.\nA heading\n“Stop,” he said."
    assert [span.of(text) for span in sentence_spans(text)] == [
        "Mr. Kirby met Gov. Smith at 5 p.m. in the U.S. Capitol.",
        "Yahoo! shares rose.",
        "A heading",
        "“Stop,” he said.",
    ]


def test_passages_end_with_paragraphs(embedder: Embedder) -> None:
    paragraph = " ".join(f"This is sentence number {n} of a paragraph about ferries." for n in range(8))
    text = f"{paragraph}\n\n{paragraph}"
    assert [p.start for p in split(text, embedder)] == [0, len(paragraph) + 2]
