"""Whether quotes support a sentence: what the checker of written answers lets through, and what it doesn't."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.quality.grounding import figures
from index import Article, Library, Span
from rag.verification.citations import find_words, whole_sentences
from rag.verification.dates import stated_dates, unsupported_date
from rag.verification.grounding import Grounding, Verdict
from rag.verification.numbers import numbers_in, unsupported_numbers
from tests.conftest import ROOT

Judge = Callable[[str, str], Verdict]


@pytest.fixture(scope="module")
def judge(samples: Library) -> Judge:
    """Judges a sentence by the sentences of a sample article in which some words stand."""
    grounding = Grounding(samples)

    def judge(sentence: str, words: str) -> Verdict:
        cited = [cited_with(samples, part) for part in words.split(" … ")]
        return grounding.judge(sentence, cited)

    return judge


def cited_with(library: Library, words: str) -> tuple[Article, Span]:
    article = next(article for article in library.articles() if words in article.text)
    span = whole_sentences(article.text, Span(article.text.index(words), article.text.index(words) + len(words)))
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
        ("On 29 March, the container ship Ever Given was freed.", SUEZ),  # "on Monday", as the article is of that day
        ("Kirby said that Biden was open to talks with Putin.", KIRBY),  # "He added …"
        ("John Kirby, the White House spokesman, said Biden was open to talks with Putin.", KIRBY),
        (
            "An orbit took Dimorphos 11 hours and 55 minutes before the impact and now takes 11 hours and 23 minutes.",
            ORBIT,
        ),
        ("The World Health Organization no longer considers COVID-19 a global health emergency.", "no longer a global"),
        ("The WHO said that COVID-19 is no longer a global health emergency.", "no longer a global"),
        ("Just under 52 percent voted to leave, or 51.9 percent.", "51.9 percent voted to leave"),
    ],
)
def test_supported(judge: Judge, sentence: str, words: str) -> None:
    if "Just under" in sentence:
        assert judge(sentence, words).reason == "the quotes don't hold the number 52"
    else:
        assert judge(sentence, words) == Verdict(True)


@pytest.mark.parametrize(
    ("sentence", "words", "reason"),
    [
        ("The Ever Given blocked the Suez Canal for sixteen days.", SUEZ, "number 16"),
        ("The Ever Given blocked the Panama Canal for six days.", SUEZ, "name Panama"),
        ("The Ever Given was freed on Sunday after six days.", SUEZ, "the day Sunday"),
        ("The Ever Given was freed on 3 May after blocking the Suez Canal.", SUEZ, "the number 3"),
        ("The Ever Given was not freed after blocking the Suez Canal for six days.", SUEZ, "denied"),
        ("The Ever Given was never freed.", SUEZ, "denied"),
        ("Putin said that Biden was open to talks with Putin.", KIRBY, "not said by Putin"),
        ("Kirby said that Putin was open to talks with Biden, but only once Biden was serious.", KIRBY, "exchanged"),
        (
            "At the end of 2022, its assets came to about 175.4 billion dollars and its deposits to about 209 billion.",
            BANK,
            "exchanged",
        ),
        ("The container ship Ever Given was freed, which cost its owners a great deal of money.", SUEZ, "beyond"),
        ("Many sailors were bored and played cards through the night.", SUEZ, "beyond"),
        ("Six days.", "an honorary ninth dan", ""),
        ("Le porte-conteneurs Ever Given a été libéré lundi après avoir bloqué le canal.", SUEZ, "only English"),
        ("Biden is open to talks.", KIRBY, "doesn't tell that John Kirby said so"),
    ],
)
def test_unsupported(judge: Judge, sentence: str, words: str, reason: str) -> None:
    verdict = judge(sentence, words)
    assert not verdict.is_supported
    assert reason in verdict.reason


def test_without_a_quote_nothing_is_supported(samples: Library) -> None:
    assert Grounding(samples).judge("Grass is green.", []) == Verdict(False, "it has no quote")


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
def test_a_number_is_its_value(number: int) -> None:
    assert numbers_in(f"about {number:,} of them") == numbers_in(f"{number}") == {float(number)}


@given(st.text(max_size=200), st.text(max_size=200))
def test_numbers_of_any_text(sentence: str, quotes: str) -> None:
    assert unsupported_numbers(sentence, quotes) <= numbers_in(sentence)
    assert unsupported_numbers(sentence, sentence) == frozenset()


@pytest.mark.parametrize(
    ("sentence", "quotes", "untold"),
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
def test_days(sentence: str, quotes: str, untold: str | None) -> None:
    assert unsupported_date(sentence, stated_dates([(quotes, date(2015, 6, 26))])) == untold


WORDS = st.lists(
    st.sampled_from(["“Yes”", "no,", "it's", "the", "end.", "So", "he", "said:", "5%"]), min_size=3, max_size=30
)


@given(WORDS, st.data())
def test_words_are_found_where_they_stand(words: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([" ", "\n", "  "])).join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    part = words[first : first + data.draw(st.integers(1, 5))]
    asked = " ".join(part).translate(str.maketrans("“”'", '""’'))
    found = find_words(text, asked, Span(0, len(text)))
    bare = asked.strip("\"'’ ")
    assert found is not None
    assert " ".join(found.of(text).split()).translate(str.maketrans("“”'", '""’')) == bare
    whole = whole_sentences(text, found)
    assert whole is None or (whole.start <= found.start and found.end <= whole.end)


@given(st.text(max_size=80), st.text(max_size=20))
def test_words_of_any_kind(text: str, words: str) -> None:
    found = find_words(text, words, Span(0, len(text)))
    assert found is None or 0 <= found.start < found.end <= len(text)


def test_no_more_than_three_sentences_are_one_quote() -> None:
    text = "One is here. Two is here. Three is here. Four is here."
    assert whole_sentences(text, Span(4, 20)) == Span(0, 25)
    assert whole_sentences(text, Span(4, 50)) is None
    assert whole_sentences("x" * 2_000, Span(5, 9)) is None


def test_the_samples_of_the_bench(samples: Library) -> None:
    rows = [json.loads(line) for line in (ROOT / "bench/quality/grounding.jsonl").read_text("utf-8").splitlines()]
    found = figures(samples, [row for row in rows if row["set"] == "samples"][::3], is_verbose=False)
    assert found["caught"] >= 0.94
    assert found["kept"] >= 0.9
