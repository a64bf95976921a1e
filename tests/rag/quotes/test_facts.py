"""Questions about facts, and about articles as wholes: their forms, dates, and how sure an answer is."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from index import Library, content_spans
from rag import Answer, Assistant, Caution
from rag.quotes.wording import ABSTAINED
from rag.retrieval.late_interaction import sought, term_weights


def sources(library: Library, answer: Answer) -> set[str]:
    return {Path(library.article(citation.article_id).source).name[:10] for citation in answer.citations}


def test_what_is_asked_for_is_emphasised_in_the_citation(assistant: Assistant) -> None:
    answer = assistant.ask("How long did the Ever Given block the Suez Canal?")
    article = assistant.library.article(answer.citations[0].article_id)
    emphasised = [span.of(article.text) for span in answer.citations[0].emphasis]
    assert "six days" in emphasised
    assert all(re.search(r"(?:days|hours)$", words) for words in emphasised)


@pytest.mark.parametrize(
    ("question", "files"),
    [
        ("Which articles mention Barack Obama?", {"2015-06-26", "2015-12-13"}),
        ("Could you list the articles that mention Paris?", {"2015-12-13", "2019-04-16"}),
        ("In which articles does China come up?", {"2015-12-13", "2016-03-15", "2023-05-05"}),
    ],
)
def test_which_articles_mention(assistant: Assistant, question: str, files: set[str]) -> None:
    answer = assistant.ask(question)
    assert sources(assistant.library, answer) == files
    assert len(answer.citations) == len(files)
    assert answer.text.startswith(f"{len(files)} articles mention it:")


def test_no_article_mentions_it(assistant: Assistant) -> None:
    answer = assistant.ask("Which articles mention Angela Merkel?")
    assert answer.abstained
    assert answer.text.startswith(ABSTAINED)


def test_what_an_article_is_about(assistant: Assistant) -> None:
    for question in ("What is the article about AlphaGo about?", "What is the AlphaGo article about?"):
        [citation] = assistant.ask(question).citations
        assert citation.start == 0
        assert citation.quote.startswith("The computer program AlphaGo won")


def test_who_somebody_is(assistant: Assistant) -> None:
    first, *_ = assistant.ask("Who is Patrick Sang?").citations
    assert "coach" in first.quote


def test_a_quote_that_refers_to_the_sentence_before_comes_with_it(assistant: Assistant) -> None:
    answer = assistant.ask("Who owns the Ever Given?")
    first, before, *_ = answer.citations
    article = assistant.library.article(first.article_id)
    assert first.quote.startswith("It belongs to the Japanese company")
    assert article.text[before.end : first.start].isspace()
    assert f"(just before: “{before.quote}” [2])" in answer.text


def test_ages_and_sums_must_be_shown(assistant: Assistant) -> None:
    assert assistant.ask("How old is Lee Sedol?").abstained  # though a game is 2,500 years old in the same article
    assert "2,500 years ago" in assistant.ask("How old is the game Go?").citations[0].quote
    quotes = [citation.quote for citation in assistant.ask("How old is Eliud Kipchoge?").citations]
    assert any(quote.startswith("Kipchoge, 34, ran") for quote in quotes)


def test_what_stands_over_an_article_holds_for_all_of_it(library: Library, tmp_path: Path) -> None:
    for town, crop in (("Ulm", "barley"), ("Graz", "pumpkins")):
        text = f"The fields lie under water.\n\nFarmers lost most of their {crop} within two days."
        (tmp_path / f"{town}.md").write_text(f"---\ntitle: Flood in {town}\n---\n\n{text}", encoding="utf-8")
    library.add(tmp_path)
    for town, crop in (("Ulm", "barley"), ("Graz", "pumpkins")):
        assert crop in Assistant(library).search(f"What did farmers lose in the flood in {town}?")[0].passage.text


CAUTIONS: tuple[Caution, ...] = ("cautious", "balanced", "eager")


@pytest.mark.parametrize("caution", CAUTIONS)
def test_far_questions_are_refused_whatever_the_caution(samples: Library, caution: Caution) -> None:
    assistant = Assistant(samples, caution)
    assert assistant.ask("How do I bake bread without yeast?").abstained
    assert not assistant.ask("How long did the Ever Given block the Suez Canal?").abstained


def test_the_eager_answer_what_others_refuse(samples: Library) -> None:
    asked = {
        caution: Assistant(samples, caution).ask("What scheme did Macron launch to pay for the repairs?")
        for caution in CAUTIONS
    }
    assert [asked[caution].abstained for caution in CAUTIONS] == [True, True, False]


def test_an_unknown_caution_is_named(samples: Library) -> None:
    with pytest.raises(ValueError, match="the caution is 'bold'; it must be one of cautious, balanced, eager"):
        Assistant(samples, "bold")  # type: ignore[arg-type]


TODAY = date.today()


@pytest.fixture
def floods(library: Library, tmp_path: Path) -> Assistant:
    """Three floods: yesterday's, one of 2021, and one of an unknown day."""
    for name, day, where, more in (
        (
            "new",
            TODAY - timedelta(days=1),
            "Ulm",
            "The Danube rose by two metres, and people were told to stay in.",
        ),
        ("old", date(2021, 2, 1), "Graz", "Water stood in the streets around the main square after a week of rain."),
        ("undated", None, "Linz", "Trains were late, and a school was used as a shelter for the night."),
    ):
        head = f"---\ntitle: Flood in {where}\n" + (f"published: {day}\n" if day else "") + "---\n\n"
        text = f"A flood has closed the bridge in {where}. {more}"
        (tmp_path / f"{name}.md").write_text(head + text, encoding="utf-8")
    library.add(tmp_path)
    return Assistant(library)


