"""A followed folder while the app runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from index import Library
from web.folders import FolderWorker


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until a condition is true; it may take a while on a busy machine."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it didn't happen in a minute"
        time.sleep(0.05)


def article(name: str) -> str:
    return f"{name}\n\nThe ferry to {name} sails again from Monday.\n"


def test_new_and_changed_files_are_added(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    (folder / "deep").mkdir(parents=True)
    (folder / "before.txt").write_text(article("Before"), "utf-8")
    library.follow(folder, wait=False)
    (folder / "meanwhile.txt").write_text(article("Meanwhile"), "utf-8")  # no app is running
    added: list[int] = []
    worker = FolderWorker(library, lambda: added.append(1))
    worker.start(lambda: True)
    try:
        wait_for(lambda: len(library) == 2)
        (folder / "deep" / "new.txt").write_text(article("New"), "utf-8")
        wait_for(lambda: len(library) == 3)
        (folder / "later").mkdir()
        (folder / "later" / "newer.txt").write_text(article("Newer"), "utf-8")
        wait_for(lambda: len(library) == 4)
        (folder / "before.txt").write_text(article("Afterwards"), "utf-8")
        wait_for(lambda: any("Afterwards" in one.text for one in library.articles()))
        assert len(library) == 4
        wait_for(lambda: len(added) >= 4)
    finally:
        worker.stop()


def test_it_is_not_started_if_the_app_is_not_ready(library: Library) -> None:
    worker = FolderWorker(library, lambda: None)
    worker.start(lambda: False)
    worker.stop()
