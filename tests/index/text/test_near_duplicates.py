"""Near-duplicates: articles with largely the same text are shown once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index import Embedder, Library
from rag import Assistant
from tests.conftest import EXAMPLES, ROOT

FLOOD = "The river rose by two metres in the night. Nobody was hurt, the mayor of the town said. Schools stay closed."
BENCH = ROOT / "bench" / "quality"


def records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (BENCH / name).read_text(encoding="utf-8").splitlines()]


def save(folder: Path, name: str, record: dict[str, Any]) -> None:
    head = "".join(f"{key}: {json.dumps(record[key])}\n" for key in ("title", "publisher", "published"))
    (folder / f"{name}.md").write_text(f"---\n{head}---\n\n{record['text']}", encoding="utf-8")


@pytest.fixture(scope="module")
def outlets(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Library]:
    """The sample articles, forty near-duplicates of them, and ten articles that are only about the same."""
    folder = tmp_path_factory.mktemp("outlets")
    for number, record in enumerate(records("near_duplicates.jsonl")):
        save(folder, f"near-{number}", record)
    for number, record in enumerate(records("not_duplicates.jsonl")):
        save(folder, f"not-{number}", record)
    with Library.open(folder / "library", embedder) as library:
        assert not library.add(EXAMPLES, folder).failed
        yield library


def by_file(library: Library) -> dict[str, int]:
    return {Path(article.source).name: article.id for article in library.articles()}


def test_exactly_the_near_duplicates_are_found(outlets: Library) -> None:
    ids = by_file(outlets)
    clusters = outlets.catalog.duplicate_clusters(ids.values())
    pairs = [(ids[f"near-{n}.md"], ids[record["file"]]) for n, record in enumerate(records("near_duplicates.jsonl"))]
    found = [clusters.get(one) is not None and clusters.get(one) == clusters.get(other) for one, other in pairs]
    assert len(found) == 40
    assert sum(found) >= 38
    original = dict(pairs)
    groups: dict[int, set[int]] = {}
    for article_id, cluster in clusters.items():
        groups.setdefault(cluster, set()).add(original.get(article_id, article_id))
    assert all(len(group) == 1 for group in groups.values()), "different articles are in one cluster"
    assert not clusters.keys() & {article_id for name, article_id in ids.items() if name.startswith("not-")}


def test_near_duplicates_are_one_hit_and_one_citation(outlets: Library) -> None:
    assistant = Assistant(outlets)
    [first, *others] = assistant.search("How long was the Ever Given stuck in the Suez Canal?")
    names = {article_id: name for name, article_id in by_file(outlets).items()}
    clusters = outlets.catalog.duplicate_clusters(names)
    own = clusters[first.passage.article_id]
    assert len(first.also_in) >= 2
    assert {clusters[article_id] for article_id in first.also_in} == {own}
    assert all(
        other.passage.article_id not in first.also_in or other.passage.text != first.passage.text for other in others
    )
    answer = assistant.ask("How long was the Ever Given stuck in the Suez Canal?")
    quotes = [citation.quote for citation in answer.citations]
    assert len(set(quotes)) == len(quotes)
    cited = {citation.article_id for citation in answer.citations}
    assert len({clusters.get(article_id, article_id) for article_id in cited}) == len(cited)
    assert "(also in " in assistant.ask("Who is John Kirby?").text


def test_statement_in_several_outlets_is_shown_once(outlets: Library) -> None:
    answer = Assistant(outlets).ask("What did Kirby say?")
    assert "(also in " in answer.text
    assert sum("the remarks" in citation.quote for citation in answer.citations) == 1


def test_same_text_a_year_later_is_not_a_duplicate(tmp_path: Path, library: Library) -> None:
    for day in ("2021-02-01", "2021-02-02", "2022-02-01"):
        head = {"title": f"Flood of {day}", "publisher": f"Outlet {day}", "published": day}
        save(tmp_path, day, {**head, "text": f"{FLOOD} It is {day}."})
    library.add(tmp_path, wait=False)
    assert not library.catalog.duplicate_clusters(by_file(library).values())  # not compared yet
    library.catch_up()
    ids = by_file(library)
    assert set(library.catalog.duplicate_clusters(ids.values())) == {ids["2021-02-01.md"], ids["2021-02-02.md"]}
    library.remove(ids["2021-02-01.md"])
    assert not library.catalog.duplicate_clusters(ids.values())


def test_changed_article_is_compared_again(tmp_path: Path, library: Library) -> None:
    head = {"title": "Flood", "publisher": "An outlet", "published": "2021-02-01"}
    save(tmp_path, "one", {**head, "text": FLOOD})
    save(tmp_path, "two", {**head, "text": f"{FLOOD} More rain is expected."})
    library.add(tmp_path)
    ids = by_file(library)
    assert len(library.catalog.duplicate_clusters(ids.values())) == 2
    save(
        tmp_path,
        "two",
        {**head, "text": "Bakers found a way to bake bread with half of the salt, and nobody minds it."},
    )
    library.add(tmp_path)
    assert not library.catalog.duplicate_clusters(ids.values())


def test_most_similar_article_determines_the_cluster(tmp_path: Path, library: Library) -> None:
    def words(name: str, count: int) -> str:
        return " ".join(f"{name}{number}" for number in range(count))

    first, other = words("a", 200), words("b", 200)
    texts = (
        f"{first} {other}",
        f"{other} {words('c', 250)}",
        f"{first} {' '.join(words('c', 90).split())} {words('d', 60)}",
    )
    for number, text in enumerate(texts):
        save(
            tmp_path,
            f"{number}",
            {"title": f"Title {number}", "publisher": "X", "published": "2021-02-01", "text": text},
        )
        library.add(tmp_path / f"{number}.md")
    assert len(library.catalog.duplicate_clusters(by_file(library).values())) == 3
