"""Links to quotes: the text directive finds the quote, and nothing else, in a page with the article's text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index import Article, Span
from rag import Assistant, Citation
from rag.verification import cite
from rag.verification.text_fragment import MAX_EXACT_CHARACTERS, text_directive

SAMPLE = "the same words again-and-again, A & B “said” 50% né ﬁne 👩‍👩‍👧 end. İstanbul"
WORDS = st.sampled_from(SAMPLE.split())
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", " ", " ", "  ", "\n", "\n\n"])), min_size=1, max_size=90).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)


def matches(text: str, directive: str) -> list[Span]:
    """Where a browser would find a directive: an own reading of the specification, by words."""
    parts = directive.removeprefix("text=").split(",")
    prefix = unquote(parts.pop(0)[:-1]).split() if parts[0].endswith("-") else []
    suffix = unquote(parts.pop()[1:]).split() if parts[-1].startswith("-") else []
    start, end = unquote(parts[0]).split(), unquote(parts[1]).split() if len(parts) > 1 else []
    words = text.split()
    fits = lambda some, at: at >= 0 and words[at : at + len(some)] == some  # noqa: E731 short and local
    found = []
    for at in range(len(words)):
        if not fits(prefix, at - len(prefix)) or not fits(start, at):
            continue
        stop = at + len(start)
        if end:
            ends = [n for n in range(stop, len(words)) if fits(end, n) and fits(suffix, n + len(end))]
            stop = ends[0] + len(end) if ends else -1
        elif not fits(suffix, stop):
            stop = -1
        if stop > 0:
            found.append(Span(at, stop))
    return found


def word_span(text: str, first: int, count: int) -> tuple[Span, Span]:
    """The span of some words of a text, in words and in code points."""
    words = text.split()
    first %= len(words)
    last = min(len(words), first + count) - 1
    offsets, at = [], 0
    for word in words:
        at = text.index(word, at)
        offsets.append(Span(at, at + len(word)))
        at += len(word)
    return Span(first, last + 1), Span(offsets[first].start, offsets[last].end)


@given(TEXTS, st.integers(0, 89), st.integers(1, 60))
@example("one - two, three & four", 0, 5)
def test_a_directive_is_well_formed_and_made_of_the_words_at_its_place(text: str, first: int, count: int) -> None:
    words, span = word_span(text, first, count)
    directive = text_directive(text, span)
    assert directive.startswith("text=")
    assert directive.isascii()
    terms = directive.removeprefix("text=").split(",")
    assert 1 <= len(terms) <= 4
    assert all(not set(term.strip("-")) & set('-&,#" <>') for term in terms)
    assert words.start in [match.start for match in matches(text, directive)]


@given(st.lists(st.integers(0, 10**6), min_size=5, max_size=200, unique=True), st.integers(0, 199), st.integers(1, 150))
def test_among_words_that_differ_exactly_the_quote_is_found(numbers: list[int], first: int, count: int) -> None:
    text = "\n".join(" ".join(f"w{n}x" for n in numbers[at : at + 40]) for at in range(0, len(numbers), 40))
    words, span = word_span(text, first, count)
    assert matches(text, text_directive(text, span)) == [words]


def test_repeated_quotes_get_the_words_around_them() -> None:
    text = "First, he said: No comment. Then she said: No comment. In the end, they said: No comment."
    starts = [at for at in range(len(text)) if text.startswith("No comment.", at)]
    directives = [text_directive(text, Span(at, at + 11)) for at in starts]
    assert directives[1].endswith(",No%20comment.,-In%20the%20end%2C%20they%20said%3A")
    assert all(len(matches(text, directive)) == 1 for directive in directives)
    assert [matches(text, one)[0] for one in directives] == [Span(3, 5), Span(8, 10), Span(15, 17)]


def test_long_quotes_and_those_of_several_paragraphs_have_a_start_and_an_end() -> None:
    sentence = " ".join(f"word{n}" for n in range(80))
    assert len(sentence) > MAX_EXACT_CHARACTERS
    directive = text_directive(f"Before. {sentence} After.", Span(8, 8 + len(sentence)))
    assert directive == "text=word0%20word1%20word2%20word3%20word4,word75%20word76%20word77%20word78%20word79"
    assert text_directive("One two.\nThree four.", Span(0, 20)) == "text=One%20two.,Three%20four."
    assert text_directive("well-known, A & B", Span(0, 17)) == "text=well%2Dknown%2C%20A%20%26%20B"


def article(text: str, url: str | None) -> Article:
    return Article(1, "T", text, ("a.txt",), datetime(2026, 1, 1, tzinfo=UTC), url=url)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a", "https://example.org/a#:~:text=Two."),
        ("https://example.org/a?b=c#top", "https://example.org/a?b=c#top:~:text=Two."),
        ("https://example.org/a#:~:text=old", "https://example.org/a#:~:text=Two."),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://[broken", None),
        ("https://example.org/\n<b>", None),
        (None, None),
    ],
)
def test_a_link_is_the_web_address_at_the_quote(url: str | None, link: str | None) -> None:
    citation = cite(article("One. Two. Three.", url), 1, Span(5, 9), "Two.")
    assert citation is not None
    assert citation.link == link


def test_a_citation_selects_its_quote_in_code_points() -> None:
    text = "👩‍👩‍👧 One. Two. Three."
    start = text.index("Two")
    citation = cite(article(text, None), 1, Span(start, start + 4), "Two.")
    assert citation is not None
    quote, position = citation.selector()
    assert quote == {"type": "TextQuoteSelector", "exact": "Two.", "prefix": text[:start], "suffix": " Three."}
    assert position == {"type": "TextPositionSelector", "start": start, "end": start + 4}
    assert text[start : start + 4] == "Two."


def test_citations_of_answers_have_links(assistant: Assistant) -> None:
    answer = assistant.ask("What did Kirby say?")
    for citation in answer.citations:
        assert replace(citation, url="https://example.org/a").link == f"https://example.org/a#:~:{citation.directive}"
        assert citation.prefix or citation.start == 0
    assert Citation(1, 1, "x", 0, 1, url="https://example.org/a").link == "https://example.org/a"
