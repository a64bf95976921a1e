"""Connections and the end of a real server process: half-open ones by the thousand, and SIGTERM while work goes on."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT
from web.limits import HEAD_SECONDS, MAX_CONNECTIONS, STOP_SECONDS

HALF_OPEN = 1_200
MAX_LOG_BYTES = 20_000


class Process:
    """The app in a process of its own."""

    def __init__(self, directory: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = directory / "log.txt"
        command = [sys.executable, "app.py", "--library", str(directory / "library"), "--port", str(self.port)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([*command, "--no-examples"], cwd=ROOT, stdout=log, stderr=log)

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + 120
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.url}/readyz").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def handles(self) -> int:
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    app = Process(tmp_path_factory.mktemp("process"))
    try:
        app.wait_until_ready()
        yield app
    finally:
        app.process.kill()
        app.process.wait()


@pytest.fixture
def many_handles() -> Iterator[None]:
    """The test itself needs as many handles as it opens connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, HALF_OPEN * 2)), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def connect(app: Process, text: str = "") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", app.port), timeout=10)
    connection.sendall(text.encode())
    return connection


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts the open files of a process")
@pytest.mark.usefixtures("many_handles")
def test_half_open_connections_dont_block_others(app: Process) -> None:
    before = app.handles()
    connections = []
    slowest = 0.0
    for number in range(HALF_OPEN):
        connections.append(connect(app, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: " if number % 2 else ""))
        if number % 200 == 199:
            started = time.monotonic()
            assert httpx.get(f"{app.url}/healthz", timeout=10).status_code == 200
            slowest = max(slowest, time.monotonic() - started)
    assert slowest < 3  # the machine may be busy; 0.1 s if it isn't
    assert app.handles() - before <= MAX_CONNECTIONS + 10
    deadline = time.monotonic() + HEAD_SECONDS + 5
    while app.handles() - before > 10:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    for connection in connections:
        connection.close()


def test_the_log_cannot_be_flooded(app: Process) -> None:
    before = app.log.stat().st_size
    for _ in range(500):
        with connect(app, "this is no HTTP\r\n\r\n") as connection:
            assert connection.recv(1000).startswith(b"HTTP/1.1 400 ")
    assert app.log.stat().st_size - before < MAX_LOG_BYTES


def test_what_is_not_http_gets_an_error_as_json(app: Process) -> None:
    with connect(app, "\x00\x01\r\n\r\n") as connection:
        head, _, body = connection.makefile("rb").read().partition(b"\r\n\r\n")
    assert b"content-type: application/json" in head.lower()
    assert b'"code": "bad_request"' in body


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_sigterm_ends_an_app_at_work(app: Process) -> None:
    texts = [f"Ferry {number}\n\n" + f"Captain {number} said that it rained. " * 500 for number in range(40)]
    files = [("files", (f"ferry-{number}.txt", text)) for number, text in enumerate(texts)]
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{app.url}/api/v1/articles", files=files, timeout=1)
    started = time.monotonic()
    app.process.send_signal(signal.SIGTERM)
    assert app.process.wait(timeout=60) == 0
    assert time.monotonic() - started < STOP_SECONDS + 1
