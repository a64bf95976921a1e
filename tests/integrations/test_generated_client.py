"""A client that is generated from the schema asks, searches and lists."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from index import Embedder
from tests.conftest import Served, serve_library

TOKEN = "a-token-for-generated-clients"


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Served]:
    yield from serve_library(tmp_path_factory.mktemp("generated") / "library", embedder, TOKEN)


@pytest.fixture(scope="module")
def package(closed: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of the generated package."""
    folder = tmp_path_factory.mktemp("client")
    schema = httpx.get(f"{closed.url}/openapi.json", headers={"Authorization": f"Bearer {TOKEN}"}).json()
    (folder / "schema.json").write_text(json.dumps(schema), "utf-8")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
    options = ["--path", "schema.json", "--output-path", "generated_articles"]
    done = subprocess.run([*command, *options], cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
    assert "WARNING" not in done.stdout.replace("Warning(s) encountered", ""), done.stdout
    sys.path.insert(0, str(folder))
    yield "generated_articles"
    sys.path.remove(str(folder))


def call(package: str, operation: str, **arguments: Any) -> Any:
    """Call an operation by its place in the generated package."""
    return importlib.import_module(f"{package}.api.{operation}").sync(**arguments)


def test_it_asks_searches_and_lists(package: str, closed: Served) -> None:
    generated = importlib.import_module(package)
    models = importlib.import_module(f"{package}.models")
    client = generated.AuthenticatedClient(base_url=closed.url, token=TOKEN, raise_on_unexpected_status=True)

    answer = call(package, "questions.ask", client=client, body=models.AskBody(question="What blocked the Suez Canal?"))
    [citation, *_] = answer.citations
    article = call(package, "library.get_article", client=client, article_id=citation.article_id)
    assert article.text[citation.start : citation.end] == citation.quote
    assert "Ever Given" in citation.quote

    hits = call(package, "questions.search", client=client, body=models.SearchBody(query="Suez Canal", k=3))
    assert hits[0].passage.article_id == citation.article_id

    found, cursor = [], None
    while cursor is not None or not found:
        named = {"cursor": cursor} if cursor else {}
        page = call(package, "library.list_articles", client=client, limit=5, **named)
        found += [article.id for article in page.articles]
        cursor = page.next_cursor
    assert len(found) == len(set(found)) == page.total

    wrong = generated.AuthenticatedClient(base_url=closed.url, token="wrong")
    refused = call(package, "library.get_status", client=wrong)
    assert refused.error.code == "unauthorized"
