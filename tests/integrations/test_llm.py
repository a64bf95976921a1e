"""Programs that people have, against a running app."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Served

QUOTE = "The container ship Ever Given was freed on Monday after blocking the Suez Canal for six days."


@pytest.mark.parametrize("options", [["--no-stream"], []], ids=["whole", "streamed"])
def test_llm_asks_and_follows_up(served: Served, tmp_path: Path, options: list[str]) -> None:
    models = f"- model_id: articles\n  model_name: articles-quotes\n  api_base: {served.url}/v1\n"
    (tmp_path / "extra-openai-models.yaml").write_text(models)
    # No plugins: one that the other tests need would look for a package that isn't installed.
    settings = {"LLM_USER_PATH": str(tmp_path), "LLM_LOAD_PLUGINS": "", "OPENAI_API_KEY": "none"}
    environment = {**os.environ, **settings}

    def llm(*arguments: str) -> str:
        command = [sys.executable, "-m", "llm", *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    text = llm("-m", "articles", *options, "What blocked the Suez Canal?")
    assert QUOTE in text
    assert "- [1] Container ship Ever Given freed after six days in Suez Canal" in text
    llm("-m", "articles", *options, "What did Putin say about the war?")
    assert "Putin" in llm("-c", *options, "What did he say about Patriot missiles?")
