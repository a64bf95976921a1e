"""What programs rely on: names of operations, the declared token, and cursors."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from starlette.testclient import TestClient

from index import Embedder, Library
from rag import Assistant
from web.api import build_api
from web.background import Background

# A promise: clients are generated from these names. Add new ones, don't rename.
OPERATIONS = """
ask stream_answer search list_statements list_speakers list_articles add_articles get_article remove_article get_status
add_addresses list_jobs get_job stop_job list_feeds follow_feed update_feeds unfollow_feed healthz readyz
"""


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    unused = cast("Any", SimpleNamespace(writer=None, reader=None, jobs=None))
    return build_api(unused, unused, unused).openapi()


def operations(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in schema["paths"].values():
        yield from methods.values()


def test_operations_have_names_that_stay(schema: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in operations(schema)]
    assert len(names) == len(set(names))
    assert set(OPERATIONS.split()) <= set(names)
    assert all(name.isidentifier() and name == name.lower() for name in names)


def test_the_token_and_the_roles_are_declared(schema: dict[str, Any]) -> None:
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert {"token": []} in schema["security"]
    roles = {operation["operationId"]: operation["x-role"] for operation in operations(schema)}
    assert (roles["ask"], roles["unfollow_feed"], roles["healthz"]) == ("read", "write", "open")
    assert "admin" not in roles.values(), "a documented operation without a declared role"
    for operation in operations(schema):
        assert (operation.get("security") == []) == (operation["x-role"] == "open")


def test_every_required_text_has_an_example(schema: dict[str, Any]) -> None:
    for operation in operations(schema):
        content = operation.get("requestBody", {}).get("content", {})
        if reference := content.get("application/json", {}).get("schema", {}).get("$ref"):
            body = schema["components"]["schemas"][reference.rsplit("/", 1)[1]]
            for name in body.get("required", ()):
                field = body["properties"][name]
                is_text = field.get("type") == "string" and not {"enum", "const"} & set(field)
                assert not is_text or field.get("examples"), (operation["operationId"], name)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[tuple[TestClient, Library]]:
    folder = tmp_path_factory.mktemp("programs")
    with Library.open(folder / "library", embedder) as library:
        for number in range(7):
            add(library, folder, f"Article number {number}")
        yield TestClient(build_api(library, Assistant(library), Background(library))), library


def add(library: Library, folder: Any, title: str) -> int:
    path = folder / f"{title}.txt"
    path.write_text(f'{title}\n\nThe mayor said: "This is {title}." Nothing else happened that day.', "utf-8")
    [added] = library.add(path, wait=False).added
    return added


def test_a_cursor_goes_on_where_the_page_ended(client: tuple[TestClient, Library], tmp_path: Any) -> None:
    http, library = client
    expected = [article.id for article in library.articles("article")]
    path = "/api/v1/articles?matching=article&limit=3"
    page = http.get(path).json()
    found = [article["id"] for article in page["articles"]]
    new = add(library, tmp_path, "Article that came later")  # shifts what offsets mean
    library.remove(found[0])
    while page["next_cursor"]:
        page = http.get(path, params={"cursor": page["next_cursor"]} | {"matching": "article", "limit": 3}).json()
        found += [article["id"] for article in page["articles"]]
    assert found == expected
    library.remove(new)


def test_an_empty_list_has_no_cursor(client: tuple[TestClient, Library]) -> None:
    for kind in ("articles", "speakers", "statements"):
        assert client[0].get(f"/api/v1/{kind}", params={"limit": 100}).json()["next_cursor"] is None


def test_cursors_of_other_lists_and_texts_are_refused(client: tuple[TestClient, Library]) -> None:
    http, _ = client
    cursor = http.get("/api/v1/articles?limit=1").json()["next_cursor"]
    assert http.get("/api/v1/articles", params={"cursor": cursor, "limit": 2}).status_code == 200
    for path, given in (
        ("/api/v1/articles?matching=other", cursor),
        ("/api/v1/speakers?", cursor),
        ("/api/v1/articles?", cursor[:-1] + ("A" if cursor[-1] != "A" else "Q") + "A"),
        ("/api/v1/articles?", ""),
        ("/api/v1/articles?", "é" * 5000),
        ("/api/v1/articles?", "A" * 22),
    ):
        response = http.get(path, params={"cursor": given} | ({"matching": "other"} if "matching" in path else {}))
        assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found"), (path, given[:30])
