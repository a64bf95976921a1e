"""The program as an installed package: built, installed and used without the checkout."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES, ROOT

COMMANDS = (
    *("add", "follow", "update", "feeds", "unfollow", "list", "remove", "status", "check", "backup"),
    *("ask", "search", "statements", "speakers", "counts", "watch", "token", "changes", "serve"),
)


def run(*command: str | Path, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "ARTICLES_LIBRARY")}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The console script in a fresh environment that has the wheel and, by a path file, this one's dependencies."""
    folder = tmp_path_factory.mktemp("package")
    # From a copy: a build leaves files behind, which would get into the next wheel.
    shutil.copytree(ROOT, folder / "source", ignore=shutil.ignore_patterns(".*", "build", "*.egg-info", "__pycache__"))
    source = folder / "source"
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder / "dist", source, cwd=folder)
    [wheel] = (folder / "dist").glob("*.whl")
    run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", wheel, cwd=folder)
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    (Path(own) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    check = [python, "-m", "pip", "check"]  # problems of other packages do not matter here
    assert "ask-the-articles" not in subprocess.run(check, capture_output=True, text=True, check=False).stdout
    imported = run(python, "-c", "import index, rag; print(index.__file__, rag.__file__)", cwd=folder)
    assert all(path.startswith(own) for path in imported.split())
    return python.with_name("ask-the-articles")


def test_a_question_is_answered_by_the_script(script: Path, tmp_path: Path) -> None:
    library = ["--library", str(tmp_path / "library")]
    (tmp_path / "page.html").write_text(  # read in a process of its own, which has to find its modules too
        "<html><head><title>Bridge opens</title></head><body><article>"
        + "<p>The bridge over the fjord opened to cyclists on Monday, and the mayor was glad about it.</p>" * 5
        + "</article></body></html>",
        "utf-8",
    )
    report = json.loads(run(script, "add", EXAMPLES, "page.html", *library, "--json", cwd=tmp_path))
    assert len(report["added"]) == 13
    assert report["failed"] == []
    answer = json.loads(run(script, "ask", "What did Kirby say?", *library, "--json", cwd=tmp_path))
    assert not answer["abstained"]
    assert all("Kirby" in answer["text"] and citation["quote"] for citation in answer["citations"])
    assert run(script, "status", *library, cwd=tmp_path).startswith("articles")


def test_the_reader_is_in_the_wheel(script: Path, tmp_path: Path) -> None:
    program = "from rag.reading import load_reader; print(load_reader().read('Who left?', ['Ann left.'])[0].answerable)"
    assert 0 < float(run(script.with_name("python"), "-c", program, cwd=tmp_path)) < 1


def test_the_script_lists_all_commands(script: Path, tmp_path: Path) -> None:
    text = run(script, "--help", cwd=tmp_path)
    for command in COMMANDS:
        assert re.search(rf"\n    {command}\s", text)
