"""Grounding: which sentences are accepted as supported by their quotes, and which are rejected."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.quality.grounding import figures
from index import Article, Library, Span
from index.text import numbers_in, unsupported_numbers
from rag.generation.quote_finder import expand_to_sentences
from rag.verification.dates import dates_of_quotes, unsupported_date
from rag.verification.grounding import Grounding, Verdict
from tests.conftest import ROOT

Judge = Callable[[str, str], Verdict]


@pytest.fixture(scope="module")
def judge(samples: Library) -> Judge:
    """Judges a sentence by the sentences of a sample article that contain some words."""
    grounding = Grounding(samples)

    def judge(sentence: str, words: str) -> Verdict:
        cited = [sentence_with(samples, part) for part in words.split(" … ")]
        return grounding.judge(sentence, cited)

    return judge


def sentence_with(library: Library, words: str) -> tuple[Article, Span]:
    article = next(article for article in library.articles() if words in article.text)
    span = expand_to_sentences(article.text, Span(article.text.index(words), article.text.index(words) + len(words)))
    assert span is not None
    return article, span


SUEZ = "blocking the Suez Canal for six days"
KIRBY = "Biden was open to talks with Putin"
ORBIT = "needed 11 hours and 55 minutes … now needs 11 hours and 23 minutes"
BANK = "total assets of about 209 billion dollars"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The Ever Given, a container ship, blocked the Suez Canal for 6 days.", SUEZ),
        ("On 29 March, the container ship Ever Given was freed.", SUEZ),  # "on Monday", in an article of that day
        ("Kirby said that Biden was open to talks with Putin.", KIRBY),  # "He added …"
        ("John Kirby, the White House spokesman, said Biden was open to talks with Putin.", KIRBY),
        (
            "An orbit took Dimorphos 11 hours and 55 minutes before the impact and now takes 11 hours and 23 minutes.",
            ORBIT,
        ),
        ("The World Health Organization no longer considers COVID-19 a global health emergency.", "no longer a global"),
        ("The WHO said that COVID-19 is no longer a global health emergency.", "no longer a global"),
    ],
)
def test_supported(judge: Judge, sentence: str, words: str) -> None:
    assert judge(sentence, words) == Verdict(True)


@pytest.mark.parametrize(
    ("sentence", "words", "reason"),
    [
        ("The Ever Given blocked the Suez Canal for sixteen days.", SUEZ, "number 16"),
        ("Just under 52 percent voted to leave, or 51.9 percent.", "51.9 percent voted to leave", "number 52"),
        ("The Ever Given blocked the Panama Canal for six days.", SUEZ, "mention Panama"),
        ("The Ever Given was freed on Sunday after six days.", SUEZ, "the day Sunday"),
        ("The Ever Given was freed on 3 May after blocking the Suez Canal.", SUEZ, "the number 3"),
        (
            "The Ever Given was not freed after blocking the Suez Canal for six days.",
            SUEZ,
            "contradicts the quotes about",
        ),
        ("The Ever Given was never freed.", SUEZ, "contradicts the quotes about"),
        ("Putin said that Biden was open to talks with Putin.", KIRBY, "attributed to Putin"),
        ("Kirby said that Putin was open to talks with Biden, but only once Biden was serious.", KIRBY, "swapped"),
        (
            "At the end of 2022, its assets came to about 175.4 billion dollars and its deposits to about 209 billion.",
            BANK,
            "swapped",
        ),
        ("The container ship Ever Given was freed, which cost its owners a great deal of money.", SUEZ, "beyond"),
        ("Many sailors were bored and played cards through the night.", SUEZ, "beyond"),
        ("Six days.", "an honorary ninth dan", ""),
        ("Le porte-conteneurs Ever Given a été libéré lundi après avoir bloqué le canal.", SUEZ, "only English"),
        ("Biden is open to talks.", KIRBY, "doesn't attribute the statement to John Kirby"),
    ],
)
def test_unsupported(judge: Judge, sentence: str, words: str, reason: str) -> None:
    verdict = judge(sentence, words)
    assert not verdict.is_supported
    assert reason in verdict.reason


def test_without_a_quote_nothing_is_supported(samples: Library) -> None:
    assert Grounding(samples).judge("Grass is green.", []) == Verdict(False, "no matching quote was given")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("two thirds of it", "2/3 of it"),
        ("one hour, 59 minutes and 40 seconds", "1:59:40"),
        ("$1 million", "a million dollars"),
        ("1.85bn", "1,850,000,000"),
        ("3.05 pm", "15.05 local time"),
        ("the 16th century", "the 1500s"),
        ("the 13th woman", "the thirteenth woman"),
        ("half a million", "500,000"),
        ("two and a half years", "2.5 years"),
        ("ten years", "a decade"),
        ("1038–40", "from 1038 to 1040"),
    ],
)
def test_numbers_are_compared_by_value(one: str, other: str) -> None:
    assert numbers_in(one) == numbers_in(other) != frozenset()


@given(st.integers(0, 10**12))
def test_numbers_are_parsed(number: int) -> None:
    assert numbers_in(f"about {number:,} of them") == numbers_in(f"{number}") == {float(number)}


@given(st.text(max_size=200), st.text(max_size=200))
def test_numbers_of_any_text(sentence: str, quotes: str) -> None:
    assert unsupported_numbers(sentence, quotes) <= numbers_in(sentence)
    assert unsupported_numbers(sentence, sentence) == frozenset()


@pytest.mark.parametrize(
    ("sentence", "quotes", "unsupported"),
    [
        ("on 26 June", "on Friday", None),
        ("on Friday", "on 26 June", None),
        ("on 25 June", "on Friday", "the date June 25"),
        ("on Saturday", "on Friday", "the day Saturday"),
        ("on 25 June 2015", "yesterday", None),
        ("in May", "Theresa May spoke", "the date May"),
        ("by the end of May", "until May", None),
        ("in July 2015", "on 3 July", None),
        ("in March 2014", "in March 2015", "the date March"),
    ],
)
def test_dates(sentence: str, quotes: str, unsupported: str | None) -> None:
    assert unsupported_date(sentence, dates_of_quotes([(quotes, date(2015, 6, 26))])) == unsupported


def test_the_samples_of_the_bench(samples: Library) -> None:
    rows = [json.loads(line) for line in (ROOT / "bench/quality/grounding.jsonl").read_text("utf-8").splitlines()]
    shares = figures(samples, [row for row in rows if row["set"] == "samples"][::3], is_verbose=False)
    assert shares["caught"] >= 0.94
    assert shares["kept"] >= 0.9
