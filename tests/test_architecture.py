"""The architecture: imports follow the data flow, folders are entered by their doors, files and folders stay small."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

# Each tier may import from those above it, never from its own or below. A folder is named by its path, a module of a
# package's root by "package.module".
TIERS = (
    {"index.records", "index.errors"},
    {"index.text", "index.workers", "index.published"},
    {"index.cleaning", "index.exports"},
    {"index.chunking", "index.embedding", "index.readers", "index.fetch"},
    {"index.settings", "index.statements", "index.storage"},
    {"index.search", "index.ingest"},
    {"index.check"},
    {"index.library"},
    {"index"},
    {"index.cli"},
    {"index.commands"},
    {"index.__main__"},
    {"rag.answer", "rag.errors"},
    {"rag.grammar", "rag.knowledge"},
    {"rag.question"},
    {"rag.counts", "rag.retrieval", "rag.reading", "rag.verification"},
    {"rag.quotes"},
    {"rag.export"},
    {"rag.generation"},
    {"rag.config", "rag.assistant"},
    {"rag"},
    {"rag.integrations"},
    {"rag.__main__"},
    {"web.clients", "web.limits", "web.messages", "web.rates", "web.refusals", "web.state", "web.threads"},
    {"web.access"},
    {"web.answer_articles", "web.jobs", "web.lanes", "web.monitoring"}
    | {"web.log_filter", "web.starting", "web.transport", "web.uploads"},
    {"web.folders", "web.watches"},
    {"web.background", "web.conversations", "web.guard"},
    {"web.plain_text"},
    {"web.api"},
    {"web.mcp", "web.openai"},
    {"web.ui"},
    {"web.server"},
    {"web"},
    {"web.serve"},
    {"web.cli"},
    {"app"},
)
RANKS = {unit: rank for rank, tier in enumerate(TIERS) for unit in tier}
PACKAGES = ("index", "rag", "web")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
WEB_LIBRARIES = {"gradio", "fastapi", "starlette", "uvicorn"}
STORAGE_LIBRARIES = {"apsw", "sqlite3", "tantivy", "faiss"}
MAX_LINES, MAX_MODULES = 300, 16
MAX_ROOT_MODULES = {"index": 9, "rag": 6, "web": MAX_MODULES}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path): path for path in MODULES}
FOLDERS = {name for name, path in NAMES.items() if path.name == "__init__.py" and "." in name}


def unit_of(module: str) -> str:
    """The folder of a module, or the module itself if it is in the root of a package."""
    folder = ".".join(module.split(".")[:2])
    return folder if folder in FOLDERS or "." not in module else ".".join(module.split(".")[:2])


def imports(source: str, module: str, is_package: bool = False) -> Iterator[tuple[str, str]]:
    """The imports of a module as pairs (module, name); name is "" for `import module`. Lazy ones are included."""
    package = module if is_package else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            target = ".".join(filter(None, [base, node.module]))
            for alias in node.names:
                inner = f"{target}.{alias.name}"
                yield (inner, "") if inner in NAMES else (target, alias.name)


def violations(source: str, module: str, is_package: bool = False) -> list[str]:
    """Imports that go against the data flow, or enter a folder other than by its door."""
    found, own = [], unit_of(module)
    for target, name in imports(source, module, is_package):
        if target.split(".")[0] not in PACKAGES or unit_of(target) == own:
            continue
        if RANKS[unit_of(target)] >= RANKS[own]:
            found.append(f"{module} imports {target}, which comes after it")
        folder, _, module_name = target.rpartition(".")
        is_exported = name in door(target) if target in FOLDERS else folder in FOLDERS and module_name in door(folder)
        if unit_of(target) in FOLDERS and not is_exported:
            found.append(f"{module} imports {name or target} of {unit_of(target)}, not by its door")
    return found


def door(folder: str) -> set[str]:
    """The names in `__all__` of a folder."""
    for node in ast.parse(NAMES[folder].read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


@pytest.mark.parametrize("name", sorted(NAMES))
def test_imports_follow_the_data_flow_and_use_doors(name: str) -> None:
    path = NAMES[name]
    assert violations(path.read_text("utf-8"), name, path.name == "__init__.py") == []
    libraries = {target.split(".")[0] for target, _ in imports(path.read_text("utf-8"), name)}
    if not name.startswith("web"):
        assert not libraries & WEB_LIBRARIES
    if not name.startswith(("index", "web.state")):
        assert not libraries & STORAGE_LIBRARIES


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("index.text.words", "from ..storage import Database"),
        ("index.storage.rows", "from ..ingest.run import IngestRun"),
        ("index.readers.pdf", "from ..cleaning.fields import MAX_TITLE"),
        ("index.embedding.codec", "def f():\n    from ..search import WordIndex"),
        ("rag.question.question", "from ..quotes import Quoter"),
        ("rag.answer", "import web.server"),
        ("rag.retrieval.ranking", "from index.storage.database import Database"),
        ("index.library", "from rag import Assistant"),
    ],
)
def test_a_wrong_import_is_found(module: str, line: str) -> None:
    assert module in NAMES
    assert violations(line, module)


def test_everything_is_checked() -> None:
    assert len(MODULES) > 150
    units = {unit_of(name) for name in NAMES}
    assert units <= RANKS.keys(), "a new folder or root module needs a tier"
    assert RANKS.keys() - units <= {"app"}, "a tier names what doesn't exist"


def test_no_import_circles() -> None:
    graph: dict[str, set[str]] = {}
    for name, path in NAMES.items():
        found = {target for target, _ in imports(path.read_text("utf-8"), name, path.name == "__init__.py")}
        graph[name] = {target for target in found if target in NAMES and target != name}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_files_and_folders_stay_small() -> None:
    long = [name for name, path in NAMES.items() if len(path.read_text("utf-8").splitlines()) > MAX_LINES]
    assert not long
    for folder in {path.parent for path in MODULES}:
        limit = MAX_ROOT_MODULES.get(name_of(folder / "__init__.py"), MAX_MODULES)
        assert len(list(folder.glob("*.py"))) <= limit, folder


@pytest.mark.parametrize("name", sorted(name for name in NAMES if name.startswith("rag")))
def test_rag_opens_no_file(name: str) -> None:
    tree = ast.parse(NAMES[name].read_text("utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not [call for call in calls if isinstance(call, ast.Name) and call.id == "open"]


@pytest.mark.parametrize("name", sorted(NAMES))
def test_only_entry_points_read_the_environment(name: str) -> None:
    # page.py sets what Gradio reads at import; it reads nothing itself.
    if name in ("index.cli", "web.serve", "web.ui.page", "web.ui.gradio.compat") or name.endswith("__main__"):
        return
    tree = ast.parse(NAMES[name].read_text("utf-8"))
    used = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    assert not {"environ", "getenv"} & set(used)


def test_records_import_nothing_of_the_project() -> None:
    assert not [t for t, _ in imports(NAMES["index.records"].read_text("utf-8"), "index.records") if t in NAMES]


PUBLIC = {
    "index": """
        Article ArticleNotFound CollectionNotFound EVERYTHING Embedder EmbedderMismatch Embedding Failure Feed
        FeedNotFound Fetcher FilterError Hit Label Library LibraryError LibraryFailed LibraryMissing LibraryUnusable
        Passage Period Progress Report Selection Settings SettingsError Skipped SourceError Span Speaker
        SpeakerNotFound Statement Status Vector Where
    """,
    "rag": """
        Answer AnswerError Assistant Caution Citation Count Counts DraftQuote DraftSentence Generator GeneratorFailed
        LanguageModel Mode OptionalReader QuestionError Source Turn UncheckedCitation Unsupported Writer
    """,
    "web": "build_server",
}


@pytest.mark.parametrize("package", PACKAGES)
def test_public_names_are_a_promise(package: str) -> None:
    module = __import__(package)
    assert set(module.__all__) == set(PUBLIC[package].split())
    assert all(hasattr(module, name) for name in module.__all__)


LIBRARY = """
    open close add follow unfollow update feeds edit remove restore catch_up pause_catch_up articles count_articles
    article revisions publishers statements speakers status check repair back_up embedder tag untag tags select
    collections
"""


def test_the_library_has_few_methods() -> None:
    from index import Library

    assert {name for name in dir(Library) if not name.startswith("_")} == set(LIBRARY.split())
