"""A library that is moved, replaced, damaged or read-only while it is used: nothing is acknowledged that is lost."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest

from bench.durability.stand_ins import HashEmbedder
from index import Library, LibraryFailed, LibraryUnusable
from rag import Assistant
from tests.durability.ferry import SCRAP, found

NOBODY = 65534


def in_new_thread(work: Callable[[], object]) -> object:
    """Call a function in a new thread, which opens the file again; return its result or its exception."""
    results: list[object] = []

    def run() -> None:
        try:
            results.append(work())
        except LibraryFailed as error:
            results.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return results[0]


def move(library: Path) -> None:
    library.rename(library.with_name("moved"))


def delete(library: Path) -> None:
    shutil.rmtree(library)


def replace(library: Path) -> None:
    move(library)
    shutil.copytree(library.with_name("moved"), library)


@pytest.mark.parametrize("lose", [move, delete, replace])
def test_a_library_that_is_lost_while_open_accepts_nothing(folder: Path, lose: Callable[[Path], None]) -> None:
    (folder / "scrap.txt").write_text(SCRAP, encoding="utf-8")
    with Library.open(folder / "l", HashEmbedder()) as library:
        assert found(library, "ferry")
        lose(folder / "l")
        before = sorted(folder.rglob("*"))
        for call in (lambda work: work(), in_new_thread):
            report = call(lambda: library.add(folder / "scrap.txt"))
            assert not report.added
            assert "was moved, deleted or replaced while the library was open" in report.failed[0].reason
        for work in (lambda: library.remove(1), library.catch_up, library.status, lambda: found(library, "ferry")):
            assert isinstance(in_new_thread(work), LibraryFailed)
            with pytest.raises(LibraryFailed, match="was moved, deleted or replaced"):
                work()
        assert sorted(folder.rglob("*")) == before
    if lose is move:
        move_back = folder / "moved"
        move_back.rename(folder / "l")
        with Library.open(folder / "l", HashEmbedder()) as library:
            assert library.add(folder / "scrap.txt").added
            assert library.check() == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE vectors SET word_counts = x'0100'",
        "UPDATE vectors SET word_counts = x'09000900'",
        "UPDATE vectors SET words = x''",
        "UPDATE vectors SET sentences = x'01'",
        "UPDATE vectors SET passage = x'00'",
        "UPDATE passages SET sentences = x'0000000001000000'",
        "UPDATE passages SET sentences = x'00'",
        "UPDATE articles SET text = CAST(x'ff' || substr(text, 2) AS TEXT)",
        "UPDATE articles SET origins = '{'",
        "UPDATE articles SET added = 'Monday'",
        "UPDATE articles SET published = '2022-99-99'",
    ],
)
def test_a_damaged_row_is_named(folder: Path, change: str) -> None:
    apsw.Connection(str(folder / "l" / "library.db")).execute(change)
    with Library.open(folder / "l", HashEmbedder()) as library:
        with pytest.raises(LibraryFailed, match=r"damaged\b.*Checking the library shows"):
            Assistant(library, "eager").ask("When does the ferry to Lundby open?")
        assert library.check()


# Reading only


@contextmanager
def read_only(directory: Path) -> Iterator[None]:
    """Take away the permission to write a directory and its files. The administrator becomes somebody else."""
    paths = [directory, *directory.rglob("*")]
    for parent in directory.parents:
        if parent == Path(tempfile.gettempdir()):
            break
        parent.chmod(0o755)
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    is_root = os.geteuid() == 0
    try:
        if is_root:
            os.seteuid(NOBODY)
        yield
    finally:
        if is_root:
            os.seteuid(0)
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.skipif(os.name != "posix", reason="permissions as on Unix")
@pytest.mark.parametrize("lost", ["", "words"])
def test_a_read_only_library_can_be_read(folder: Path, lost: str) -> None:
    (folder / "scrap.txt").write_text(SCRAP, encoding="utf-8")
    with Library.open(folder / "l", HashEmbedder()) as library:
        Assistant(library, "eager").ask("What did Kirby say?")  # imports what an answer needs
    if lost:
        shutil.rmtree(folder / "l" / lost)
    before = sorted(folder.rglob("*"))
    with read_only(folder / "l"), Library.open(folder / "l", HashEmbedder()) as library:
        assert len(found(library, "ferry")) == 1
        assistant = Assistant(library, "eager")
        assert "would open on Monday" in assistant.ask("What did Kirby say?").text
        assert assistant.search("harbour")
        assert len(assistant.statements("Kirby")) == 1
        assert library.check() == []
        library.catch_up()
        [failure] = library.add(folder / "scrap.txt").failed
        assert "The library is read-only. Nothing was changed." in failure.reason
        with pytest.raises(LibraryFailed, match="read-only"):
            library.remove(1)
        assert in_new_thread(lambda: len(library)) == 1
    assert sorted(folder.rglob("*")) == before
    with Library.open(folder / "l", HashEmbedder()) as library:
        assert library.add(folder / "scrap.txt").added


@pytest.mark.skipif(os.name != "posix", reason="permissions as on Unix")
def test_a_read_only_copy_without_its_latest_changes_is_not_read(folder: Path) -> None:
    (folder / "scrap.txt").write_text(SCRAP, encoding="utf-8")
    with Library.open(folder / "l", HashEmbedder()) as library:
        library.add(folder / "scrap.txt")
        shutil.copytree(folder / "l", folder / "copy", ignore=shutil.ignore_patterns("*-shm"))
    with read_only(folder / "copy"), pytest.raises(LibraryUnusable, match="can't be opened as a library"):
        Library.open(folder / "copy", HashEmbedder())
    with Library.open(folder / "copy", HashEmbedder()) as library:
        assert len(library) == 2
