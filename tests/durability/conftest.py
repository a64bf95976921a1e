"""The library of the durability tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.durability.stand_ins import HashEmbedder
from index import Library
from tests.durability.ferry import FERRY, found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a library of one article about a ferry."""
    (tmp_path / "ferry.txt").write_text(FERRY, encoding="utf-8")
    with Library.open(tmp_path / "l", HashEmbedder()) as library:
        library.add(tmp_path / "ferry.txt")
        assert found(library, "ferry")
    return tmp_path
