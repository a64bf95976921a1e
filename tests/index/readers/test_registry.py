"""The kinds of files: how they are recognized, and that their readers exist."""

from __future__ import annotations

import subprocess
import sys

import pytest

from index import SourceError
from index.readers import FILE_KINDS, FileKind
from tests.conftest import ROOT

# Large, and used by the sandbox process only.
PARSERS = (
    *("lxml", "trafilatura", "readability", "feedparser", "mammoth", "odfdo", "pypdfium2", "markdown_it", "yaml"),
    *("python_calamine", "warcio", "webvtt"),
)


@pytest.mark.parametrize("suffix", FILE_KINDS)
def test_every_kind_has_a_reader_and_a_description(suffix: str) -> None:
    kind = FileKind.of(f"a{suffix.upper()}")
    assert callable(kind.load_reader())
    assert kind.description
    assert suffix in kind.suffixes


@pytest.mark.parametrize(("name", "subject"), [("a.png", ".png files"), ("README", "files without an extension")])
def test_unsupported_kinds_are_named_with_the_supported_ones(name: str, subject: str) -> None:
    with pytest.raises(SourceError) as raised:
        FileKind.of(name)
    assert str(raised.value).startswith(f"{subject} can't be read; supported are .txt, .md, ")
    assert all(suffix in str(raised.value) for suffix in FILE_KINDS)


def test_media_types() -> None:
    kind = FileKind.of_media_type("application/xhtml+xml")
    assert kind is not None
    assert kind.suffixes[0] == ".html"
    assert FileKind.of_media_type("image/png") is None


def test_the_main_process_loads_no_parsers() -> None:
    code = f"import sys, index; print(*(name for name in {PARSERS!r} if name in sys.modules))"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert loaded.split() == []
