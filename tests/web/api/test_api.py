"""The HTTP API, over a real server."""

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import apsw
import httpx
import pytest
from fastapi.testclient import TestClient

from index import Library
from rag import Assistant, OptionalReader
from tests.conftest import Served, serve
from web.api.app import build_api
from web.background import Background
from web.messages.api import READER_OFF
from web.server import build_server

ARTICLE = "Bridge opens\n\nThe mayor, Ann Lee, said on Monday that the bridge was open.\n"


@pytest.fixture
def http(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=30) as client:
        yield client


def error_of(response: httpx.Response) -> tuple[int, str]:
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    return response.status_code, body["error"]["code"]


def test_a_failing_library_is_reported(library: Library, tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    library.add(tmp_path / "bridge.txt")
    apsw.Connection(str(library.directory / "library.db")).execute("UPDATE articles SET text = upper(text)")
    client = TestClient(build_api(library, Assistant(library), Background(library)), raise_server_exceptions=False)
    response = client.post("/api/v1/ask", json={"question": "What did Ann Lee say?"})
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "library_failed"
    assert str(library.directory) not in response.text


def test_ask_with_curl(served: Served) -> None:
    command = ["curl", "-s", "-X", "POST", f"{served.url}/api/v1/ask", "-d", '{"question": "What did Kirby say?"}']
    answer = json.loads(subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout)
    assert not answer["abstained"]
    assert len(answer["citations"]) == 5
    for citation in answer["citations"]:
        article = httpx.get(f"{served.url}/api/v1/articles/{citation['article_id']}").json()
        assert article["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert answer["articles"][0]["title"].startswith("Putin says")


def test_follow_up(http: httpx.Client) -> None:
    history = [{"question": "What did Kirby say?"}]
    answer = http.post("/api/v1/ask", json={"question": "And about Biden?", "history": history}).json()
    assert answer["citations"]
    assert all("Biden" in citation["quote"] for citation in answer["citations"])


def test_search_and_statements(http: httpx.Client) -> None:
    hits = http.post("/api/v1/search", json={"query": "air raid Kramatorsk", "k": 3}).json()
    assert len(hits) == 3
    assert "Kramatorsk" in hits[0]["passage"]["text"]
    page = http.get("/api/v1/statements", params={"speaker": "Kirby", "limit": 2, "offset": 4}).json()
    assert (page["total"], len(page["statements"])) == (5, 1)
    [statement] = page["statements"]
    assert statement["speaker"] == "John Kirby"
    assert statement["role"] == "White House spokesman"
    assert statement["content"]
    nothing = http.get("/api/v1/statements", params={"speaker": "Kirby", "since": "2023-01-01"}).json()
    assert nothing == {"statements": [], "total": 0, "next_cursor": None}
    assert error_of(http.get("/api/v1/statements", params={"since": "soon"})) == (422, "invalid_request")


def test_speakers(http: httpx.Client) -> None:
    page = http.get("/api/v1/speakers", params={"matching": "kirby", "publisher": "sample"}).json()
    assert page["total"] == 1
    [kirby] = page["speakers"]
    assert (kirby["name"], kirby["statements"], kirby["is_person"]) == ("John Kirby", 5, True)
    assert kirby["first"] == kirby["last"] == "2022-12-25"
    everyone = http.get("/api/v1/speakers", params={"limit": 3, "offset": 1}).json()
    assert len(everyone["speakers"]) == 3
    assert everyone["total"] > 40


def test_articles_are_added_and_removed(http: httpx.Client) -> None:
    files = [("files", ("../../bridge.txt", ARTICLE)), ("files", ("x.exe", b"MZ")), ("files", ("b.txt", b""))]
    added = http.post("/api/v1/articles", files=files)
    assert added.status_code == 201
    report = added.json()
    [article_id] = report["added"]
    assert [failure["source"] for failure in report["failed"]] == ["x.exe", "b.txt"]
    assert "/tmp" not in added.text
    article = http.get(f"/api/v1/articles/{article_id}").json()
    assert article["source"].startswith("upload/")
    assert article["source"].endswith("/bridge.txt")
    assert http.post("/api/v1/articles", files=files[:1]).json()["unchanged"] == [article_id]

    listed = http.get("/api/v1/articles", params={"matching": "bridge", "limit": 1}).json()
    assert (listed["total"], listed["articles"][0]["id"]) == (1, article_id)
    deadline = time.monotonic() + 60  # speakers are identified in the background
    while not (status := http.get("/api/v1/status").json())["is_complete"]:
        assert time.monotonic() < deadline, status
        time.sleep(0.1)
    assert http.post("/api/v1/ask", json={"question": "What did Ann Lee say?"}).json()["citations"]

    assert http.delete(f"/api/v1/articles/{article_id}").status_code == 204
    assert error_of(http.get(f"/api/v1/articles/{article_id}")) == (404, "not_found")
    assert http.post("/api/v1/ask", json={"question": "What did Ann Lee say?"}).json()["abstained"]


def test_two_files_of_one_name_are_two_articles(http: httpx.Client) -> None:
    files = [("files", ("a.txt", f"One\n\n{word} is a word in this text.")) for word in ("Alpha", "Beta")]
    added = http.post("/api/v1/articles", files=files).json()["added"]
    assert len(added) == 2
    for article_id in added:
        http.delete(f"/api/v1/articles/{article_id}")


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("ask", '{"question": ""}', 400, "bad_question"),
        ("ask", '{"question": "?!"}', 400, "bad_question"),
        ("ask", json.dumps({"question": "x" * 3000}), 400, "bad_question"),
        ("ask", "{broken", 422, "invalid_request"),
        ("ask", "[]", 422, "invalid_request"),
        ("ask", '{"question": 5}', 422, "invalid_request"),
        ("ask", '{"question": "x", "other": 1}', 422, "invalid_request"),
        ("search", '{"query": "x", "k": 0}', 422, "invalid_request"),
        ("search", '{"query": "x", "k": 100000}', 422, "invalid_request"),
        ("nothing", "{}", 404, "not_found"),
        ("articles", "", 422, "invalid_request"),
    ],
)
def test_errors_are_json(http: httpx.Client, path: str, body: str, status: int, code: str) -> None:
    assert error_of(http.post(f"/api/v1/{path}", content=body)) == (status, code)


