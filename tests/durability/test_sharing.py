"""Threads and processes that use a library at the same time; work that is never done twice."""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.durability.stand_ins import HashEmbedder
from index import Library
from index.search.vector_index import VectorIndex
from index.storage.database import Database
from rag import Assistant
from rag.quotes import quoter
from tests.durability.ferry import SCRAP, found


def test_an_article_that_changes_during_a_question_is_never_misquoted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(folder / "l", HashEmbedder()) as library, Library.open(folder / "l", HashEmbedder()) as other:
        cited = quoter.cite_excerpts

        def replaced_before(*values: object) -> object:
            monkeypatch.setattr(quoter, "cite_excerpts", cited)
            (folder / "ferry.txt").write_text(SCRAP, encoding="utf-8")
            assert other.add(folder / "ferry.txt").updated
            return cited(*values)  # type: ignore[arg-type]

        assert "would open on Monday" in Assistant(library, "eager").ask("What did Kirby say?").text
        monkeypatch.setattr(quoter, "cite_excerpts", replaced_before)
        answer = Assistant(library, "eager").ask("What did Kirby say?")
        [citation] = answer.citations  # the question was asked before: the earlier revision is what it cites
        earlier = library.article(citation.article_id)
        assert earlier.text[citation.start : citation.end] == citation.quote
        assert earlier.replaced_by is not None
        assert Assistant(library, "eager").ask("What did Lopez say?").citations[0].quote.startswith("Maria Lopez said")


def test_a_question_does_not_wait_for_a_long_write_of_the_word_index(folder: Path) -> None:
    with Library.open(folder / "l", HashEmbedder()) as library:
        [kept] = found(library, "ferry")
        (folder / "scrap.txt").write_text(SCRAP, encoding="utf-8")
        answers: list[list[str]] = []
        with FileLock(folder / "l" / "words.lock"):  # another process is at it
            adding = threading.Thread(target=library.add, args=(folder / "scrap.txt",))
            adding.start()
            while len(library) < 2:
                time.sleep(0.01)
            asking = threading.Thread(target=lambda: answers.extend(found(library, "ferry") for _ in range(30)))
            asking.start()
            asking.join(timeout=25)  # a question asks many times, and waits once
            assert answers == [[kept]] * 30
            assert adding.is_alive()
        adding.join()
        assert len(found(library, "ferry")) == 2


def test_connections_of_ended_threads_are_closed(folder: Path) -> None:
    with Library.open(folder / "l", HashEmbedder()) as library:
        before = len(list(Path("/proc/self/fd").iterdir()))
        for _ in range(50):
            thread = threading.Thread(target=lambda: len(library))
            thread.start()
            thread.join()
        assert len(list(Path("/proc/self/fd").iterdir())) < before + 20


class Counting(HashEmbedder):
    """Remembers what it has embedded."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed_passages(self, texts, sentences, words):  # type: ignore[no-untyped-def]
        self.texts += texts
        return super().embed_passages(texts, sentences, words)


def test_passages_that_stay_keep_their_vectors(tmp_path: Path) -> None:
    paragraphs = [f"Paragraph {' '.join(f'w{number}n{word}' for word in range(60))}." for number in range(6)]
    source, embedder = tmp_path / "a.txt", Counting()
    with Library.open(tmp_path / "l", embedder) as library:
        source.write_text("\n\n".join(["News", *paragraphs]), encoding="utf-8")
        library.add(source)
        everything, embedder.texts = embedder.texts, []
        assert len(everything) >= 6
        paragraphs[2:3] = ["A new one."]
        source.write_text("\n\n".join(["News", *paragraphs]), encoding="utf-8")
        assert library.add(source).updated
        assert 0 < len(embedder.texts) < len(everything) / 2
        assert library.check() == []
        [article] = library.articles()
        for passage in library.passages.of_article(article.id):
            assert library.passages.by_vector(embedder.embed_question(passage.text), 1)[0][0] == passage.id


def test_the_same_words_are_embedded_once(tmp_path: Path) -> None:
    report = [f"Paragraph {' '.join(f'w{number}n{word}' for word in range(60))}." for number in range(3)]
    first, second, third = (tmp_path / f"{name}.txt" for name in ("first", "second", "third"))
    for source in (first, second, third):  # one report in three papers, each with a last word of its own
        source.write_text("\n\n".join(["News", *report, f"Read on in the {source.stem} paper."]), encoding="utf-8")
    with Library.open(tmp_path / "l", Counting()) as library:
        embedder: Counting = library.embedder  # type: ignore[assignment]
        library.add(first)
        [article] = library.articles()
        everything = {passage.text for passage in library.passages.of_article(article.id)}
        assert set(embedder.texts) == everything
        embedder.texts = []
        library.add(second, third, wait=False)
        library.catch_up()
        assert not everything.intersection(embedder.texts)
    with Library.open(tmp_path / "at-once", Counting()) as library:
        embedder = library.embedder  # type: ignore[assignment]
        library.add(first, second, third)
        assert len(embedder.texts) == len(set(embedder.texts))
        assert everything < set(embedder.texts)
        assert library.status().is_complete
        assert library.check() == []
        for article in library.articles():
            for passage in library.passages.of_article(article.id):
                hits = library.passages.by_vector(embedder.embed_question(passage.text), 3)
                assert passage.id in [passage_id for passage_id, score in hits if score > 0.99]


def test_two_catch_ups_share_the_work(folder: Path) -> None:
    for number in range(12):
        (folder / f"{number}.txt").write_text(
            f"News {number}\n\nThe ferry had {number} cars on board.", encoding="utf-8"
        )
    first, second = Counting(), Counting()
    with Library.open(folder / "l", first) as one, Library.open(folder / "l", second) as other:
        one.add(*(folder / f"{number}.txt" for number in range(12)), wait=False)
        threads = [threading.Thread(target=library.catch_up) for library in (one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(first.texts) + len(second.texts) == 12
        assert other.status().is_complete


@given(st.lists(st.sampled_from(["add", "change", "remove"]), max_size=30), st.integers(1, 20))
@settings(max_examples=15, deadline=None)
def test_vectors_are_followed_in_both_precisions(steps: list[str], max_exact: int) -> None:
    with tempfile.TemporaryDirectory() as scratch, Library.open(Path(scratch) / "l", HashEmbedder()) as library:
        database = Database.open(Path(scratch) / "l" / "library.db", "hash")
        index, source = VectorIndex(database, max_exact), Path(scratch) / "0.txt"
        for number, step in enumerate(steps):
            if step == "add":
                source = Path(scratch) / f"{number}.txt"
            if step == "remove" and len(library):
                library.remove(next(iter(library.articles())).id)
            else:
                source.write_text(f"News\n\nThe ferry had {number} cars on board.", encoding="utf-8")
                library.add(source)
            for article in library.articles():
                [passage] = library.passages.of_article(article.id)
                [(nearest, cosine)] = index.search(library.embedder.embed_question(passage.text), 1)
                assert nearest == passage.id
                assert cosine > 0.5  # hashed vectors have larger components than the 8 bits are made for
            assert len(index.search(library.embedder.embed_question("x"), 100)) == len(library)
        database.close()
