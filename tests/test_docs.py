"""Docs that can't drift."""

import re
from dataclasses import fields

from index.ingest.load import MAX_TEXT
from index.readers.base import MAX_FILE_BYTES
from index.readers.registry import is_supported
from index.settings import Settings
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def test_every_setting_is_in_the_readme_with_its_default() -> None:
    for setting in fields(Settings):
        [row] = [line for line in README.splitlines() if line.startswith(f"| `ARTICLES_{setting.name.upper()}`")]
        assert str(setting.default) in row


def test_settings_come_from_the_environment() -> None:
    settings = Settings.from_environment({"ARTICLES_PORT": "99", "ARTICLES_HOST": " ", "OTHER": "x"})
    assert settings == Settings(port="99")


def test_kinds_and_limits_are_as_said() -> None:
    for kind in re.findall(r"^\| `(\.\w+)` \|", README, re.MULTILINE):
        assert is_supported(f"a{kind}")
    assert f"{MAX_FILE_BYTES / 1e6:.0f} MB" in README
    assert MAX_TEXT == 2_000_000
    assert "two million characters" in README


def test_every_module_is_in_the_code_map() -> None:
    for package in ("index", "rag", "web"):
        for path in (ROOT / package).rglob("*.py"):
            if path.name not in ("__init__.py", "__main__.py"):
                assert f"{path.name}`" in ARCHITECTURE, path


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_no_traces_of_a_machine() -> None:
    paths = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md"), *ROOT.glob("*.txt")]
    for path in paths:
        assert not re.search(r"/(?:home|root|work|tmp)/", path.read_text("utf-8")), path
