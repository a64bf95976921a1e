"""One kind of request never starves another: long uploads, clients that leave, bodies and queues that are too large."""

from __future__ import annotations

import io
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from index import Embedder, Library, Report
from tests.conftest import EXAMPLES, serve
from web.background import Background
from web.jobs import Jobs, JobsFull
from web.limits import (
    ASKING,
    MAX_FAILURES_IN_REPORT,
    MAX_SKIPPED_IN_REPORT,
    MAX_WAITING_JOBS,
    MAX_WAITING_UPLOADS,
    UPLOADING,
)
from web.server import build_server

[ARTICLE] = EXAMPLES.glob("*suez*")
QUESTION = {"question": "What blocked the Suez Canal?"}
PROMPT_SECONDS = 5.0  # for an answer; these tests may share the machine


class HeldEmbedder:
    """The real model, whose work on articles can be held up."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.may_go_on = threading.Event()
        self.is_held = threading.Event()
        self.may_go_on.set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._embedder, name)

    def count_tokens(self, *arguments: Any) -> Any:
        if not self.may_go_on.is_set():
            self.is_held.set()
            self.may_go_on.wait(60)
        return self._embedder.count_tokens(*arguments)


class App:
    """A running app."""

    def __init__(self, url: str, library: Library, background: Background, embedder: HeldEmbedder) -> None:
        self.url, self.library, self.background, self.embedder = url, library, background, embedder

    def post(self, path: str, client: str = "192.0.2.1", **options: Any) -> httpx.Response:
        """A request as if from a client behind a reverse proxy."""
        return httpx.post(f"{self.url}{path}", headers={"X-Forwarded-For": client}, timeout=60, **options)

    def upload(self, number: int, client: str = "192.0.2.1") -> httpx.Response:
        text = f"Bridge {number}\n\nThe mayor said that bridge {number} was open.\n"
        return self.post("/api/v1/articles", client, files={"files": (f"bridge-{number}.txt", text)})


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[App]:
    held = HeldEmbedder(embedder)
    with Library.open(tmp_path_factory.mktemp("limits") / "library", held) as library:
        library.add(ARTICLE)
        background = Background(library)
        background.start()
        assert background.wait_until_ready()
        for url in serve(build_server(library, background)):
            yield App(url, library, background, held)
        held.may_go_on.set()
        background.stop()


@pytest.fixture
def busy(app: App) -> Iterator[App]:
    """The app, held up at the next upload."""
    app.embedder.is_held.clear()
    app.embedder.may_go_on.clear()
    yield app
    app.embedder.may_go_on.set()
    wait_until(lambda: all(job.ended.is_set() for job in app.background.uploads.jobs()))


def wait_until(condition: Any) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def error_of(response: httpx.Response) -> tuple[int, str]:
    if response.status_code in (429, 503):
        assert int(response.headers["retry-after"]) >= 1
        assert response.headers["retry-after"] in response.json()["error"]["message"]
    return response.status_code, response.json()["error"]["code"]


def test_uploads_that_take_long_hold_up_nothing_else(busy: App) -> None:
    with ThreadPoolExecutor(45) as pool:
        uploads = [pool.submit(busy.upload, number, f"192.0.2.{number // 3}") for number in range(45)]
        assert busy.embedder.is_held.wait(30)
        started = time.monotonic()
        assert httpx.get(f"{busy.url}/healthz").status_code == 200
        assert httpx.get(f"{busy.url}/page-assets/page.js").status_code == 200
        assert httpx.get(f"{busy.url}/api/v1/status").status_code == 200
        assert httpx.post(f"{busy.url}/api/v1/ask", json=QUESTION).json()["citations"]
        assert time.monotonic() - started < PROMPT_SECONDS
        wait_until(lambda: sum(upload.done() for upload in uploads) == 45 - UPLOADING.at_once)
        refused = [upload.result() for upload in uploads if upload.done()]
        assert {error_of(response) for response in refused} == {(503, "busy")}
        busy.embedder.may_go_on.set()
        added = [upload.result() for upload in uploads if upload.result().status_code == 201]
        assert len(added) == UPLOADING.at_once
        assert all(len(response.json()["added"]) == 1 for response in added)


def test_uploads_of_one_client_are_limited(busy: App) -> None:
    with ThreadPoolExecutor(8) as pool:
        uploads = [pool.submit(busy.upload, 100 + number) for number in range(UPLOADING.per_client + 2)]
        wait_until(lambda: sum(upload.done() for upload in uploads) == 2)
        assert [error_of(upload.result()) for upload in uploads if upload.done()] == [(429, "busy")] * 2
        busy.embedder.may_go_on.set()


def test_uploads_stop_when_their_client_leaves(busy: App) -> None:
    files = [("files", (f"leaving-{number}.txt", f"Ferry {number}\n\nFerry {number} sank.\n")) for number in range(20)]
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{busy.url}/api/v1/articles", files=files, timeout=1)
    [job] = [job for job in busy.background.uploads.jobs() if not job.ended.is_set()]
    assert job.stop.wait(10)
    busy.embedder.may_go_on.set()
    assert job.ended.wait(10)
    assert busy.library.count_articles("leaving-") <= 1


def test_a_busy_app_refuses_questions_of_one_client(app: App) -> None:
    with ThreadPoolExecutor(40) as pool:
        responses = list(pool.map(lambda _: app.post("/api/v1/ask", json=QUESTION), range(40)))
    refused = [response for response in responses if response.status_code != 200]
    assert {error_of(response) for response in refused} <= {(429, "busy")}
    assert len(responses) - len(refused) >= ASKING.per_client
    assert app.post("/api/v1/ask", json=QUESTION).status_code == 200


def test_bodies_are_limited(app: App) -> None:
    response = app.post("/api/v1/ask", content=b"[" * 300_000)
    assert error_of(response) == (413, "too_large")
    assert "256 KB" in response.json()["error"]["message"]


def test_waiting_jobs_are_limited(tmp_path: Path) -> None:
    jobs, may_go_on = Jobs(lambda: None, tmp_path), threading.Event()

    def work(*_: object) -> Report:
        may_go_on.wait(30)
        return Report()

    first = jobs.start("first", work)
    wait_until(lambda: first.state == "running")
    waiting = [jobs.start("next", work) for _ in range(MAX_WAITING_JOBS)]
    with pytest.raises(JobsFull, match=str(MAX_WAITING_JOBS)):
        jobs.start("too much", work)
    jobs.stop(waiting[0].id)
    jobs.start("now there is room", work)
    may_go_on.set()
    jobs.close()
    assert MAX_WAITING_UPLOADS < MAX_WAITING_JOBS


def test_failures_in_a_report_are_limited(app: App) -> None:
    files = [("files", (f"{number}.exe", b"MZ")) for number in range(MAX_FAILURES_IN_REPORT + 5)]
    report = app.post("/api/v1/articles", files=files).json()
    assert (len(report["failed"]), report["more_failures"]) == (MAX_FAILURES_IN_REPORT, 5)


def test_what_was_skipped_of_uploads_is_reported_and_limited(app: App) -> None:
    rows = [("files", (f"{n}.csv", f"text,key{n}\nThe ferry sails on day {n}.,x\n".encode())) for n in range(2)]
    report = app.post("/api/v1/articles", files=rows).json()
    assert [(item["source"], item["reason"].rpartition(": ")[2]) for item in report["skipped"]] == [
        ("0.csv", "key0"),
        ("1.csv", "key1"),
    ]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", "The ferry sails again from Monday.")
        for number in range(MAX_SKIPPED_IN_REPORT + 5):
            file.writestr(f"{number}.doc", "x")
    report = app.post("/api/v1/articles", files=[("files", ("a.zip", archive.getvalue()))]).json()
    assert (len(report["skipped"]), report["more_skipped"]) == (MAX_SKIPPED_IN_REPORT, 5)


def test_the_path_of_the_library_stays_secret(library: Library) -> None:
    jobs = Jobs(lambda: None, library.directory)
    library.close()
    job = jobs.start("https://outlet.example/", lambda _, stop: library.add(ARTICLE, wait=False, stop=stop))
    assert job.ended.wait(30)
    assert job.report.failed
    assert str(library.directory) not in repr(job.report)


def test_a_slow_client_of_an_answer_is_no_problem(app: App) -> None:
    host, _, port = app.url.removeprefix("http://").partition(":")
    stalled = []
    for _ in range(ASKING.at_once + 1):
        connection = socket.create_connection((host, int(port)), timeout=10)
        lines = f"POST /api/v1/ask HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100\r\n\r\n{{"
        connection.sendall(lines.encode())  # the rest never comes
        stalled.append(connection)
    started = time.monotonic()
    assert app.post("/api/v1/ask", json=QUESTION).status_code == 200
    assert time.monotonic() - started < PROMPT_SECONDS
    for connection in stalled:
        connection.close()
