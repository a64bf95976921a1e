"""The API does what its schema says: schemathesis with all its checks, over a real server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from index import Embedder, Fetcher, Library
from tests.conftest import EXAMPLES, serve
from web.background import Background
from web.server import build_server

CASES = "5"  # for each operation and phase; bench/load/fuzz.py runs many more


def no_host(host: str, port: int) -> list[str]:
    raise OSError("no host exists in this test")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[str]:
    directory = tmp_path_factory.mktemp("schema") / "library"
    with Library.open(directory, embedder, fetcher=Fetcher(resolver=no_host)) as library:
        library.add(next(EXAMPLES.glob("*suez*")))
        background = Background(library)
        background.start()
        assert background.wait_until_ready()
        yield from serve(build_server(library, background))
        background.stop()


def test_schemathesis_finds_nothing(url: str, tmp_path: Path) -> None:
    program = [
        sys.executable,
        "-m",
        "schemathesis.cli",
        "--config-file",
        str(Path(__file__).with_name("schemathesis.toml")),
    ]
    command = [*program, "run", f"{url}/openapi.json", "-n", CASES, "--seed", "1"]
    options = ["--continue-on-failure", "--no-color", "--no-shrink", "--generation-database", "none"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-1000:]


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PROPFIND", "OPTIONS", "HEAD"])
def test_other_methods_are_refused(url: str, method: str) -> None:
    for path, allowed in (("/api/v1/ask", "POST"), ("/api/v1/articles", "GET, POST"), ("/healthz", "GET")):
        response = httpx.request(method, url + path)
        assert (response.status_code, response.headers["allow"]) == (405, allowed)


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/articles?offset=3588503173210356687474524160",
        "/api/v1/statements?offset=9223372036854775808",
        "/api/v1/articles?limt=5",
        "/api/v1/status?x",
        "/api/v1/statements?until=0",
        "/api/v1/articles/-1",
    ],
)
def test_invalid_parameters_are_refused(url: str, path: str) -> None:
    response = httpx.get(url + path)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid_request")


def test_every_private_response_is_not_to_be_stored(url: str) -> None:
    for path in ("/api/v1/status", "/api/v1/nothing", "/config"):
        assert httpx.get(url + path).headers["cache-control"] == "no-store"


def test_a_strange_origin_is_refused(url: str) -> None:
    response = httpx.post(f"{url}/api/v1/ask", json={}, headers={"Origin": "http://["})
    assert (response.status_code, response.json()["error"]["code"]) == (403, "cross_site")


def test_deep_json_is_refused(url: str) -> None:
    response = httpx.post(f"{url}/api/v1/ask", content=b"[" * 100_000)
    assert (response.status_code, response.json()["error"]["code"]) in ((400, "bad_request"), (422, "invalid_request"))
