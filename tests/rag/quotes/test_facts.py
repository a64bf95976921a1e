"""Factual questions and questions about whole articles: wording, dates and abstention."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from index import Library
from index.text import content_spans
from rag import Answer, Assistant, Caution
from rag.quotes.wording import ABSTAINED


def sources(library: Library, answer: Answer) -> set[str]:
    return {Path(library.article(citation.article_id).source).name[:10] for citation in answer.citations}


def test_emphasis(assistant: Assistant) -> None:
    answer = assistant.ask("How long did the Ever Given block the Suez Canal?")
    article = assistant.library.article(answer.citations[0].article_id)
    emphasised = [span.of(article.text) for span in answer.citations[0].emphasis]
    assert emphasised == ["six days"]


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


def test_context_of_a_quote(library: Library, tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(
        "Ferry runs aground\n\nThe ferry Solveig, which has carried cars, lorries and their drivers from Bergen to the"
        " islands to the north of it since the spring of 1998, ran aground on a sandbank a few hundred metres from the"
        " quay on Tuesday evening, when a storm had already driven most of the other ships of the line into harbour. It"
        " belongs to the Norwegian company Nordfjord Lines and sails under the flag of Malta.\n",
        "utf-8",
    )
    library.add(tmp_path / "ferry.txt")
    answer = Assistant(library).ask("Which company does the ferry Solveig belong to?")
    first, before = answer.citations
    article = library.article(first.article_id)
    assert first.quote.startswith("It belongs to the Norwegian company")
    assert article.text[before.end : first.start].isspace()
    assert f"(preceded by: “{before.quote}” [2])" in answer.text


def test_ages_and_sums_must_be_shown(assistant: Assistant) -> None:
    assert assistant.ask("How old is Lee Sedol?").abstained  # though a game is 2,500 years old in the same article
    assert "2,500 years ago" in assistant.ask("How old is the game Go?").citations[0].quote
    quotes = [citation.quote for citation in assistant.ask("How old is Eliud Kipchoge?").citations]
    assert any(quote.startswith("Kipchoge, 34, ran") for quote in quotes)


def test_titles_count_for_every_passage(library: Library, tmp_path: Path) -> None:
    for town, crop in (("Ulm", "barley"), ("Graz", "pumpkins")):
        text = f"The fields lie under water.\n\nFarmers lost most of their {crop} within two days."
        (tmp_path / f"{town}.md").write_text(f"---\ntitle: Flood in {town}\n---\n\n{text}", encoding="utf-8")
    library.add(tmp_path)
    for town, crop in (("Ulm", "barley"), ("Graz", "pumpkins")):
        assert crop in Assistant(library).search(f"What did farmers lose in the flood in {town}?")[0].passage.text


CAUTIONS: tuple[Caution, ...] = ("cautious", "balanced", "eager")


@pytest.mark.parametrize("caution", CAUTIONS)
def test_unrelated_questions_get_no_answer(samples: Library, caution: Caution) -> None:
    assistant = Assistant(samples, caution)
    assert assistant.ask("How do I bake bread without yeast?").abstained
    assert not assistant.ask("How long did the Ever Given block the Suez Canal?").abstained


def test_caution_moves_the_threshold(samples: Library) -> None:
    asked = {
        caution: Assistant(samples, caution).ask("What scheme did Macron launch to pay for the repairs?")
        for caution in CAUTIONS
    }
    assert [asked[caution].abstained for caution in CAUTIONS] == [True, True, False]


def test_invalid_caution(samples: Library) -> None:
    with pytest.raises(ValueError, match="caution is 'bold'; it must be cautious, balanced or eager"):
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


def test_names_that_no_article_mentions_are_reported(library: Library, tmp_path: Path) -> None:
    text = "---\ntitle: Shirley at Oswego\n---\n\nHis efforts to fortify the lake shore were bogged down in {}."
    for place in ("mud", "snow"):
        (tmp_path / f"{place}.md").write_text(text.format(place), encoding="utf-8")
    library.add(tmp_path)

    def ask_about(name: str) -> Answer:
        return Assistant(library).ask(f"What were the efforts of {name} to fortify the lake shore bogged down in?")

    assert ask_about("Shirley").text.startswith("“His efforts")  # whose name is in the title alone
    note, quote = ask_about("Shirly").text.split("\n\n")
    assert note == "No article mentions “Shirly”. Showing results for “Shirley”."
    assert quote.startswith("“His efforts")
    answer = Assistant(library).ask("Whom did Shirly marry?")
    assert answer.text.startswith(f"{ABSTAINED} No article mentions “Shirly”.")
    answer = ask_about("Louis Montcalm in 2031")
    assert answer.abstained
    assert answer.text.startswith(f"{ABSTAINED} No article mentions “Louis Montcalm” or “2031”.")


def test_abbreviations_are_no_other_words(library: Library, tmp_path: Path) -> None:
    terms = library.passages.terms
    assert terms("What did the US say, and the WHO?") == [*terms("US"), *terms("say"), *terms("WHO")]
    assert terms("tell us who it is") == []
    assert terms("U.S. and U.S.-led") == [*terms("US"), *terms("US"), *terms("led")]
    words = "The U.S. told us who at the WHO"
    assert [span.of(words) for span in content_spans(words)] == ["U.S.", "told", "WHO"]
    assert terms("WHO DID IT FOR US IN KYIV?") == terms("who did it for us in Kyiv?") == terms("Kyiv")
    for name, text in (("a", "Rest, the club advised."), ("b", "The WHO advised patients to rest.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    library.add(tmp_path)
    assert [i for i, _ in library.passages.by_words(terms("WHO"), 10)] == [
        hit.passage.id for hit in Assistant(library).search("WHO", 1)
    ]
    assert "WHO" in Assistant(library).search("What did the WHO advise?")[0].passage.text


def test_similar_speakers_are_suggested(assistant: Assistant) -> None:
    for name, meant in (("Biten", "Joe Biden"), ("Wladimir Puttin", "Vladimir Putin")):
        answer = assistant.ask(f"Who is {name}?")
        assert answer.abstained
        assert f"No article mentions “{name}”. Did you mean {meant}?" in answer.text
    assert "similar" not in assistant.ask("Who is Angela Merkel?").text
