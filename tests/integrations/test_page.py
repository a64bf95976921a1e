"""docs/integrations.md: the blocks for frameworks."""

from __future__ import annotations

import pytest

from index import Library
from tests.documented import blocks_with, run_python

PAGE = "docs/integrations.md"


@pytest.mark.parametrize("framework", ["langchain", "llamaindex", "haystack"])
def test_retrievers(samples: Library, framework: str) -> None:
    [block] = blocks_with(PAGE, f"rag.integrations.{framework}")
    printed = run_python(block, directory=str(samples.directory))
    assert "Container ship Ever Given freed after six days in Suez Canal" in printed
