"""The documentation matches the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from index import Article, Hit, Library, Report, Statement
from index.__main__ import main as index_main
from index.ingest.load import MAX_TEXT
from index.readers import FILE_KINDS
from index.readers.archives.webarchive import MAX_WEBARCHIVE_BYTES
from index.readers.base import MAX_FILE_BYTES, ListEntry
from index.readers.data.json_files import MAX_JSON_BYTES
from index.readers.mail.messages import MAX_MAILBOX_BYTES
from index.readers.markup.elements import MAX_XML_BYTES
from index.readers.pdf import MAX_PAGES
from index.readers.zip_limits import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED_BYTES
from index.settings import Settings
from rag import Answer, Assistant, Citation
from rag.__main__ import main as rag_main
from tests.conftest import ROOT

PACKAGES = ("index", "rag", "web")
TEXTS = [
    *sorted(ROOT.glob("*.md")),
    *(path for folder in ("docs", "bench", "examples") for path in sorted((ROOT / folder).rglob("*.md"))),
]
CODE = [
    *sorted(ROOT.glob("*.py")),
    *(path for folder in (*PACKAGES, "tests", "bench") for path in sorted((ROOT / folder).rglob("*.py"))),
]
# Words of a dialect that the project has left behind. The brackets keep this file from matching itself.
DIALECT = re.compile(
    r"\b(?:a[n]ew|tell[s]? (?:what|how|why|whether)|i[s] told|in the orde[r] of time|nobod[y] thought of"
    r"|to d[o] it twice)\b",
    re.IGNORECASE,
)
# The types of the names in the examples.
TYPES = {
    "library": Library,
    "assistant": Assistant,
    "answer": Answer,
    "article": Article,
    "citation": Citation,
    "report": Report,
    "hits[0]": Hit,
    "statements[0]": Statement,
}


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def table_cells(name: str, first: str) -> list[str]:
    """The cells of the only table row of a page whose first cell is `first`."""
    [row] = [line for line in read(name).splitlines() if line.startswith(f"| {first} |")]
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_every_setting_is_documented_with_its_default_and_what_is_allowed() -> None:
    names = re.findall(r"^\| `(\w+)`", read("docs/settings.md"), re.MULTILINE)
    assert sorted(names) == sorted(f"ARTICLES_{name.upper()}" for name in Settings.model_fields)
    for name, setting in Settings.model_fields.items():
        _, default, meaning = table_cells("docs/settings.md", f"`ARTICLES_{name.upper()}`")
        assert default == (f"`{setting.default}`" if setting.default != "" else "")
        schema = Settings.model_json_schema()["properties"][name]
        for allowed in (*schema.get("enum", ()), *(schema[end] for end in ("minimum", "maximum") if end in schema)):
            assert re.search(rf"\b{allowed}\b", meaning), f"{name}: {allowed}"


def test_every_kind_of_file_is_documented() -> None:
    rows = re.findall(r"^\| (`\.\w+`(?: `\.\w+`)*) \|", read("docs/formats.md"), re.MULTILINE)
    assert sorted(re.findall(r"\.\w+", " ".join(rows))) == sorted(FILE_KINDS)


def test_limits_are_documented() -> None:
    formats = re.sub(r"\s+", " ", read("docs/formats.md"))
    for limit in (
        f"A file may be up to {MAX_FILE_BYTES / 1e6:.0f} MB",
        f"`.mbox` file may be up to {MAX_MAILBOX_BYTES / 1e6:.0f} MB",
        f"`.pdf` file may have up to {MAX_PAGES:,} pages",
        f"up to {MAX_MEMBERS:,} files and unpack to {MAX_UNPACKED_BYTES / 1e6:.0f} MB",
        f"feed or sitemap lists, up to {ListEntry.MAX_PER_LIST:,}.",
        f"up to {ListEntry.MAX_PER_LIST:,} of a file",
        f"`.json` file may be up to {MAX_JSON_BYTES / 1e6:.0f} MB",
        f"`.xml` or `.enex` file {MAX_XML_BYTES / 1e6:.0f} MB",
        f"`.webarchive` {MAX_WEBARCHIVE_BYTES / 1e6:.0f} MB",
        f"`.warc` or `.wacz` file {MAX_UNPACKED_BYTES / 1e6:.0f} MB",
        f"`.gz` file may unpack to {MAX_UNPACKED_BYTES / 1e6:.0f} MB and {MAX_RATIO} times its size",
        "two million characters",
    ):
        assert limit in formats
    assert MAX_TEXT == 2_000_000


def test_every_route_is_documented() -> None:
    from web.api.app import build_api

    unused = cast("Any", SimpleNamespace(writer=None, reader=None, jobs=None))
    routes = {
        f"{method.upper()} {path}"
        for path, methods in build_api(unused, unused, unused).openapi()["paths"].items()
        for method in methods
    }
    assert routes
    assert set(re.findall(r"^\| `([A-Z]+ /[^`]*)` \|", read("docs/http-api.md"), re.MULTILINE)) == routes


def test_limits_of_requests_are_documented() -> None:
    from web import limits

    text = re.sub(r"\s+", " ", read("docs/http-api.md"))
    for limit in (
        f"JSON body | {limits.MAX_BODY_BYTES // 1000} KB |",
        f"{limits.MAX_UPLOAD_BYTES // 10**6} MB, with a pause of at most {limits.BODY_IDLE_SECONDS:.0f} s",
        f"after {limits.BODY_GRACE_SECONDS:.0f} s, at least {limits.MIN_BODY_BYTES_PER_SECOND // 1000} KB a second",
        f"questions and searches | {limits.ASKING.at_once} at once, {limits.ASKING.waiting} waiting; of one client"
        f" {limits.ASKING.per_client}, and {limits.ASKING.per_minute:,} a minute",
        f"other API requests | {limits.READING.at_once} at once, {limits.READING.waiting} waiting;"
        f" of one client {limits.READING.per_client} |",
        f"texts to embed in a request | {limits.MAX_EMBEDDED_AT_ONCE}; one request at once,"
        f" {limits.EMBEDDING.waiting} waiting, of one client {limits.EMBEDDING.per_client} |",
        f"running or waiting | {limits.MAX_WAITING_UPLOADS}; of one client {limits.UPLOADING.per_client} |",
        f"jobs waiting | {limits.MAX_WAITING_JOBS} |",
        f"failures in a report | {limits.MAX_FAILURES_IN_REPORT};",
        f"skipped sources in a report | {limits.MAX_SKIPPED_IN_REPORT};",
        f"sessions | {limits.MAX_SESSIONS:,}, each for {limits.SESSION_SECONDS // 86_400} days",
        f"connections | {limits.MAX_CONNECTIONS}; of one client {limits.MAX_CONNECTIONS_PER_CLIENT} |",
        f"request line and headers | {limits.HEAD_SECONDS:.0f} s |",
        f"reads nothing | {limits.WRITE_SECONDS:.0f} s |",
    ):
        assert limit in text
    assert limits.LOGIN_TRIES == ((5, 60), (20, 3600))
    assert limits.STOP_SECONDS < 10


def test_every_command_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    commands = {"changes", "mcp", "serve", "token", "watch"}
    for main in (index_main, rag_main):
        with pytest.raises(SystemExit):
            main(["--help"])
        found = re.findall(r"^ {4}([a-z]+)(?: |$)", capsys.readouterr().out, re.MULTILINE)
        assert len(found) > 3
        commands.update(found)
    assert set(re.findall(r"^\| `([a-z]+)[^`]*` \|", read("docs/usage.md"), re.MULTILINE)) == commands


def test_the_code_map_names_every_folder_and_no_missing_module() -> None:
    rows = dict(re.findall(r"^\| `((?:index|rag|web)/[\w/]*)` \| (.*) \|$", read("docs/architecture.md"), re.MULTILINE))
    folders = {path.parent for package in PACKAGES for path in (ROOT / package).rglob("*.py")}
    assert set(rows) == {f"{folder.relative_to(ROOT).as_posix()}/" for folder in folders} - {
        "index/storage/migrations/"
    }
    for folder, contents in rows.items():
        for module in re.findall(r"`(\w+\.(?:py|sql))`", contents):
            assert (ROOT / folder / module).is_file(), f"{folder}{module}"


def test_what_the_architecture_locates_is_there() -> None:
    rows = re.findall(r"^\| .* \| `([\w/]+\.py)` \| `([\w.]+)` \|$", read("docs/architecture.md"), re.MULTILINE)
    assert len(rows) >= 6
    for path, name in rows:
        assert name in definitions(ROOT / path), f"{path}: {name}"


def definitions(path: Path) -> Iterator[str]:
    """The functions and classes of a module, and the methods of these."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            yield from (f"{node.name}.{part.name}" for part in node.body if isinstance(part, ast.FunctionDef))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_and_paths_lead_somewhere(path: Path) -> None:
    text = without_code(path.read_text("utf-8"))
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        file, _, anchor = target.partition("#")
        linked = (path.parent / file).resolve() if file else path
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), target
    for name in re.findall(r"`((?:index|rag|web|tests|bench|docs)/[\w./-]+\.\w+)`", text):
        assert (ROOT / name).exists(), name


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", without_code(path.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_is_short() -> None:
    assert len(read("README.md").splitlines()) <= 120


@pytest.mark.parametrize("name", ["README.md", "docs/usage.md", "docs/written-answers.md"])
def test_python_examples_name_what_exists(name: str) -> None:
    examples = re.findall(r"^```python\n(.*?)^```", read(name), re.MULTILINE | re.DOTALL)
    assert examples
    for example in examples:
        tree = ast.parse(example)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and (owner := TYPES.get(ast.unparse(node.value))):
                assert hasattr(owner, node.attr), f"{owner.__name__}.{node.attr}"
        for node in tree.body:  # only the imports run
            if isinstance(node, ast.Import | ast.ImportFrom):
                exec(ast.unparse(node), {})


@pytest.mark.parametrize("pages", [[*TEXTS, *ROOT.glob("*.txt")]], ids=["pages"])
def test_no_traces_of_a_machine(pages: list[Path]) -> None:
    for path in pages:
        assert not re.search(r"/(?:home|root|work|tmp)/", path.read_text("utf-8")), path


def test_the_dialect_does_not_come_back() -> None:
    assert len(CODE) > 100
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in (*TEXTS, *CODE)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if DIALECT.search(line)
    ]
    assert not found, "\n".join(found)
