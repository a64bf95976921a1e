"""Parsing the output of a language model, in pieces of any length and in any format."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.generation.draft_parser import parse_drafts
from rag.generation.generator import DraftQuote, DraftSentence
from tests.model_server import pieces_of

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="[]{}<"), min_size=1, max_size=30)
QUOTES = st.lists(st.fixed_dictionaries({"source": st.integers(0, 99), "words": TEXTS}), max_size=3)
SENTENCES = st.lists(
    st.tuples(st.sampled_from(["It rained.", "Kirby said “no”.", "Five {5} came."]), QUOTES), max_size=4
)


@given(SENTENCES, st.integers(1, 50), st.booleans(), st.booleans(), st.sampled_from([None, 2]))
def test_json_in_any_pieces(sentences: list, length: int, is_fenced: bool, is_bare: bool, indent: int | None) -> None:
    items = [{"quotes": quotes, "text": text} for text, quotes in sentences]
    text = json.dumps(items if is_bare else {"sentences": items}, indent=indent, ensure_ascii=False)
    text = f"```json\n{text}\n```" if is_fenced else text
    assert list(parse_drafts(pieces_of(text, length))) == [
        DraftSentence(text, tuple(DraftQuote(quote["source"], quote["words"]) for quote in quotes))
        for text, quotes in sentences
    ]


@given(
    st.lists(
        st.tuples(st.integers(1, 99), st.sampled_from(["six days", "", "no sign, at all"])), min_size=1, max_size=4
    ),
    st.integers(1, 40),
)
def test_text_in_any_pieces(markers: list[tuple[int, str]], length: int) -> None:
    marked = " ".join(f'[{number}: "{words}"]' if words else f"[{number}]" for number, words in markers)
    drafts = list(parse_drafts(pieces_of(f"It rained. {marked} It snowed [7].\nAnd so on.", length)))
    assert drafts == [
        DraftSentence("It rained.", tuple(DraftQuote(number, words) for number, words in markers)),
        DraftSentence("It snowed", (DraftQuote(7),)),
    ]


@given(st.text(max_size=300), st.integers(1, 30))
def test_anything_in_any_pieces(text: str, length: int) -> None:
    whole = list(parse_drafts([text]))
    assert list(parse_drafts(pieces_of(text, length))) == whole
    assert all(draft.text for draft in whole)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ('{"sentences": [{"quotes": [{"source": 1, "words": "a b c"}], "text": "It rained. It sn', ["It rained."]),
        ('{"sentences": [{"text": "It rained. It snowed.", "quotes": [{"source": 1', []),
        ("<think>It [1] is.</think>It rained. [1]", ["It rained."]),
        ("<think>It [1] is.", []),
        ("It rained.", []),
        ("[1] It rained.", []),
        ("It rained [sic] today. [source 2]", ["It rained [sic] today."]),
    ],
)
def test_only_complete_sentences_with_a_source_are_yielded(text: str, sentences: list[str]) -> None:
    assert [draft.text for draft in parse_drafts(pieces_of(text, 3))] == sentences
