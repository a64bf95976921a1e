"""Watches: what matches, and that every article is compared exactly once."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index import ArticleNotFound, Library, SourceError, Where
from rag import Assistant
from tests.conftest import ROOT
from tests.web.watches.conftest import ARTICLES
from web.watches import WatchError, Watches, WatchNotFound

FERRIES = [number + 1 for number in range(ARTICLES) if number % 2 == 0]
STATEMENTS = [number + 1 for number in range(ARTICLES) if number % 4 == 0]


def from_the_start(watches: Watches, kind: str, words: str, webhook: str | None = None) -> int:
    """Add a watch that sees all articles as new; returns its id."""
    return watches.file.add("all", kind, words, Where(), 0, webhook).id  # type: ignore[arg-type]


def ids(watches: Watches, watch_id: int) -> list[int]:
    found = watches.matches(watch_id, limit=1_000)
    for match in found:
        assert match.article.text[match.start : match.end] == match.quote != ""
    return sorted(match.article.id for match in found)


def test_only_new_articles_match(library: Library, tmp_path: Path) -> None:
    watches = Watches(Assistant(library))
    assert watches.find_matches() == 0
    assert not (library.directory / "watches.db").exists()  # made with the first watch
    (tmp_path / "one.txt").write_text("First\n\nThe ferry stopped on Monday.\n", "utf-8")
    library.add(tmp_path / "one.txt")
    watch = watches.watch("Ferries", query="ferries stopped")
    assert watches.find_matches() == 0
    (tmp_path / "two.txt").write_text("Second\n\nA train came. Two ferries were stopped by ice.\n", "utf-8")
    library.add(tmp_path / "two.txt", wait=False)
    assert watches.find_matches() == 0  # its vectors and statements aren't ready
    library.catch_up()
    assert watches.find_matches() == 1
    assert [match.quote for match in watches.matches(watch.id)] == ["Two ferries were stopped by ice."]
    # A corrected article is not another match, and a removed one leaves nothing behind.
    (tmp_path / "two.txt").write_text("Second\n\nA train came. Three ferries were stopped by ice.\n", "utf-8")
    [newer] = library.add(tmp_path / "two.txt").updated
    assert watches.find_matches() == 0
    library.remove(newer)
    with pytest.raises(ArticleNotFound):
        library.article(newer)
    assert watches.matches(watch.id) == []
    watches.close()


def test_queries_and_speakers_match(watches: Watches) -> None:
    query = from_the_start(watches, "query", "Ferries stop")
    speaker = from_the_start(watches, "speaker", "Olga Berg")
    nobody = from_the_start(watches, "speaker", "Nobody Atall")
    title = from_the_start(watches, "query", "reports")
    assert watches.find_matches() == len(FERRIES) + len(STATEMENTS) + ARTICLES
    assert ids(watches, query) == FERRIES
    assert ids(watches, speaker) == STATEMENTS
    assert ids(watches, nobody) == []
    assert ids(watches, title) == list(range(1, ARTICLES + 1))
    assert all("said" in match.quote for match in watches.matches(speaker))
    assert watches.find_matches() == 0
    assert [match.id for match in watches.matches(query, limit=2, offset=1)] == [
        match.id for match in watches.matches(query)[1:3]
    ]


def test_a_question_matches_where_it_is_answered(watches: Watches) -> None:
    watch = from_the_start(watches, "question", "What did Olga Berg say?")
    unanswered = from_the_start(watches, "question", "Who won the chess tournament in Paris?")
    watches.find_matches()
    found = ids(watches, watch)
    assert found
    assert set(found) <= set(STATEMENTS)
    assert ids(watches, unanswered) == []


def test_watches_of_two_processes_find_nothing_twice(news: Assistant, tmp_path: Path) -> None:
    both = [Watches(news, tmp_path / "watches.db") for _ in range(2)]
    watch = from_the_start(both[0], "query", "ferry")
    counts: list[int] = []
    threads = [threading.Thread(target=lambda one=one: counts.append(one.find_matches())) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    both[0].find_matches()  # what is left if each made way for the other
    assert ids(both[1], watch) == FERRIES
    assert sum(counts) <= len(FERRIES)
    for one in both:
        one.close()


@pytest.mark.parametrize("written", [3, 12])
def test_a_killed_search_is_continued(written: int, news: Assistant, tmp_path: Path) -> None:
    watches = Watches(news, tmp_path / "watches.db")
    watch = from_the_start(watches, "query", "ferry", webhook="https://receiver.example/")
    watches.close()
    script = (  # ends within a transaction, when the n-th row is about to be written
        "import itertools, os; from index import Library; from rag import Assistant\n"
        "from web.watches import Watches, watch_file\n"
        "now, calls = watch_file._now, itertools.count(1)\n"
        f"watch_file._now = lambda: os.kill(os.getpid(), 9) if next(calls) == {written} else now()\n"
        f"library = Library.open({str(news.library.directory)!r}, {news.library.embedder.name!r})\n"
        f"Watches(Assistant(library), __import__('pathlib').Path({str(watches.file._file.path)!r})).find_matches()\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert len(ids(watches, watch)) < len(FERRIES)
    watches.find_matches()
    assert ids(watches, watch) == FERRIES
    sent = []
    while due := watches.file.due(0):
        sent += [stored.article_id for stored in watches.file.matches_of(due[0])]
        watches.file.sent(due[0])
    assert sent == FERRIES  # each match is in exactly one message
    watches.close()


def test_a_restored_library_goes_on(library: Library, tmp_path: Path) -> None:
    watches = Watches(Assistant(library), tmp_path / "watches.db")
    watch = watches.file.add("ferries", "query", "ferry", Where(), 99, None)  # as if the library had had 99 articles
    (tmp_path / "one.txt").write_text("First\n\nThe train stopped on Monday.\n", "utf-8")
    library.add(tmp_path / "one.txt")
    watches.find_matches()
    (tmp_path / "two.txt").write_text("Second\n\nThe ferry stopped on Monday.\n", "utf-8")
    library.add(tmp_path / "two.txt")
    assert watches.find_matches() == 1
    assert len(watches.matches(watch.id)) == 1
    watches.close()


def test_bad_watches_are_refused(watches: Watches) -> None:
    for given, reason in (
        ({}, "exactly one"),
        ({"query": "a b", "speaker": "Kirby"}, "exactly one"),
        ({"query": ""}, "query: Please type"),
        ({"query": "the"}, "very common words"),
        ({"question": "x" * 5_000}, "too long"),
        ({"query": "ferry", "webhook": "file:///etc/passwd"}, "only http and https"),
        ({"query": "ferry", "webhook": "https://a:b@receiver.example/"}, "user name or password"),
    ):
        with pytest.raises((ValueError, SourceError), match=reason):
            watches.watch("Name", **given)
    for name in ("", "x" * 201, "a\x1b[2J"):
        with pytest.raises(WatchError, match="printable"):
            watches.watch(name, query="ferry")
    assert watches.watches() == []
    for watch_id in (1, 2**63, 2**70):
        with pytest.raises(WatchNotFound):
            watches.get(watch_id)


def test_a_watch_is_listed_and_removed(watches: Watches) -> None:
    first = watches.watch(" Ferries  at sea ", query="ferry")
    second = watches.watch("Berg", speaker="Berg", webhook="https://receiver.example/in?a=1#part")
    assert first.secret is None
    assert second.secret is not None
    assert second.webhook == "https://receiver.example/in?a=1"
    assert [(watch.name, watch.secret) for watch in watches.watches()] == [("Ferries at sea", None), ("Berg", None)]
    watches.remove(first.id)
    with pytest.raises(WatchNotFound):
        watches.remove(first.id)
    assert [watch.id for watch in watches.watches()] == [second.id]
