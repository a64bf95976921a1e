"""Damage is detected and reported, and nothing of others is overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import apsw
import pytest

from bench.durability.stand_ins import HashEmbedder
from index import EmbedderMismatch, Library, LibraryFailed, LibraryUnusable
from index.__main__ import main as index_main
from rag import Assistant
from tests.durability.ferry import found


def test_a_flipped_bit_is_never_quoted(folder: Path) -> None:
    apsw.Connection(str(folder / "l" / "library.db")).execute("UPDATE articles SET text = replace(text, 'Mon', 'Sun')")
    with Library.open(folder / "l", HashEmbedder()) as library:
        with pytest.raises(LibraryFailed, match="article 1"):
            Assistant(library, "eager").ask("What did Kirby say?")
        assert library.check() == ["Article 1: its text is damaged. Remove the article and add it again."]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("UPDATE vectors SET passage = x'0000'", "The vectors of 1 passage are inconsistent: 1"),
        ("UPDATE vectors SET words = zeroblob(length(words))", "1 row of vectors changed since written: 1"),
        ("UPDATE articles SET title = 'Other'", "1 row of articles changed since written: 1"),
        ("UPDATE statements SET start = start + 1", "1 row of statements changed since written: 1"),
        ("UPDATE speakers SET name = 'Kirbi'", "1 row of speakers changed since written"),
        ("UPDATE passages SET sentences = x'0000000001000000'", "1 row of passages changed since written: 1"),
        ("DELETE FROM sources", "Article 1 has no source"),
        ("UPDATE passages SET change = 999", "Some rows are newer than the change counter"),
    ],
)
def test_inconsistencies_are_reported(folder: Path, change: str, problem: str) -> None:
    apsw.Connection(str(folder / "l" / "library.db")).execute(change)
    with Library.open(folder / "l", HashEmbedder()) as library:
        assert any(line.startswith(problem) for line in library.check()), library.check()
        library.passages.by_vector(library.embedder.embed_question("ferry"), 5)  # one bad vector stops nothing
        if any(derived in change for derived in ("vectors", "statements", "speakers")):
            library.repair()
            assert library.check() == []


def test_a_damaged_word_index_is_rebuilt(folder: Path) -> None:
    for path in (folder / "l" / "words").glob("*.term"):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 4
        path.write_bytes(content)
    with Library.open(folder / "l", HashEmbedder()) as library:
        assert "A file of the word index is damaged." in library.check()
        assert found(library, "ferry")
        assert library.check() == []


def test_a_lost_library_is_not_replaced_by_an_empty_one(folder: Path) -> None:
    database = folder / "l" / "library.db"
    database.write_bytes(b"")
    with pytest.raises(LibraryUnusable, match="is empty, but the directory contained a library"):
        Library.open(folder / "l", HashEmbedder())
    database.unlink()
    with pytest.raises(LibraryUnusable, match="is missing, but the directory contained a library"):
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
        assert any("which the library's file doesn't" in problem for problem in library.check())
        library.add(folder / "plane.txt")  # it gets the id and the change that the tram had
        assert found(library, "plane") == [texts["plane"].split("\n\n")[1]]
        library.repair()
        assert library.check() == []


def test_other_peoples_files_stay(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(LibraryUnusable, match="contains other files"):
        Library.open(tmp_path / "photos", HashEmbedder())
    (tmp_path / "thesis" / "words").mkdir(parents=True)
    (tmp_path / "thesis" / "words" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(LibraryUnusable):
        Library.open(tmp_path / "thesis", HashEmbedder())
    assert (tmp_path / "thesis" / "words" / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_only_adding_makes_a_library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert index_main(["list", "--library", str(tmp_path / "typo")]) == 1
    error = capsys.readouterr().err
    assert "There is no library at" in error
    assert "--library DIR" in error
    assert not (tmp_path / "typo").exists()


def test_a_backup_of_a_library_in_use_is_a_library(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Library.open(folder / "l", HashEmbedder()) as library:
        library.back_up(folder / "backup.db")
        with pytest.raises(ValueError, match="already exists"):
            library.back_up(folder / "backup.db")
        with pytest.raises(ValueError, match="doesn't exist"):
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

    with pytest.raises(EmbedderMismatch, match=r"'hash'.*'other'.*re-embed"):
        Library.open(folder / "l", Other())
    with Library.open(folder / "l", Other(), replace_embedder=True) as library:
        assert library.status().embedded == 0
        library.repair()
        assert library.check() == []
        assert library.status().embedder == "other"


def test_a_damaged_vector_is_not_copied(tmp_path: Path) -> None:
    report = [f"Paragraph {' '.join(f'w{number}n{word}' for word in range(60))}." for number in range(3)]
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    for source in (first, second):
        source.write_text("\n\n".join(["News", *report, f"Read on in the {source.stem} paper."]), encoding="utf-8")
    with Library.open(tmp_path / "l", HashEmbedder()) as library:
        library.add(first)
        passages = len(library.passages.of_article(1))
    file = apsw.Connection(str(tmp_path / "l" / "library.db"))
    file.execute("UPDATE vectors SET passage = CAST(x'ff7b' || substr(passage, 3) AS BLOB)")
    file.close()
    with Library.open(tmp_path / "l", HashEmbedder()) as library:
        library.add(second)
        assert any(f"{passages} rows of vectors changed since written" in problem for problem in library.check())
        library.repair()
        assert library.check() == []
        vector = library.embedder.embed_question(library.passages.of_article(2)[0].text)
        assert all(score < 1.01 for _, score in library.passages.by_vector(vector, 9))