def test_unknown_and_invalid_ids(http: httpx.Client) -> None:
    assert error_of(http.get("/api/v1/articles/77777")) == (404, "not_found")
    assert error_of(http.delete("/api/v1/articles/77777")) == (404, "not_found")
    assert error_of(http.get("/api/v1/articles/abc")) == (422, "invalid_request")
    assert error_of(http.get("/api/v1/articles/99999999999999999999999")) == (422, "invalid_request")


def test_hostile_text_comes_back_as_text(http: httpx.Client) -> None:
    hostile = "<script>alert(1)</script> ${7*7} {{7*7}} ![x](http://evil.example/i.png)"
    answer = http.post("/api/v1/ask", json={"question": hostile})
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["question"] == hostile


def test_docs_list_every_route_without_scripts(http: httpx.Client) -> None:
    schema = http.get("/openapi.json").json()
    page = http.get("/docs").text
    for path in schema["paths"]:
        assert path in page
    assert "<script" not in page
    assert "://cdn" not in page
    assert {"/api/v1/ask", "/api/v1/search", "/api/v1/articles", "/api/v1/status", "/healthz", "/readyz"} <= set(
        schema["paths"]
    )


def test_status_and_health(http: httpx.Client) -> None:
    assert http.get("/healthz").json() == {"status": "ok"}
    assert http.get("/readyz").json() == {"status": "ready", "warnings": []}
    assert http.get("/api/v1/status").json()["articles"] >= 12


def test_no_file_of_the_machine_is_served(http: httpx.Client, tmp_path: Path) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("the canary sings")
    for path in (
        f"/gradio_api/file={canary}",
        f"/file={canary}",
        f"/gradio_api/file/{canary}",
        f"/page-assets/..%2f..%2f..{canary}",
        f"/gradio_api/proxy=http://127.0.0.1:1{canary}",
        f"/gradio_api/stream/{canary}/a/b/playlist-file",
        f"/theme.css?theme={canary}",
        f"/static/{canary}",
        f"/gradio_api/custom_component/x/client/component/{canary}",
    ):
        response = http.get(path)
        assert "canary sings" not in response.text, path
        assert response.status_code >= 400 or "canary" not in response.text, path
    reference = {"path": str(canary), "meta": {"_type": "gradio.FileData"}, "orig_name": "canary.txt"}
    dependencies = http.get("/config").json()["dependencies"]
    for dependency in dependencies:
        data = [[reference] for _ in dependency["inputs"]]
        body = {"data": data, "fn_index": dependency["id"], "session_hash": "canary"}
        joined = http.post("/gradio_api/queue/join", json=body)
        assert "canary sings" not in joined.text
    assert canary.read_text() == "the canary sings"


def test_a_reader_that_cannot_be_used_is_a_warning(samples: Library, tmp_path: Path) -> None:
    background = Background(samples)
    background.start()
    assert background.wait_until_ready()
    reader = OptionalReader(str(tmp_path / "nothing"))
    for url in serve(build_server(samples, background, reader=reader)):
        ready = httpx.get(f"{url}/readyz", timeout=30)
        assert ready.status_code == 200
        assert ready.json()["warnings"] == [READER_OFF]
        asked = httpx.post(f"{url}/api/v1/ask", json={"question": "How long was the Suez Canal blocked?"}, timeout=30)
        assert asked.json()["short_answer"] is None
        assert "six days" in asked.json()["text"]
    background.stop()
