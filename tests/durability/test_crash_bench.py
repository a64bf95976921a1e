"""A short run of each experiment of bench/durability/crash.py."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize(("part", "rounds"), [("kills", 7), ("full", 3), ("damage", 24), ("together", 4)])
def test_a_small_round_of_the_bench(part: str, rounds: int) -> None:
    command = [sys.executable, "bench/durability/crash.py", part, "--rounds", str(rounds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{part}: ")
