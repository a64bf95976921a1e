"""What the tests share: the real model, loaded once, and a library of the sample articles."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"  # two threads wait for each other where others use the machine too: 25 or 350 ms
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import pytest
from starlette.types import ASGIApp

from index import Embedder, Fetcher, Library
from index.embedding.embedder import SentenceTransformerEmbedder
from rag import Answer, Assistant, LanguageModel, Turn, Writer
from tests.model_server import Model, serving_model
from tests.writing import KEY, PATIENCE, QUESTION, check

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "articles"


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return SentenceTransformerEmbedder.load()


@pytest.fixture
def library(tmp_path: Path, embedder: Embedder) -> Iterator[Library]:
    """An empty library."""
    with Library.open(tmp_path / "library", embedder) as library:
        yield library


@pytest.fixture(scope="session")
def samples(embedder: Embedder) -> Iterator[Library]:
    """The sample articles; not to be changed."""
    with TemporaryDirectory() as folder:
        copy_samples(Path(folder) / "library", embedder)
        with Library.open(Path(folder) / "library", embedder) as library:
            yield library


@cache
def _prepared(embedder: Embedder) -> TemporaryDirectory[str]:
    """A library of the sample articles, made once."""
    folder = TemporaryDirectory()
    with Library.open(Path(folder.name) / "library", embedder) as library:
        report = library.add(EXAMPLES)
        assert not report.failed
    return folder


def copy_samples(directory: Path, embedder: Embedder) -> None:
    """Make a library of the sample articles: a copy, because adding them takes seconds."""
    shutil.copytree(Path(_prepared(embedder).name) / "library", directory)


@pytest.fixture(scope="session")
def assistant(samples: Library) -> Assistant:
    return Assistant(samples)


@pytest.fixture
def model() -> Iterator[Model]:
    """A server that speaks as a language model's does."""
    with serving_model() as model:
        yield model


@pytest.fixture
def ask(samples: Library, model: Model) -> Callable[..., Answer]:
    """Asks in mode "written", with a configurable language model."""

    def ask(question: str = QUESTION, *history: Turn, unfounded: Any = "strike", **options: Any) -> Answer:
        generator = LanguageModel(options.pop("url", model.url), "test", KEY, options.pop("window", 8_192))
        writer = Writer(samples, generator, options.pop("seconds", PATIENCE), unfounded)
        writer.prepare()
        return check(samples, Assistant(samples, writer=writer).ask(question, history, mode="written"))

    return ask


@dataclass(frozen=True)
class Served:
    """A running app and the library behind it."""

    url: str
    library: Library


def serve(app: ASGIApp) -> Iterator[str]:
    """Run an app in a real server on a free port; yields its address."""
    import uvicorn

    from web.transport import server_config

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(server_config(app, "127.0.0.1", port))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


def serve_library(
    directory: Path,
    embedder: Embedder,
    token: str = "",
    fetcher: Fetcher | None = None,
    update_minutes: float = 0,
    writer: Callable[[Library], Writer] | None = None,
) -> Iterator[Served]:
    """The whole app over a new library with the sample articles."""
    from web.background import Background
    from web.server import build_server

    copy_samples(directory, embedder)
    with Library.open(directory, embedder, fetcher=fetcher) as library:
        words = writer(library) if writer else None
        background = Background(library, words.prepare if words else None, update_minutes)
        background.start()
        assert background.wait_until_ready()
        for url in serve(build_server(library, background, token, writer=words)):
            yield Served(url, library)
        background.stop()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Served]:
    yield from serve_library(tmp_path_factory.mktemp("served") / "library", embedder)
