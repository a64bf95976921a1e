"""Limits of a whole file: reading stops after a while, or when asked, and what was read is kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.durability.stand_ins import HashEmbedder
from index import Library
from tests.files import PAGE, TEXT, write_epub, write_zip

SLOW = "![" * 6_000  # Markdown that takes about a second; the text after it makes articles distinct
MANY = 500


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "warm.md").write_text(f"# Ferry\n\n{TEXT}", encoding="utf-8")
    with Library.open(tmp_path / "library", HashEmbedder()) as library:
        assert library.add(tmp_path / "warm.md", wait=False).added  # starts the reading process
        yield library


def slow_zip(path: Path) -> Path:
    return write_zip(path, {f"{number}.md": f"{number} {TEXT}\n\n{SLOW}" for number in range(MANY)})


def slow_epub(path: Path) -> Path:
    return write_epub(path, tuple(PAGE.replace("The new", f"{number} " * 9_000) for number in range(MANY)))


@pytest.mark.parametrize("write", [slow_zip, slow_epub])
def test_what_was_read_of_a_slow_file_is_kept(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], Path]
) -> None:
    monkeypatch.setattr("index.readers.sandbox.MAX_FILE_SECONDS", 2.0)
    file = write(tmp_path / f"a.{write.__name__.removeprefix('slow_')}")
    report = library.add(file, wait=False)
    [failure] = report.failed
    assert report.added
    assert len(report.added) < MANY
    assert failure.source == str(file)
    count = "1 article was" if len(report.added) == 1 else f"{len(report.added)} articles were"
    assert f"longer than 2 seconds in all; {count} read, the last from " in failure.reason
    assert failure.reason.endswith("; add the file again to continue, or split it")


def blank_lines(folder: Path) -> Path:
    (folder / "a.jsonl").write_bytes(b"\n" * 100_000_000)
    return folder / "a.jsonl"


def many_lines(folder: Path) -> Path:
    (folder / "a.jsonl").write_text("\n".join(f'{{"text": "{n} {TEXT[:80]}"}}' for n in range(100_000)))
    return folder / "a.jsonl"


def many_files(folder: Path) -> Path:
    return slow_zip(folder / "a.zip")


def one_slow_text(folder: Path) -> Path:
    (folder / "a.md").write_text("![" * 300_000, encoding="utf-8")  # takes minutes
    return folder / "a.md"


@pytest.mark.parametrize("write", [blank_lines, many_lines, many_files, one_slow_text])
def test_reading_stops_when_asked_in_the_middle_of_a_file(
    library: Library, tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    file, stop = write(tmp_path), threading.Event()
    asked: list[float] = []
    threading.Timer(1.0, lambda: (asked.append(time.monotonic()), stop.set())).start()
    report = library.add(file, stop=stop)
    assert time.monotonic() - asked[0] < 2
    assert not report.failed
    assert len(library) == 1 + len(report.added)
