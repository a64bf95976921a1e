"""What was accepted stays, whatever is killed, full, damaged or done at the same time. More of it: bench/crash.py."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import apsw
import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.durability.crash import HashEmbedder
from index import EmbedderMismatch, Library, LibraryFailed, LibraryUnusable
from index.__main__ import main as index_main
from index.search.vector_index import VectorIndex
from index.storage.database import Database
from rag import Assistant
from rag.quotes.quoter import Quoter
from tests.conftest import ROOT

FERRY = "Ferry news\n\nJohn Kirby said that the ferry to Lundby would open on Monday. It rained in the harbour all day."
SCRAP = (
    "Ferry news\n\nNobody denied it. Maria Lopez said that the ferry was sold for scrap after a fire. Kirby was away."
)


@pytest.mark.parametrize(("part", "rounds"), [("kills", 7), ("full", 3), ("damage", 24), ("together", 4)])
def test_a_small_round_of_the_bench(part: str, rounds: int) -> None:
    command = [sys.executable, "bench/durability/crash.py", part, "--rounds", str(rounds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{part}: ")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a library of one article about a ferry."""
    (tmp_path / "ferry.txt").write_text(FERRY, encoding="utf-8")
    with Library.open(tmp_path / "l", HashEmbedder()) as library:
        library.add(tmp_path / "ferry.txt")
        assert found(library, "ferry")
    return tmp_path


def found(library: Library, words: str) -> list[str]:
    ids = [passage_id for passage_id, _ in library.search_words(library.terms(words), 10)]
    return [passage.text for passage in library.passages(ids).values()]


def test_an_article_that_changes_during_a_question_is_never_misquoted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(folder / "l", HashEmbedder()) as library, Library.open(folder / "l", HashEmbedder()) as other:
        cited = Quoter._cited

        def replaced_before(self: Quoter, *values: object) -> object:
            monkeypatch.setattr(Quoter, "_cited", cited)
            (folder / "ferry.txt").write_text(SCRAP, encoding="utf-8")
            assert other.add(folder / "ferry.txt").updated
            return cited(self, *values)  # type: ignore[arg-type]

        assert "would open on Monday" in Assistant(library, "eager").ask("What did Kirby say?").text
        monkeypatch.setattr(Quoter, "_cited", replaced_before)
        answer = Assistant(library, "eager").ask("What did Kirby say?")
        [citation] = answer.citations  # the question was asked before: the earlier revision is what it cites
        earlier = library.article(citation.article_id)
        assert earlier.text[citation.start : citation.end] == citation.quote
        assert earlier.replaced_by is not None
        assert Assistant(library, "eager").ask("What did Lopez say?").citations[0].quote.startswith("Maria Lopez said")


def test_a_flipped_bit_is_never_quoted(folder: Path) -> None:
    apsw.Connection(str(folder / "l" / "library.db")).execute("UPDATE articles SET text = replace(text, 'Mon', 'Sun')")
    with Library.open(folder / "l", HashEmbedder()) as library:
        with pytest.raises(LibraryFailed, match="the text of article 1 is damaged on the disk"):
            Assistant(library, "eager").ask("What did Kirby say?")
        assert library.check() == ["article 1: its text is not the one that was added; remove it and add it again"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("UPDATE vectors SET passage = x'0000'", "the vectors of one passage don't fit: 1"),
        ("UPDATE vectors SET words = zeroblob(length(words))", "one row of vectors changed since written: 1"),
        ("UPDATE articles SET title = 'Other'", "one row of articles changed since written: 1"),
        ("UPDATE statements SET start = start + 1", "one row of statements changed since written: 1"),
        ("UPDATE speakers SET name = 'Kirbi'", "one row of speakers changed since written"),
        ("UPDATE passages SET sentences = x'0000000001000000'", "one row of passages changed since written: 1"),
        ("DELETE FROM sources", "article 1 has no source"),
        ("UPDATE passages SET change = 999", "rows are newer than the change counter"),
    ],
)
def test_what_does_not_fit_is_told(folder: Path, change: str, problem: str) -> None:
    apsw.Connection(str(folder / "l" / "library.db")).execute(change)
    with Library.open(folder / "l", HashEmbedder()) as library:
        assert any(line.startswith(problem) for line in library.check()), library.check()
        library.search_vectors(library.embedder.embed_question("ferry"), 5)  # one bad vector stops nothing
        if any(derived in change for derived in ("vectors", "statements", "speakers")):
            library.repair()
            assert library.check() == []


def test_a_damaged_word_index_is_made_anew(folder: Path) -> None:
    for path in (folder / "l" / "words").glob("*.term"):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 4
        path.write_bytes(content)
    with Library.open(folder / "l", HashEmbedder()) as library:
        assert "a file of the word index is damaged" in library.check()
        assert found(library, "ferry")
        assert library.check() == []


def test_a_lost_library_is_not_replaced_by_an_empty_one(folder: Path) -> None:
    database = folder / "l" / "library.db"
    database.write_bytes(b"")
    with pytest.raises(LibraryUnusable, match="holds nothing, though a library was there"):
        Library.open(folder / "l", HashEmbedder())
    database.unlink()
    with pytest.raises(LibraryUnusable, match="is missing, though a library was there"):
        Library.open(folder / "l", HashEmbedder())
    assert not database.exists()


