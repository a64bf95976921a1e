"""Code in the documentation, to be run."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout

from tests.conftest import ROOT

ADDRESS, DIRECTORY = "http://127.0.0.1:7860", "my-library"


def code_blocks(page: str, language: str) -> list[str]:
    """The blocks of a language in a page of the documentation."""
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)


def run_python(block: str, **replaced: str) -> str:
    """Run a block in a thread, after replacing words of it. Returns what it prints.

    A block may start an event loop, and this thread has one that runs once Playwright was used.
    """
    for name, word in (("address", ADDRESS), ("directory", DIRECTORY)):
        block = block.replace(word, replaced.get(name, word))
    printed = io.StringIO()
    code = compile(block, "documentation", "exec")
    with redirect_stdout(printed), ThreadPoolExecutor(1) as threads:
        threads.submit(exec, code, {"__name__": "documentation"}).result()
    return printed.getvalue()


def blocks_with(page: str, word: str) -> Iterator[str]:
    """The Python blocks of a page that contain a word."""
    return (block for block in code_blocks(page, "python") if word in block)
