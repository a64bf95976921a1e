from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from web.state import StateFailed, StateFile

FIRST = "CREATE TABLE notes (text TEXT NOT NULL) STRICT"
SECOND = "ALTER TABLE notes ADD COLUMN day TEXT"


def _add(file: StateFile, text: str) -> None:
    with file.write() as connection:
        connection.execute("INSERT INTO notes (text) VALUES (?)", (text,))


def _add_half(file: StateFile) -> None:
    with file.write() as connection:
        connection.execute("INSERT INTO notes VALUES ('half')")
        raise TypeError


def test_keeps_rows_over_a_reopening(tmp_path: Path) -> None:
    file = StateFile(tmp_path / "notes.db", [FIRST])
    _add(file, "one")
    file.close()
    assert file.rows("SELECT text FROM notes") == [("one",)]
    assert (tmp_path / "notes.db").stat().st_mode & 0o777 == 0o600


def test_migrates_once(tmp_path: Path) -> None:
    old = StateFile(tmp_path / "notes.db", [FIRST])
    _add(old, "one")
    old.close()
    for _ in range(2):
        new = StateFile(tmp_path / "notes.db", [FIRST, SECOND])
        assert new.rows("SELECT text, day FROM notes") == [("one", None)]
        new.close()


def test_refuses_a_file_of_a_newer_program_and_leaves_it(tmp_path: Path) -> None:
    new = StateFile(tmp_path / "notes.db", [FIRST, SECOND])
    _add(new, "one")
    new.close()
    with pytest.raises(StateFailed, match=r"version 2.*up to 1"):
        StateFile(tmp_path / "notes.db", [FIRST]).rows("SELECT 1")
    assert new.rows("SELECT text FROM notes") == [("one",)]


def test_an_error_undoes_the_transaction(tmp_path: Path) -> None:
    file = StateFile(tmp_path / "notes.db", [FIRST])
    with pytest.raises(TypeError):
        _add_half(file)
    assert file.rows("SELECT * FROM notes") == []


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_bytes(b"not a database" * 100)
    with pytest.raises(StateFailed, match=r"notes\.db can't be used"):
        StateFile(tmp_path / "notes.db", [FIRST]).rows("SELECT 1")


def test_what_is_committed_survives_a_kill(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from web.state import StateFile\n"
        f"file = StateFile(Path(sys.argv[1]), [{FIRST!r}])\n"
        "with file.write() as connection: connection.execute(\"INSERT INTO notes VALUES ('kept')\")\n"
        "context = file.write(); connection = context.__enter__()\n"
        "connection.execute(\"INSERT INTO notes VALUES ('open')\"); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "notes.db")], check=False)
    assert done.returncode == -9
    assert StateFile(tmp_path / "notes.db", [FIRST]).rows("SELECT text FROM notes") == [("kept",)]
