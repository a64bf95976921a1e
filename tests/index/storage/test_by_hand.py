"""Edits by hand, removals that are undone, merged speakers: what a library keeps, whatever happens to its articles."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.durability.processes import run_forked
from bench.durability.stand_ins import HashEmbedder
from index import ArticleNotFound, Library, SpeakerNotFound
from index.records import EDITED
from index.storage import connections
from rag import Assistant
from tests.index.test_library import found, write

TEXT = "---\ntitle: {}\nauthor: Ann Lee\n---\n{} The ferry to Lundby was closed, and nobody knows for how long."


@pytest.fixture
def library(tmp_path: Path) -> Any:
    with Library.open(tmp_path / "l", HashEmbedder()) as library:
        yield library


def add(library: Library, folder: Path, title: str = "Ferry closes", words: str = "", name: str = "a.md") -> Any:
    return library.add(write(folder, name, TEXT.format(title, words)))


def test_edits_stay_when_the_article_is_added_again_and_updated(library: Library, tmp_path: Path) -> None:
    [one] = add(library, tmp_path).added
    text = library.article(one).text
    article = library.edit(one, {"title": " Winter\nin the fjord", "author": None, "published": date(2024, 2, 1)})
    assert (article.title, article.author, article.published) == ("Winter in the fjord", None, date(2024, 2, 1))
    assert article.edited == ("author", "published", "title")
    assert article.text == text
    assert found(library, "winter"), "the word index has the new title"
    library.catch_up()
    assert library.check() == []

    assert add(library, tmp_path).unchanged == [one]
    assert add(library, tmp_path, "Ferry is closed").updated == [one]  # the source has another title now
    assert library.article(one).title == "Winter in the fjord"
    assert add(library, tmp_path, "Ferry is closed").unchanged == [one]

    [newer] = add(library, tmp_path, "Ferry sails", "It sails again.").updated
    article = library.article(newer)
    assert (article.title, article.author, article.published) == ("Winter in the fjord", None, date(2024, 2, 1))
    assert add(library, tmp_path, "Ferry sails", "It sails again.").unchanged == [newer]

    article = library.edit(newer, {}, revert=["title", "author", "published"])
    assert (article.title, article.author, article.published) == ("Ferry sails", "Ann Lee", None)
    assert EDITED not in article.origins.values()
    library.catch_up()
    assert library.check() == []


def test_what_is_edited_back_to_the_source_is_no_edit(library: Library, tmp_path: Path) -> None:
    [one] = add(library, tmp_path).added
    before = library.article(one)
    library.edit(one, {"title": "Other"})
    assert library.edit(one, {"title": "Ferry closes"}) == before
    change = library.catalog.change()
    assert library.edit(one, {"title": "Ferry closes"}) == before
    assert library.catalog.change() == change, "nothing was written"


@pytest.mark.parametrize(
    ("changes", "revert", "message"),
    [
        ({"title": "\u200b \n"}, [], "needs a title"),
        ({"title": "x" * 301}, [], "301 characters. The limit is 300"),
        ({"text": "x"}, [], "'text' can't be edited"),
        ({}, ["url"], "'url' can't be edited"),
        ({"published": "soon"}, [], "'soon' isn't a day"),
        ({"title": "x"}, ["title"], "at the same time"),
        ({"author": "\ud800"}, [], "Unicode"),
    ],
)
def test_a_wrong_edit_changes_nothing(
    library: Library, tmp_path: Path, changes: dict[str, Any], revert: list[str], message: str
) -> None:
    [one] = add(library, tmp_path).added
    before = library.article(one)
    with pytest.raises(ValueError, match=message):
        library.edit(one, changes, revert)
    assert library.article(one) == before
    with pytest.raises(ArticleNotFound):
        library.edit(one + 1, {"title": "x"})


def test_removed_articles_come_back_as_they_were(library: Library, tmp_path: Path) -> None:
    [first] = add(library, tmp_path).added
    [one] = add(library, tmp_path, "Ferry closes", "News.").updated
    [two] = add(library, tmp_path, "Bridge opens", "The bridge is open.", "b.md").added
    library.edit(one, {"publisher": "Fjord Post"})
    library.tag([one], "Winter")
    library.collections.add("Fjord", [one, two])
    before = list(library.articles()), library.revisions(one), library.statements()
    with pytest.raises(ArticleNotFound):
        library.remove([one, two, 99])
    assert len(library) == 2, "all of them or none"

    library.remove([one, two])
    assert (len(library), found(library, "ferry"), library.statements()) == (0, [], [])
    with pytest.raises(ArticleNotFound):
        library.article(first)
    assert [removed.id for removed in library.catalog.removed()] == [two, one]
    with pytest.raises(ArticleNotFound):
        library.restore([one, 99])
    assert len(library) == 0

    library.restore([one, two])
    library.restore(one)  # idempotent
    assert found(library, "ferry")
    library.catch_up()
    assert (list(library.articles()), library.revisions(one), library.statements()) == before
    assert library.catalog.tags([one, two]) == {one: ("Winter",)}
    assert library.catalog.collections([one, two]) == {one: ("Fjord",), two: ("Fjord",)}
    assert library.edit(one, {}, ["publisher"]).publisher is None
    assert library.check() == []


def test_a_removed_revision_comes_back(library: Library, tmp_path: Path) -> None:
    [first] = add(library, tmp_path).added
    [one] = add(library, tmp_path, "Ferry closes", "News.").updated
    before = library.revisions(one)
    library.remove(first)
    assert library.revisions(one) == []
    library.remove(one)
    library.restore(one)
    assert library.revisions(one) == [], "it was removed before"
    library.restore(first)
    assert library.revisions(one) == before


def test_what_is_added_again_has_its_id_and_edits(library: Library, tmp_path: Path) -> None:
    [one] = add(library, tmp_path).added
    library.edit(one, {"title": "Winter"})
    library.remove(one)
    assert add(library, tmp_path).added == [one]
    assert library.article(one).title == "Winter"
    library.remove(one)
    assert add(library, tmp_path, "Ferry is closed", name="copy.md").added == [one]  # from elsewhere
    assert len(library.article(one).sources) == 2
    assert library.catalog.removed() == []
    assert library.check() == []


def test_a_source_that_has_another_article_now_keeps_it(library: Library, tmp_path: Path) -> None:
    [one] = add(library, tmp_path).added
    library.remove(one)
    [two] = add(library, tmp_path, "Ferry sails", "It sails again.").added
    library.restore(one)
    assert [article.id for article in library.articles()] == [two]
    assert [revision.id for revision in library.revisions(two)] == [one]
    assert library.article(one).replaced_by == two
    library.catch_up()
    assert library.check() == []


def test_after_a_day_it_is_gone_for_good(library: Library, tmp_path: Path) -> None:
    [one] = add(library, tmp_path).added
    library.remove(one)
    library.catch_up()
    assert library.catalog.removed()
    library._database.removed.purge(datetime.now(UTC) + timedelta(seconds=1))
    assert library.catalog.removed() == []
    with pytest.raises(ArticleNotFound):
        library.restore(one)
    assert add(library, tmp_path).added == [one + 1], "an id is never used again"


SPEECH = "Speech\n\n{} said on Monday that {} is late. {} added that nobody had been told about it."


def test_merged_speakers_are_one_until_they_are_separated(library: Library, tmp_path: Path) -> None:
    for number, name in enumerate(("Grace Holloway", "Grace Hollis", "Mary Stone", "Mary Stone-Hart")):
        library.add(write(tmp_path, f"{number}.txt", SPEECH.format(name, f"train {number}", name)))

    def names() -> dict[str, set[str]]:
        return {speaker.name: set(speaker.names) for speaker in library.speakers()}

    before = names()
    assert len(before) == 4, before
    library.speech.merge("Grace Hollis", "Grace Holloway")
    library.speech.merge("Grace Holloway", "Mary Stone")
    with pytest.raises(ValueError, match="same speaker"):
        library.speech.merge("Mary Stone", "Grace Hollis")
    assert names() == {
        "Mary Stone": {"Mary Stone", "Grace Hollis", "Grace Holloway"},
        "Mary Stone-Hart": {"Mary Stone-Hart"},
    }
    one = next(speaker for speaker in library.speakers() if speaker.merged)
    assert (set(one.merged), one.statements) == ({"Grace Hollis", "Grace Holloway"}, 6)
    for name in one.names:  # found by any of its names
        assert [speaker.name for speaker in library.speech.speakers(names=[name])] == ["Mary Stone"]
        answer = Assistant(library).ask(f"What did {name} say?")
        assert {citation.article_id for citation in answer.citations} == {1, 2, 3}, name

    library.remove(3)  # the one whose name both have
    assert names()["Grace Holloway"] == {"Grace Hollis", "Grace Holloway"}
    library.restore(3)
    library.catch_up()
    library.speech.separate("Grace Holloway")
    assert names()["Grace Holloway"] == {"Grace Hollis", "Grace Holloway"}
    assert names()["Mary Stone"] == {"Mary Stone"}
    library.speech.separate("Grace Hollis")
    assert names() == before
    with pytest.raises(SpeakerNotFound, match="Nobody Here"):
        library.speech.merge("Nobody Here", "Mary Stone")
    with pytest.raises(SpeakerNotFound):
        library.speech.separate("Grace Hollis")


def _kill_in_transaction(steps: int) -> Callable[[], None]:
    """Make the process kill itself after so many checksums in a write transaction."""
    counter = iter(range(steps))

    def update_checksum(connection: Any, table: str, row: int) -> None:
        original(connection, table, row)
        if next(counter, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    from index.storage import articles
    from index.storage.curation import edits, removed

    original = articles.update_checksum
    for module in (articles, edits, removed):
        module.update_checksum = update_checksum  # type: ignore[attr-defined]
    return lambda: None


@pytest.mark.parametrize("seed", range(6))
def test_a_kill_in_mid_transaction_leaves_all_or_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with Library.open(tmp_path / "l", HashEmbedder()) as library:
        for number in range(4):
            add(library, tmp_path, f"Title {number}", f"Text {number}.", f"{number}.md")
        library.remove([1, 2])

    def work(report: Any) -> None:
        _kill_in_transaction(chance.randrange(3))
        with Library.open(tmp_path / "l", HashEmbedder()) as library:
            {0: lambda: library.remove([3, 4]), 1: lambda: library.restore([1, 2]), 2: edit(library)}[seed % 3]()

    def edit(library: Library) -> Callable[[], Any]:
        return lambda: [library.edit(i, {"title": f"New {i}", "publisher": "Post"}) for i in (3, 4)]

    run_forked(work)
    with Library.open(tmp_path / "l", HashEmbedder()) as library:
        library.catch_up()
        assert library.check() == []
        ids = {article.id for article in library.articles()}
        assert ids in ({3, 4}, set(), {1, 2, 3, 4})
        assert {removed.id for removed in library.catalog.removed()} == {1, 2, 3, 4} - ids
        assert all(article.edited in ((), ("publisher", "title")) for article in library.articles())
        for article_id in {1, 2, 3, 4} - ids:
            library.restore(article_id)
        assert len(library) == 4
        assert connections.SCHEMA_VERSION >= 8
