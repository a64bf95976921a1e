"""Searches and answers within a filter: as if nothing else were in the library, with the same scores."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import Library, Where
from rag import Assistant, QuestionError, Turn
from rag.question import SearchQuery
from rag.retrieval.ranking import rank_passages

QUERIES = ("ferry", "Who said the ferry was late?", "storm in the harbour", "ten million for a bridge", "Olsen Berg")
WHERES = st.builds(
    Where,
    publishers=st.lists(st.sampled_from(["Daily Post", "The Sun", "Sunday Times", "Élan"]), max_size=3),
    authors=st.lists(st.sampled_from(["Lee", "Jo Fox"]), max_size=1),
    since=st.none() | st.dates(date(2022, 1, 1), date(2024, 1, 1)),
    tags=st.lists(st.just("weather"), max_size=1),
    article_ids=st.lists(st.integers(1, 8), max_size=5),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=WHERES, query=st.sampled_from(QUERIES), k=st.integers(1, 4))
def test_a_filtered_search_is_the_whole_one_restricted(harbour: Library, where: Where, query: str, k: int) -> None:
    selected = {article.id for article in harbour.articles(where=where)}
    within, question = harbour.select(where), SearchQuery.of(query)
    articles = {p.id: p.article_id for i in range(1, 7) for p in harbour.passages.of_article(i)}
    vector = harbour.embedder.embed_question(query)
    for found, everything in (
        (
            harbour.passages.by_words(harbour.passages.terms(query), k, within),
            harbour.passages.by_words(harbour.passages.terms(query), 99),
        ),
        (harbour.passages.by_vector(vector, k, within), harbour.passages.by_vector(vector, 99)),
    ):
        expected = [hit for hit in everything if articles[hit[0]] in selected][:k]
        assert [round(score, 4) for _, score in found] == [round(score, 4) for _, score in expected]
        assert all(articles[i] in selected for i, _ in found)
    ranked = [(c.passage.id, round(c.score, 4)) for c in rank_passages(harbour, question, within=within).candidates]
    whole = [(c.passage.id, round(c.score, 4)) for c in rank_passages(harbour, question).candidates]
    assert ranked == [hit for hit in whole if articles[hit[0]] in selected]


@pytest.mark.parametrize("share", [0.02, 0.5])
def test_small_and_large_selections_of_many_passages(library: Library, tmp_path: Any, share: float) -> None:
    """Both ways of restricting the word index return the same, also where the best passages are outside."""
    every = round(1 / share)
    for number in range(300):
        words = "ferry ferry late" if number % every else "ferry"
        (tmp_path / f"{number}.txt").write_text(f"Story {number}\n\nThe {words} number {number} is here.")
    library.add(tmp_path, wait=False)
    ids = [article.id for article in library.articles() if "ferry ferry" not in article.text]
    within = library.select(Where(article_ids=tuple(ids)))
    found = library.passages.by_words(["ferri"], 10, within)
    everything = library.passages.by_words(["ferri"], 1_000)
    passages = {p.id for i in ids for p in library.passages.of_article(i)}
    expected = [hit for hit in everything if hit[0] in passages][:10]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected])
    assert len(found) == min(10, len(ids))


@pytest.fixture(scope="module")
def asking(harbour: Library) -> Assistant:
    return Assistant(harbour)


QUESTIONS = (
    "What did Olsen say?",
    "What did Olsen say about the ferry?",
    "Who said something about the ferry?",
    "Which articles mention the ferry?",
    "What was closed after the storm?",
    "What did Berg promise, and what was full?",
)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("where", [Where(publishers=("The Sun",)), Where(tags=("weather",)), Where(authors=("Fox",))])
def test_everything_in_an_answer_is_within_the_filter(
    harbour: Library, asking: Assistant, question: str, where: Where
) -> None:
    allowed = {article.id for article in harbour.articles(where=where)}
    answer = asking.ask(question, where=where)
    assert {c.article_id for c in answer.citations} | {h.passage.article_id for h in answer.hits} <= allowed
    assert not {i for hit in answer.hits for i in hit.also_in} - allowed
    for citation in answer.citations:
        assert harbour.article(citation.article_id).text[citation.start : citation.end] == citation.quote
    if answer.abstained:
        assert where.describe() in answer.text


def test_a_filter_narrows_an_answer(asking: Assistant) -> None:
    whole = asking.ask("What did Olsen say?")
    assert [c.article_id for c in whole.citations] == [1, 3]
    sun = Where(publishers=("The Sun",))
    first = asking.ask("What did Olsen say?", where=sun)
    assert [c.article_id for c in first.citations] == [3]
    turns = [Turn("What did Olsen say?", first.text)]
    following = asking.ask("And Berg?", turns, where=sun)
    assert [c.article_id for c in following.citations] == [4]
    both = asking.ask("What did Olsen say in the Daily Post?", where=sun)  # the question's outlet, too
    assert both.abstained
    assert "but none in Daily Post that matches the filter" in both.text
    mentions = asking.ask("Which articles mention the ferry?", where=sun)
    assert mentions.text.startswith("2 articles mention it:")
    assert [s.article_id for s in asking.statements("Berg", where=sun)] == [4]
    assert [s.article_id for s in asking.statements(about="ferry", where=sun)] == [3, 4]


@pytest.mark.parametrize("question", [*QUESTIONS, "How many articles are there?", "Which article is the newest?"])
def test_a_filter_that_matches_nothing_is_named(asking: Assistant, question: str) -> None:
    answer = asking.ask(question, where=Where(publishers=("Nope",)))
    assert answer.text.startswith("No article matches the filter (outlet Nope).")
    assert not answer.hits
    assert not answer.citations


def test_questions_about_the_library(asking: Assistant) -> None:
    where = Where(publishers=("The Sun",))
    assert asking.ask("How many articles are there?", where=where).text.startswith(
        "The filter selects 2 articles from one"
    )
    assert "Story 4" in asking.ask("Which article is the newest?", where=where).text
    assert "The Sun (2)." in asking.ask("Which outlets are there?", where=where).text
    assert asking.ask("Hello", where=Where(publishers=("Nope",))).text.startswith("Hello!")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ferry", {1, 3, 4, 6}),
        ('"The ferry was late" ferry', {1}),
        ('"the FERRY would" ferry', {3}),
        ("“ferry late” ferry", set()),  # these words, but not in this order
        ("ferry -late -waiting", {3, 6}),  # in any form: article 4 has "waited"
        ('ferry -"was late"', {3, 4, 6}),
        ("speaker:Olsen ferry", {1, 3}),
        ('outlet:"the sun" ferry', {3, 4}),
        ("OUTLET:Post ferry", {1}),
        ("ferry before:2022", set()),
        ('ferry after:"March 2022" before:2024', {3, 4}),
        ("ferry after:2022-05-03", {4, 6}),
        ('ferry "of the and"', {1, 3, 4, 6}),
        ("title:ferry", {1, 3, 4, 6}),
        ("text:ferry^2 OR (late", {1, 3, 4, 6}),
    ],
)
def test_operators_in_searches(asking: Assistant, query: str, expected: set[int]) -> None:
    found = {hit.passage.article_id for hit in asking.search(query) if "ferry" in hit.passage.text.lower()}
    assert found == expected


@pytest.mark.parametrize("query", ["ferry before:soon", "ferry after:2022-02-31", "x " + "-a " * 21])
def test_an_operator_that_cannot_be_used_is_an_error(asking: Assistant, query: str) -> None:
    with pytest.raises(QuestionError, match=r"isn't a date|21 operators"):
        asking.search(query)


def test_operators_mean_nothing_in_questions(asking: Assistant) -> None:
    assert asking.ask("What did Olsen say? outlet:Nope").hits


@settings(max_examples=40, deadline=None)
@given(query=st.text(alphabet='ferry"-“:() outlet:before:2022*?\\\0', min_size=1, max_size=60))
def test_any_text_can_be_searched(harbour: Library, query: str) -> None:
    with suppress(QuestionError):  # without a word, or with a date that doesn't exist
        Assistant(harbour).search(query)


def test_unknown_fields_and_parameters_are_named(http: Callable[..., Any]) -> None:
    known = "Known here: article_ids, authors, collections, "
    for path in ("ask", "ask/stream", "search"):
        body = {"query" if path == "search" else "question": "ferry", "where": {"outlet": ["x"]}}
        response = http("POST", path, json=body)
        assert response.status_code == 422
        assert f"Unknown field 'outlet'. {known}" in response.text
    for path in ("articles", "statements", "speakers"):
        response = http("GET", path, params={"outlet": "x"})
        assert response.status_code == 422
        assert "query.outlet: Unknown parameter. Known here: " in response.text
        assert ", publishers, " in response.text


def test_filters_over_http(http: Callable[..., Any]) -> None:
    page = http("GET", "articles", params={"publishers": ["Daily Post", "elan"], "since": "2022-04-01"}).json()
    assert ([article["id"] for article in page["articles"]], page["total"]) == ([6, 2], 2)
    assert http("GET", "statements", params={"speakers": "Berg", "tags": "weather"}).json()["total"] == 0
    [berg] = http("GET", "speakers", params={"article_ids": ["4", "5"]}).json()["speakers"]
    assert berg["name"] == "Berg"
    where = {"collections": ["To read"]}
    hits = http("POST", "search", json={"query": "bridge", "where": where}).json()
    assert {hit["passage"]["article_id"] for hit in hits} == {2, 5}
    answer = http("POST", "ask", json={"question": "What did Olsen say?", "where": {"publishers": ["Nope"]}}).json()
    assert answer["abstained"]
    assert "outlet Nope" in answer["text"]
    for wrong in (
        {"since": 5},
        {"article_ids": ["1"]},
        {"article_ids": [0]},
        {"languages": ["english"]},
        {"tags": ["!"]},
    ):
        assert http("POST", "search", json={"query": "x", "where": wrong}).status_code == 422


@pytest.fixture(scope="module")
def http(harbour: Library) -> Callable[..., Any]:
    from fastapi.testclient import TestClient

    from web.api.app import build_api
    from web.background import Background

    client = TestClient(build_api(harbour, Assistant(harbour), Background(harbour)), raise_server_exceptions=False)
    return lambda method, path, **options: client.request(method, f"/api/v1/{path}", **options)


def test_filters_on_the_command_line(harbour: Library, capsys: pytest.CaptureFixture[str]) -> None:
    from index.__main__ import main as index_main
    from rag.__main__ import main as rag_main

    def run(main: Callable[[list[str]], int], *arguments: str) -> tuple[int, str]:
        status = main([*arguments, "--library", str(harbour.directory)])
        return status, "".join(capsys.readouterr())

    assert "Story 4" in run(index_main, "list", "--outlet", "sun", "--author", "lee")[1]
    assert "that the ferry would stop. [1]" in run(rag_main, "ask", "What did Olsen say?", "--outlet", "The Sun")[1]
    assert run(rag_main, "statements", "Berg", "--until", "2023-01-31")[1].endswith("1 statement\n")
    assert "Story 6" in run(rag_main, "search", "ferry", "--tag", "weather", "--article", "6")[1]
    assert run(rag_main, "search", "ferry", "--language", "x1")[0] == 1
    assert "Weather" in run(index_main, "tags")[1]
    assert run(index_main, "collections", "--delete", "none") == (1, "error: There is no collection named 'none'.\n")
