"""docs/integrations.md: what it shows works. `tests/integrations/` runs the blocks for frameworks."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.conftest import Served
from tests.documented import ADDRESS, blocks_with, code_blocks, run_python
from web.cli import main

PAGE = "docs/integrations.md"
QUOTE = "The container ship Ever Given was freed on Monday after blocking the Suez Canal for six days."


def test_openai_s_client(served: Served) -> None:
    [block] = blocks_with(PAGE, "openai")
    printed = run_python(block, address=served.url)
    answer, *citations = printed.rstrip().rsplit("\n", 1)
    assert QUOTE in answer
    assert "Sources:" in answer
    assert citations[0].startswith(QUOTE)


def test_an_assistant_over_http(served: Served) -> None:
    [block] = blocks_with(PAGE, "mcp.client")
    printed = run_python(block, address=served.url)
    assert QUOTE in printed
    assert "'marker': 1" in printed


def test_an_assistant_s_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    """The command of the example exists; it fails only because its library doesn't."""
    [block] = code_blocks(PAGE, "json")
    [server] = json.loads(block)["mcpServers"].values()
    assert server["command"] == "ask-the-articles"
    assert main(server["args"]) == 1
    assert "/path/to/library" in capsys.readouterr().err


def test_curl(served: Served) -> None:
    [block] = code_blocks(PAGE, "sh")
    commands = block.replace("\\\n", " ").replace(ADDRESS, served.url).strip().splitlines()
    assert len(commands) == 3
    for command in commands:
        done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60)
        answer = json.loads(done.stdout)
        assert "error" not in answer, command
