"""Watches, their feeds, and counts over HTTP."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from pathlib import Path

import feedparser
import httpx
import pytest

from index import Embedder
from tests.conftest import Served, serve_library


@pytest.fixture(scope="module")
def watching(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Served]:
    yield from serve_library(tmp_path_factory.mktemp("watching") / "library", embedder)


@pytest.fixture
def http(watching: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=watching.url, timeout=30) as client:
        yield client


def test_a_new_article_gets_into_the_feed(http: httpx.Client, watching: Served, tmp_path: Path) -> None:
    body = {"name": "Ferries", "query": "ferry Lundby", "webhook": "http://127.0.0.1:2000/in", "where": {"since": None}}
    created = http.post("/api/v1/watches", json=body)
    assert created.status_code == 201
    watch = created.json()
    assert watch["secret"].startswith("whsec_")
    path = f"/api/v1/watches/{watch['id']}"
    assert "secret" not in http.get(path).json()
    where = {"publishers": ["Daily Post"], "since": "2022-01-02"}
    other = http.post("/api/v1/watches", json={"name": "Post", "query": "ferry", "where": where}).json()
    assert {name: value for name, value in other["where"].items() if value} == where
    assert http.delete(f"/api/v1/watches/{other['id']}").status_code == 204
    assert feedparser.parse(http.get(watch["feed"]).content).entries == []
    text = "Bridge\n\nThe ferry to Lundby stopped on Monday. Nobody was hurt.\n"
    http.post("/api/v1/articles", files={"files": ("bridge.txt", text.encode())}).raise_for_status()
    for _ in range(1_000):  # the app computes vectors and statements first
        found = http.get(f"{path}/matches").json()
        if found["total"]:
            break
        time.sleep(0.05)
    [match] = found["matches"]
    article = http.get(f"/api/v1/articles/{match['article_id']}").json()
    assert article["text"][match["start"] : match["end"]] == match["quote"] == "The ferry to Lundby stopped on Monday."
    response = http.get(watch["feed"])
    assert response.headers["content-type"].startswith("application/atom+xml")
    [entry] = feedparser.parse(response.content).entries
    assert (entry.title, entry.summary) == ("Bridge", match["quote"])
    for _ in range(1_000):  # a private address is refused
        if failure := http.get(path).json()["failure"]:
            break
        time.sleep(0.05)
    assert "private" in failure
    assert http.post(f"{path}/enable").json()["is_disabled"] is False
    assert http.get("/api/v1/watches").json()["total"] == 1
    assert http.delete(path).status_code == 204
    for gone in (path, f"{path}/matches", watch["feed"]):
        assert http.get(gone).json()["error"]["code"] == "not_found"


def test_bad_watches(http: httpx.Client) -> None:
    for body in (
        {},
        {"name": "x"},
        {"name": "x", "query": "a", "speaker": "b"},
        {"name": "x", "query": "the"},
        {"name": "x" * 201, "query": "ferry"},
        {"name": "x", "query": "ferry", "webhook": "/etc/passwd"},
        {"name": "x", "query": "ferry", "secret": "mine"},
        {"name": "x", "query": 3},
    ):
        response = http.post("/api/v1/watches", json=body)
        assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid_request")
    assert http.get("/api/v1/watches").json() == {"watches": [], "total": 0}
    assert http.get("/watches/99.atom").status_code == 404


def test_counts(http: httpx.Client) -> None:
    counts = http.get("/api/v1/counts", params={"speaker": "Kirby", "by": "day"}).json()
    assert (counts["unit"], counts["total"]) == ("statements", 5)
    assert sum(one["count"] for one in counts["counts"]) + counts["missing"] == 5
    response = http.get("/api/v1/counts", params={"query": "Ukraine", "by": "month", "format": "csv"})
    header, *lines = csv.reader(io.StringIO(response.text))
    assert header == ["month", "since", "until", "articles"]
    assert (
        sum(int(line[3]) for line in lines) == http.get("/api/v1/counts", params={"query": "Ukraine"}).json()["total"]
    )
    for bad in ({"by": "year"}, {"by": "day", "since": "0001-01-01"}, {"query": "a", "speaker": "b"}, {"q": "a"}):
        assert http.get("/api/v1/counts", params=bad).status_code == 422
    assert http.get("/api/v1/counts", params={"query": "the"}).status_code == 400
