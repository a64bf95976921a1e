"""Locating quoted words in a text, and expanding them to whole sentences."""

from hypothesis import given
from hypothesis import strategies as st

from index import Span
from rag.generation.quote_finder import expand_to_sentences, find_words

WORDS = st.lists(
    st.sampled_from(["“Yes”", "no,", "it's", "the", "end.", "So", "he", "said:", "5%"]), min_size=3, max_size=30
)


@given(WORDS, st.data())
def test_words_are_found(words: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([" ", "\n", "  "])).join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    part = words[first : first + data.draw(st.integers(1, 5))]
    quoted = " ".join(part).translate(str.maketrans("“”'", '""’'))
    match = find_words(text, quoted, Span(0, len(text)))
    bare = quoted.strip("\"'’ ")
    assert match is not None
    assert " ".join(match.of(text).split()).translate(str.maketrans("“”'", '""’')) == bare
    whole = expand_to_sentences(text, match)
    assert whole is None or (whole.start <= match.start and match.end <= whole.end)


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_words_in_any_text(text: str, words: str) -> None:
    match = find_words(text, words, Span(0, len(text)))
    assert match is None or 0 <= match.start < match.end <= len(text)


def test_a_quote_has_at_most_three_sentences() -> None:
    text = "One is here. Two is here. Three is here. Four is here."
    assert expand_to_sentences(text, Span(4, 20)) == Span(0, 25)
    assert expand_to_sentences(text, Span(4, 50)) is None
    assert expand_to_sentences("x" * 2_000, Span(5, 9)) is None