def test_an_older_copy_is_noticed_and_searched_as_it_is(folder: Path) -> None:
    shutil.copy(folder / "l" / "library.db", folder / "copy")
    texts = {
        name: f"{name} news\n\nThe {name} came to town and everybody went to see it." for name in ("tram", "plane")
    }
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with Library.open(folder / "l", HashEmbedder()) as library:
        library.add(folder / "tram.txt")
        assert found(library, "tram")
    for path in (folder / "l").glob("library.db*"):
        path.unlink()
    shutil.copy(folder / "copy", folder / "l" / "library.db")
    with Library.open(folder / "l", HashEmbedder()) as library:
        assert not found(library, "tram")
        assert any("which the library's file does not hold" in problem for problem in library.check())
        library.add(folder / "plane.txt")  # it gets the id and the change that the tram had
        assert found(library, "plane") == [texts["plane"].split("\n\n")[1]]
        library.repair()
        assert library.check() == []


def test_other_peoples_files_stay(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(LibraryUnusable, match="holds other files"):
        Library.open(tmp_path / "photos", HashEmbedder())
    (tmp_path / "thesis" / "words").mkdir(parents=True)
    (tmp_path / "thesis" / "words" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(LibraryUnusable):
        Library.open(tmp_path / "thesis", HashEmbedder())
    assert (tmp_path / "thesis" / "words" / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_only_adding_makes_a_library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert index_main(["list", "--library", str(tmp_path / "typo")]) == 1
    assert "there is no library at" in capsys.readouterr().err
    assert not (tmp_path / "typo").exists()


def test_a_backup_of_a_library_in_use_is_a_library(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Library.open(folder / "l", HashEmbedder()) as library:
        library.back_up(folder / "backup.db")
        with pytest.raises(ValueError, match="exists already"):
            library.back_up(folder / "backup.db")
        with pytest.raises(ValueError, match="there is no folder"):
            library.back_up(folder / "none" / "backup.db")
        texts = [article.text for article in library.articles()]
    (folder / "new").mkdir()
    shutil.copy(folder / "backup.db", folder / "new" / "library.db")
    with Library.open(folder / "new", HashEmbedder()) as library:
        assert [article.text for article in library.articles()] == texts
        assert found(library, "ferry")
        assert library.check() == []


def test_another_embedder_by_repair(folder: Path) -> None:
    class Other(HashEmbedder):
        name = "other"

    with pytest.raises(EmbedderMismatch, match="check --repair"):
        Library.open(folder / "l", Other())
    with Library.open(folder / "l", Other(), replace_embedder=True) as library:
        assert library.status().embedded == 0
        library.repair()
        assert library.check() == []
        assert library.status().embedder == "other"


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
        for passage in library.passages_of(article.id):
            assert library.search_vectors(embedder.embed_question(passage.text), 1)[0][0] == passage.id


def test_the_same_words_are_embedded_once(tmp_path: Path) -> None:
    report = [f"Paragraph {' '.join(f'w{number}n{word}' for word in range(60))}." for number in range(3)]
    first, second, third = (tmp_path / f"{name}.txt" for name in ("first", "second", "third"))
    for source in (first, second, third):  # one report in three papers, each with a last word of its own
        source.write_text("\n\n".join(["News", *report, f"Read on in the {source.stem} paper."]), encoding="utf-8")
    with Library.open(tmp_path / "l", Counting()) as library:
        embedder: Counting = library.embedder  # type: ignore[assignment]
        library.add(first)
        [article] = library.articles()
        everything = {passage.text for passage in library.passages_of(article.id)}
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
            for passage in library.passages_of(article.id):
                hits = library.search_vectors(embedder.embed_question(passage.text), 3)
                assert passage.id in [passage_id for passage_id, score in hits if score > 0.99]


def test_a_damaged_vector_is_not_copied(tmp_path: Path) -> None:
    report = [f"Paragraph {' '.join(f'w{number}n{word}' for word in range(60))}." for number in range(3)]
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    for source in (first, second):
        source.write_text("\n\n".join(["News", *report, f"Read on in the {source.stem} paper."]), encoding="utf-8")
    with Library.open(tmp_path / "l", HashEmbedder()) as library:
        library.add(first)
        passages = len(library.passages_of(1))
    file = apsw.Connection(str(tmp_path / "l" / "library.db"))
    file.execute("UPDATE vectors SET passage = CAST(x'ff7b' || substr(passage, 3) AS BLOB)")
    file.close()
    with Library.open(tmp_path / "l", HashEmbedder()) as library:
        library.add(second)
        assert any(f"{passages} rows of vectors changed since written" in problem for problem in library.check())
        library.repair()
        assert library.check() == []
        vector = library.embedder.embed_question(library.passages_of(2)[0].text)
        assert all(score < 1.01 for _, score in library.search_vectors(vector, 9))


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
def test_vectors_are_followed_in_both_precisions(steps: list[str], most_exact: int) -> None:
    with tempfile.TemporaryDirectory() as scratch, Library.open(Path(scratch) / "l", HashEmbedder()) as library:
        database = Database.open(Path(scratch) / "l" / "library.db", "hash")
        index, source = VectorIndex(database, most_exact), Path(scratch) / "0.txt"
        for number, step in enumerate(steps):
            if step == "add":
                source = Path(scratch) / f"{number}.txt"
            if step == "remove" and len(library):
                library.remove(next(iter(library.articles())).id)
            else:
                source.write_text(f"News\n\nThe ferry had {number} cars on board.", encoding="utf-8")
                library.add(source)
            for article in library.articles():
                [passage] = library.passages_of(article.id)
                [(nearest, cosine)] = index.search(library.embedder.embed_question(passage.text), 1)
                assert nearest == passage.id
                assert cosine > 0.5  # hashed vectors have larger components than the 8 bits are made for
            assert len(index.search(library.embedder.embed_question("x"), 100)) == len(library)
        database.close()
