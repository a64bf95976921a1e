"""Texts are compared as composed characters, whose offsets in the text as stored are known."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Library, Span
from index.cleaning import ComposedText, search_form, without_invisible

WORDS = st.text(st.sampled_from("abeoñéÅ ui\u0301\u0308\u0327\u030a.\n각ガ"), max_size=60)


@pytest.mark.parametrize("text", ["café", "cafe\u0301", "ca\u00adfe\u0301", "ca\u200bfé", "\ufeffca\u2060fé"])
def test_equal_words_have_one_form(text: str) -> None:
    assert search_form(text) == "café"


def test_characters_that_separate_words_are_kept() -> None:
    assert without_invisible("ภาษา\u200bไทย") == "ภาษา\u200bไทย"
    assert without_invisible("می\u200cخواهم") == "می\u200cخواهم"


@given(st.text() | WORDS.map(lambda text: unicodedata.normalize("NFD", text)))
def test_every_span_is_known_in_the_source(source: str) -> None:
    composed = ComposedText.of(source)
    offsets = [composed.source_span(Span(i, i)).start for i in range(len(composed.text) + 1)]
    assert offsets == sorted(offsets)
    assert composed.source_span(Span(0, len(composed.text))) == Span(0, len(source))
    for start, end in zip(range(len(composed.text)), range(1, len(composed.text) + 1), strict=True):
        part = composed.source_span(Span(start, end)).of(source)
        assert unicodedata.normalize("NFC", part) in composed.text


@given(WORDS)
def test_composed_text_is_left_alone(source: str) -> None:
    text = unicodedata.normalize("NFC", source)
    assert ComposedText.of(text).text == text
    assert unicodedata.normalize("NFC", ComposedText.of(unicodedata.normalize("NFD", text)).text) == text


def test_decomposed_words_are_found(library: Library) -> None:
    terms = library.passages.terms
    assert terms("Cafe\u0301 Mu\u0308ller") == terms("Café Müller") == terms("Ca\u00adfé Mül\u00adler")
