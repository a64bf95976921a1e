"""Nothing is skipped in silence: a report names what wasn't read, and why."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from index import Library
from index.__main__ import main
from tests.conftest import ROOT
from tests.files import write_zip
from tests.index.ingest.feed_site import FERRY

CASE = ROOT / "tests/data/kinds/folder_skips_silently"
TEXT = "\n\n".join(FERRY)


def test_every_file_of_a_folder_is_told(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    shutil.copytree(CASE, folder)
    report = library.add(folder, wait=False)
    told = {Path(item.source).name for item in [*report.failed, *report.skipped]}
    assert "f.doc" in told
    read = {article.source.rpartition("/")[2] for article in library.articles()}
    assert {path.name for path in folder.iterdir()} - read <= told | {"d.xml"}  # which lists an address
    reasons = {Path(item.source).name: item.reason for item in report.skipped}
    assert reasons["f.doc"] == ".doc files can't be read"


def test_files_of_other_kinds_in_an_archive_are_told(library: Library, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.txt": f"Ferry\n\n{TEXT}".encode(), "b.doc": b"x", ".hidden": b"x"})
    report = library.add(path, wait=False)
    assert (len(report.added), report.failed) == (1, [])
    assert [item.reason for item in report.skipped] == ["b.doc: .doc files can't be read"]


def test_keys_are_named_once_in_a_run(library: Library, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(f"---\ntags: [x]\nmood: {name}\n---\n{TEXT} {name}\n")
    (tmp_path / "c.jsonl").write_text(json.dumps({"text": TEXT, "tags": "x", "rank": 1}))
    report = library.add(*(tmp_path / name for name in ("a.md", "b.md", "c.jsonl")), wait=False)
    assert [(Path(item.source).name, item.reason.rpartition(": ")[2]) for item in report.skipped] == [
        ("a.md", "tags, mood"),
        ("c.jsonl", "rank"),
    ]


def test_the_command_line_groups_what_was_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.doc").write_text("x")
    (folder / "a.txt").write_text(f"Ferry\n\n{TEXT}")
    assert main(["add", str(folder), "--library", str(tmp_path / "library")]) == 0
    output = capsys.readouterr()
    assert "1 added, 0 updated, 0 unchanged, 5 skipped" in output.out
    [line] = [line for line in output.err.splitlines() if line.startswith("skipped")]
    assert line.endswith("2.doc and 2 others: .doc files can't be read")