def where(answer: Answer) -> list[str]:
    names = {
        name: citation.marker
        for citation in answer.citations
        for name in ("Ulm", "Graz", "Linz")
        if name in citation.quote
    }
    return sorted(names, key=lambda name: names[name])


def test_yesterday_is_the_askers(floods: Assistant) -> None:
    assert where(floods.ask("Which bridge did a flood close yesterday?")) == ["Ulm"]
    [newest] = floods.library.articles("Ulm")
    floods.library.remove(newest.id)
    assert floods.ask("Which bridge did a flood close yesterday?").abstained
    assert not floods.ask("Which bridge is closed today?").abstained  # nowadays


def test_a_year_prefers_the_articles_of_that_year(floods: Assistant) -> None:
    assert where(floods.ask("Which bridge did a flood close in 2021?"))[0] == "Graz"
    assert where(floods.ask("Which bridge did a flood close since 2021?"))[-1] == "Linz"


def test_the_latest_is_the_newest_and_no_undated_article(floods: Assistant) -> None:
    assert where(floods.ask("Which bridge did the latest flood close?"))[0] == "Ulm"


def test_weights_stay_positive_after_removals(floods: Assistant) -> None:
    for article in list(floods.library.articles())[:2]:
        floods.library.remove(article.id)
    weights = term_weights(floods.library, floods.library.terms("flood bridge"))
    assert set(weights) == {"flood", "bridg"}
    assert all(weight > 0 for weight in weights.values())


def test_a_number_is_met_by_the_same_number_alone(library: Library, tmp_path: Path) -> None:
    told = {
        1931: "In 1931 the people of Narvo made Olsen their mayor.",
        1937: "Berg became mayor of Narvo in 1937, when he was thirty.",
        1973: "The mayor of Narvo since 1973, Lund, had the harbour dug.",
        1913: "Before Narvo had a town hall, Dahl was chosen as mayor, in 1913.",
    }
    for year, text in told.items():
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    library.add(tmp_path)
    for year, text in told.items():
        first, second, *_ = Assistant(library).search(f"Who became mayor of Narvo in {year}?")
        assert first.passage.text == text
        assert first.score - second.score > 0.05


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("Which country was hit by the drought?", "Which was hit by the drought?"),
        ("What European countries did Gomes visit?", "What European did Gomes visit?"),
        ("In what year did the strike end?", "In what did the strike end?"),
        ("Under which leader did the rebels fight?", "Under which did the rebels fight?"),
        ("Which state law was struck down?", "Which state law was struck down?"),
        ("Who rules the country of Lesotho?", "Who rules the country of Lesotho?"),
    ],
)
def test_what_kind_of_thing_the_answer_is_is_not_looked_for(asked: str, plain: str) -> None:
    assert " ".join(sought(asked).split()) == plain


def test_names_that_no_article_mentions_are_told(library: Library, tmp_path: Path) -> None:
    text = "---\ntitle: Shirley at Oswego\n---\n\nHis efforts to fortify the lake shore were bogged down in {}."
    for place in ("mud", "snow"):
        (tmp_path / f"{place}.md").write_text(text.format(place), encoding="utf-8")
    library.add(tmp_path)

    def ask_about(name: str) -> Answer:
        return Assistant(library).ask(f"What were the efforts of {name} to fortify the lake shore bogged down in?")

    assert ask_about("Shirley").text.startswith("“His efforts")  # whose name is in the title alone
    note, quote = ask_about("Shirly").text.split("\n\n")
    assert note == "No article mentions Shirly; what differs by a letter is taken for it."
    assert quote.startswith("“His efforts")
    answer = Assistant(library).ask("Whom did Shirly marry?")
    assert answer.text.startswith(f"{ABSTAINED} None of them mentions Shirly.")
    answer = ask_about("Louis Montcalm in 2031")
    assert answer.abstained
    assert answer.text.startswith(f"{ABSTAINED} None of them mentions Louis Montcalm or 2031.")


def test_abbreviations_are_no_other_words(library: Library, tmp_path: Path) -> None:
    terms = library.terms
    assert terms("What did the US say, and the WHO?") == [*terms("US"), *terms("say"), *terms("WHO")]
    assert terms("tell us who it is") == []
    assert terms("U.S. and U.S.-led") == [*terms("US"), *terms("US"), *terms("led")]
    words = "The U.S. told us who at the WHO"
    assert [span.of(words) for span in content_spans(words)] == ["U.S.", "told", "WHO"]
    assert terms("WHO DID IT FOR US IN KYIV?") == terms("who did it for us in Kyiv?") == terms("Kyiv")
    for name, text in (("a", "Rest, the club advised."), ("b", "The WHO advised patients to rest.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    library.add(tmp_path)
    assert [i for i, _ in library.search_words(terms("WHO"), 10)] == [
        hit.passage.id for hit in Assistant(library).search("WHO", 1)
    ]
    assert "WHO" in Assistant(library).search("What did the WHO advise?")[0].passage.text


def test_whose_name_looks_like_a_misspelt_one_is_told(assistant: Assistant) -> None:
    for name, meant in (("Biten", "Joe Biden"), ("Wladimir Puttin", "Vladimir Putin")):
        answer = assistant.ask(f"Who is {name}?")
        assert answer.abstained
        assert f"None of them mentions {name}. Speakers of a similar name: {meant}." in answer.text
    assert "similar" not in assistant.ask("Who is Angela Merkel?").text
