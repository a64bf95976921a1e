"""The way of the data: imports go from index to rag to web to app.py, never back."""

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

LAYERS = ("index", "rag", "web", "app")
WEB_LIBRARIES = {"gradio", "fastapi", "starlette", "uvicorn"}
STORAGE_LIBRARIES = {"apsw", "sqlite3", "tantivy", "faiss"}
MODULES = sorted(path for layer in LAYERS[:3] for path in (ROOT / layer).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Top-level names of all modules that a file imports, relative imports left out."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_imports_go_one_way(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0]
    later = set(LAYERS[LAYERS.index(layer) + 1 :])
    assert not imported(path) & later
    if layer != "web":
        assert not imported(path) & WEB_LIBRARIES
    if layer != "index":
        assert not imported(path) & STORAGE_LIBRARIES


@pytest.mark.parametrize("path", sorted((ROOT / "rag").glob("*.py")), ids=lambda path: path.name)
def test_rag_opens_no_file(path: Path) -> None:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    assert not [call for call in calls if isinstance(call, ast.Name) and call.id == "open"]


def test_records_import_nothing_of_the_project() -> None:
    tree = ast.parse((ROOT / "index" / "records.py").read_text("utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_only_entry_points_read_the_environment(path: Path) -> None:
    if path.name in ("__main__.py", "cli.py"):
        return
    reads = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv") and isinstance(node.ctx, ast.Load)
    ]
    # web/page.py sets what Gradio reads at import; it reads nothing.
    assert not reads or path.name == "page.py"


def test_public_names_are_a_promise() -> None:
    import index
    import rag

    assert {"Library", "Article", "Passage", "Hit", "Statement", "Report", "Failure", "Status"} <= set(index.__all__)
    assert {"Assistant", "Answer", "Citation", "Turn", "QuestionError"} <= set(rag.__all__)
    for module in (index, rag):
        assert all(hasattr(module, name) for name in module.__all__)
