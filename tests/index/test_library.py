"""The library: accepted articles are complete and searchable; removed ones are gone."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index import ArticleNotFound, Embedder, Library, LibraryUnusable, Progress
from index.statements.worker import STATEMENT_WORKER
from tests.conftest import EXAMPLES
from tests.index.cleaning.saved_page import HEADLINE, MESSY, PARAGRAPHS

if TYPE_CHECKING:
    pass

BRIDGE = "Bridge opens\n\nThe mayor said on Monday that the bridge over the fjord was open.\n\nCyclists were glad."
FERRY = "Ferry closes\n\nThe ferry to Lundby was closed by a winter storm, and nobody knows for how long."


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def found(library: Library, words: str) -> list[str]:
    """Texts of the passages that word search finds."""
    ids = [passage_id for passage_id, _ in library.passages.by_words(library.passages.terms(words), 10)]
    passages = library.passages.by_id(ids)
    return [passages[i].text for i in ids]


def meant(library: Library, words: str) -> list[int]:
    return [i for i, _ in library.passages.by_vector(library.embedder.embed_question(words), 10)]


def test_adding_is_incremental(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path, "bridge.txt", BRIDGE)
    first = library.add(path)
    assert (len(first.added), len(library)) == (1, 1)
    assert library.add(path).unchanged == first.added

    write(tmp_path, "bridge.txt", BRIDGE.replace("bridge", "tunnel"))
    [newer] = library.add(path).updated
    assert "tunnel" in library.article(newer).text
    assert len(library) == 1
    assert not found(library, "bridge cyclists mayor bridge")[1:]
    assert found(library, "tunnel")
    assert library.check() == []


def test_a_messy_page_becomes_an_article(library: Library, tmp_path: Path) -> None:
    [article_id] = library.add(write(tmp_path, "saved page.txt", MESSY)).added
    article = library.article(article_id)
    assert (article.title, article.text) == (HEADLINE, "\n\n".join(PARAGRAPHS))
    passages = library.passages.of_article(article_id)
    assert " ".join(" ".join(p.text for p in passages).split()) == " ".join(PARAGRAPHS)
    assert all(article.text[p.start : p.end] == p.text for p in passages)
    people = {s.speaker for s in library.statements(article_ids=[article_id]) if s.is_person}
    assert people == {"Ann O’Neill"}


def test_new_metadata_replaces_old(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", f"---\ntitle: Old title\n---\n{FERRY}")
    [article_id] = library.add(path).added
    write(tmp_path, "a.md", f"---\ntitle: Fjord news\npublished: 2023-01-02\n---\n{FERRY}")
    assert library.add(path).updated == [article_id]
    assert library.article(article_id).title == "Fjord news"
    assert found(library, "fjord")
    assert library.check() == []


def test_the_same_text_from_two_places_is_one_article(library: Library, tmp_path: Path) -> None:
    one, two = write(tmp_path, "one.txt", BRIDGE), write(tmp_path, "two.txt", BRIDGE)
    [article_id] = library.add(one).added
    assert library.add(two).unchanged == [article_id]
    assert library.article(article_id).sources == (str(one), str(two))
    assert library.add(one, two).unchanged == [article_id, article_id]

    write(tmp_path, "one.txt", FERRY)
    [other] = library.add(one).added
    assert library.article(article_id).sources == (str(two),)
    write(tmp_path, "one.txt", BRIDGE)
    assert library.add(one).unchanged == [article_id]
    assert len(library) == 1
    assert library.article(other).replaced_by == article_id
    assert library.check() == []


def test_removing(library: Library, tmp_path: Path) -> None:
    [bridge] = library.add(write(tmp_path, "bridge.txt", BRIDGE)).added
    library.add(write(tmp_path, "ferry.txt", FERRY))
    library.remove(bridge)
    assert len(library) == 1
    assert not found(library, "cyclists")
    assert len(meant(library, "bridge")) == 1
    assert not library.statements(article_ids=[bridge])
    with pytest.raises(ArticleNotFound, match="No article has the id"):
        library.remove(bridge)
    assert library.check() == []


def test_a_bad_file_stops_nothing(library: Library, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(bytes(range(256)) * 9)
    report = library.add(
        write(tmp_path, "a.txt", BRIDGE), bad, tmp_path / "nowhere.txt", write(tmp_path, "b.txt", FERRY)
    )
    assert len(report.added) == 2
    assert [(Path(f.source).name, f.reason) for f in report.failed] == [
        ("nowhere.txt", "no such file or folder"),
        ("bad.txt", "not a text file, or in an unknown encoding; save it as UTF-8"),
    ]


def test_an_unreadable_file_is_named(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "memory.txt"
    path.symlink_to("/proc/self/mem")  # a file that fails to be read, for root too
    [failure] = library.add(path).failed
    assert failure.reason == "the file can't be read: Input/output error"


def test_words_are_found_before_vectors_are_made(library: Library, tmp_path: Path) -> None:
    steps: list[Progress] = []
    library.add(write(tmp_path, "bridge.txt", BRIDGE), wait=False, progress=steps.append)
    assert found(library, "cyclists")
    assert not meant(library, "bridge")
    assert not library.status().is_complete
    library.catch_up(steps.append)
    assert meant(library, "bridge")
    assert library.status().is_complete
    names = [step.step for step in steps]
    adding = names.count("add")
    assert names[:adding] == ["add"] * adding
    assert sorted(names[adding:]) == ["embed", "statements"]
    done = [step.done for step in steps[:adding]]
    assert (done[0], done[-1]) == (0, 1)
    assert done == sorted(done)


def test_a_derived_folder_is_rebuilt(tmp_path: Path, embedder: Embedder) -> None:
    with Library.open(tmp_path / "l", embedder) as library:
        library.add(write(tmp_path, "bridge.txt", BRIDGE))
        library.remove(library.add(write(tmp_path, "ferry.txt", FERRY)).added[0])
    for damage in (
        lambda words: shutil.rmtree(words),
        lambda words: (words / "position.json").write_text("{"),
        lambda words: [file.write_bytes(b"junk") for file in words.glob("*.idx")],
        lambda words: (words / "meta.json").write_text("junk"),
    ):
        damage(tmp_path / "l" / "words")
        with Library.open(tmp_path / "l", embedder) as library:
            library.repair()
            assert found(library, "cyclists")
            assert library.check() == []


def test_unusable_directories_are_named(tmp_path: Path, embedder: Embedder) -> None:
    file = write(tmp_path, "file", "x")
    with pytest.raises(LibraryUnusable, match="file"):
        Library.open(file, embedder)
    (tmp_path / "junk").mkdir()
    write(tmp_path / "junk", "library.db", "this is no database, it is a text " * 50)
    with pytest.raises(LibraryUnusable, match="not a SQLite database"):
        Library.open(tmp_path / "junk", embedder)
    assert (tmp_path / "junk" / "library.db").read_text().startswith("this is no database")


def test_a_library_of_the_future_is_refused(tmp_path: Path, embedder: Embedder) -> None:
    import apsw

    Library.open(tmp_path, embedder).close()
    apsw.Connection(str(tmp_path / "library.db")).execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryUnusable, match="version 99"):
        Library.open(tmp_path, embedder)


def test_many_threads(library: Library, tmp_path: Path) -> None:
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                path = write(tmp_path, f"{number}.txt", f"Title {number}\n\nWord{number}x{turn} of the ferry.")
                library.add(path)
                assert found(library, f"Word{number}x{turn}")
        except BaseException as error:  # noqa: BLE001 re-raised in the main thread
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(library) == 4
    assert library.check() == []


def _add_examples(directory: Path) -> None:
    with Library.open(directory) as library:
        library.add(EXAMPLES)


def test_a_killed_add_loses_nothing_that_was_accepted(tmp_path: Path, embedder: Embedder) -> None:
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_add_examples, args=(tmp_path / "l",))
    process.start()
    database = tmp_path / "l" / "library.db-wal"
    deadline = time.monotonic() + 120
    while (not database.exists() or database.stat().st_size < 300_000) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    with Library.open(tmp_path / "l", embedder) as library:
        accepted = len(library)
        assert accepted
        report = library.add(EXAMPLES)
        assert len(report.unchanged) == accepted
        assert len(library) == len(list(EXAMPLES.glob("*.md")))
        assert library.check() == []


def test_another_process_is_followed(tmp_path: Path, embedder: Embedder) -> None:
    with Library.open(tmp_path / "l", embedder) as library:
        assert not found(library, "Kirby")
        process = multiprocessing.get_context("spawn").Process(target=_add_examples, args=(tmp_path / "l",))
        process.start()
        process.join()
        assert found(library, "Kirby")
        assert meant(library, "What did Kirby say?")


def test_listing(samples: Library) -> None:
    everything = list(samples.articles())
    assert [a.id for a in everything] == sorted((a.id for a in everything), reverse=True)
    assert [a.title for a in samples.articles("NOBEL")] == [a.title for a in everything if "Nobel" in a.title]
    assert samples.count_articles("Nobel") == 1
    assert samples.count_articles("100%_") == 0
    assert list(samples.articles(limit=3, offset=2)) == everything[2:5]


def test_statements_come_and_go_with_their_article(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path, "bridge.txt", BRIDGE)
    library.add(path)
    before = library.status()
    assert before.statements > 0
    assert before.articles_processed == before.articles == 1
    write(tmp_path, "bridge.txt", "Tunnel opens\n\nThe engineer, Bob Ray, said that the tunnel was long.")
    library.add(path)
    assert [speaker.name for speaker in library.speakers()] == ["Bob Ray"]
    [article] = library.articles()
    library.remove(article.id)
    status = library.status()
    assert (status.statements, status.speakers) == (0, 0)


def test_an_article_in_another_language_has_no_statements(library: Library, tmp_path: Path) -> None:
    german = "Brücke eröffnet\n\n„Sie ist offen“, sagte Anna Lehmann am Montag. Anna Lehmann said war nicht dabei."
    library.add(write(tmp_path, "bruecke.txt", german))
    assert library.statements() == []
    assert found(library, "Brücke")
    assert library.status().is_complete


def test_statements_outlive_the_process_that_finds_them(library: Library, tmp_path: Path) -> None:
    library.add(write(tmp_path, "bridge.txt", BRIDGE))
    finder = STATEMENT_WORKER._process._process
    assert finder is not None
    finder.kill()
    finder.wait()
    library.add(write(tmp_path, "tunnel.txt", BRIDGE.replace("bridge", "tunnel")))
    assert library.status().is_complete
    STATEMENT_WORKER.close()
    assert STATEMENT_WORKER.find(["Ann Lee said that it rained."])[0][0].speaker == "Ann Lee"


def test_the_words_said_are_checked(library: Library, tmp_path: Path) -> None:
    import apsw

    library.add(write(tmp_path, "bridge.txt", BRIDGE))
    damaged = apsw.Connection(str(library.directory / "library.db"))
    damaged.execute("UPDATE statements SET said = x'8813000089130000'")
    damaged.close()
    assert any("5000–5001" in problem or "is outside" in problem for problem in library.check())
    library.repair()
    assert library.check() == []
