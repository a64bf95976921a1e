"""Access control: tokens, host names, origins, request sizes and a safe start."""

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from index import Embedder
from rag import Assistant
from tests.conftest import Served, serve, serve_library
from web.api.app import build_api
from web.background import Background
from web.guard import Guard
from web.serve import main

TOKEN = "a-secret-of-some-length"
PATHS = (
    "/",
    "/config",
    "/docs",
    "/openapi.json",
    "/api/v1/status",
    "/gradio_api/upload",
    "/page-assets/page.js",
    "/v1/models",
    "/mcp",
)


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Served]:
    yield from serve_library(tmp_path_factory.mktemp("closed") / "library", embedder, TOKEN)


def test_nothing_is_served_without_the_token(closed: Served) -> None:
    for path in PATHS:
        for method in ("GET", "POST", "DELETE", "HEAD"):
            assert httpx.request(method, closed.url + path).status_code == 401, (method, path)
    wrong = {"Authorization": "Bearer wrong", "Cookie": "articles_session=wrong"}
    assert httpx.get(f"{closed.url}/api/v1/status", headers=wrong).status_code == 401
    assert httpx.get(f"{closed.url}/healthz").status_code == 200
    assert httpx.get(f"{closed.url}/readyz").status_code == 200


def test_api_and_page_are_served_with_the_token(closed: Served) -> None:
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    assert httpx.get(f"{closed.url}/api/v1/status", headers=bearer).json()["articles"] >= 12
    with httpx.Client(base_url=closed.url, follow_redirects=True) as browser:
        page = browser.get("/", headers={"Accept": "text/html"})
        assert page.url.path == "/login"
        assert 'name="token"' in page.text
        refused = browser.post("/login", data={"token": "<b>wrong"})
        assert refused.status_code == 401
        assert "Wrong token" in refused.text
        assert "<b>" not in refused.text
        as_chromium = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
        entered = browser.post("/login", data={"token": TOKEN}, headers=as_chromium)
        assert entered.url.path == "/"
        assert "gradio-app" in entered.text
        assert browser.get("/config").status_code == 200
        [cookie] = browser.cookies.jar
        assert TOKEN not in (cookie.value or "")
        assert cookie.has_nonstandard_attr("HttpOnly")


def test_requests_from_other_sites_are_refused(served: Served) -> None:
    body = '{"question": "What did Kirby say?"}'
    for headers in ({"Origin": "http://evil.example"}, {"Origin": "http://["}, {"Sec-Fetch-Site": "cross-site"}):
        response = httpx.post(f"{served.url}/api/v1/ask", content=body, headers=headers)
        assert (response.status_code, response.json()["error"]["code"]) == (403, "cross_site")
        assert httpx.delete(f"{served.url}/api/v1/articles/1", headers=headers).status_code == 403
    same = {"Origin": served.url, "Sec-Fetch-Site": "same-origin"}
    assert httpx.post(f"{served.url}/api/v1/ask", content=body, headers=same).status_code == 200


def test_other_sites_can_link_to_pages_but_not_to_anything_else(served: Served) -> None:
    for site in ("cross-site", "same-site"):
        headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}
        for path in ("/", "/?from=elsewhere", "/docs", "/healthz"):
            assert httpx.get(served.url + path, headers=headers).status_code == 200, path
        for path in (
            "/config",
            "/api/v1/status",
            "/gradio_api/info",
            "/gradio_api/file=http://100.64.0.1/",
            "/theme.css",
        ):
            for method in ("GET", "HEAD", "OPTIONS"):
                assert httpx.request(method, served.url + path, headers=headers).status_code == 403, (method, path)


def test_other_host_names_are_refused(served: Served) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "[", "0.0.0.0"):
        assert httpx.get(f"{served.url}/healthz", headers={"Host": host}).status_code in (400, 421), host
    assert httpx.get(f"{served.url}/healthz", headers={"Host": "localhost:1234"}).status_code == 200


def test_every_response_has_the_security_headers(served: Served) -> None:
    for path in ("/", "/docs", "/api/v1/status", "/api/v1/nothing", "/nothing"):
        headers = httpx.get(served.url + path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "script-src 'self';" in headers["content-security-policy"]


def test_a_request_declared_too_large_is_refused(served: Served) -> None:
    host, _, port = served.url.removeprefix("http://").partition(":")
    for length, status in (("10000000000", b"413"), ("-1", b"400"), ("many", b"400")):
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            lines = f"POST /api/v1/ask HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n"
            connection.sendall(lines.encode())
            assert connection.recv(1000).startswith(b"HTTP/1.1 " + status)


def test_a_request_without_length_that_gets_too_large_is_refused(served: Served) -> None:
    background = Background(served.library)
    guarded = Guard(build_api(served.library, Assistant(served.library), background), max_upload_bytes=100_000)
    for url in serve(guarded):
        form = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for path, kind, start in (
            ("ask", "application/json", b"{"),
            ("articles", "multipart/form-data; boundary=x", form),
        ):
            chunks = (chunk for chunk in (start, *[b"x" * 10_000] * 30))  # no length is declared
            response = httpx.post(f"{url}/api/v1/{path}", content=chunks, headers={"Content-Type": kind})
            assert (response.status_code, response.json()["error"]["code"]) == (413, "too_large")
        assert httpx.get(f"{url}/healthz").status_code == 200


@pytest.mark.parametrize(
    ("options", "token", "reasons"),
    [
        ("--host 0.0.0.0", "", ["0.0.0.0", "token is required", "ARTICLES_TOKEN", "127.0.0.1"]),
        ("--host 192.168.1.5", "", ["192.168.1.5", "token is required"]),
        ("--host 0.0.0.0", "short", ["ARTICLES_TOKEN", "5 characters", "at least 16"]),
        ("--port http", "", ["port", "'http'", "from 1 to 65535"]),
        ("--port 99999", "", ["port", "99999", "from 1 to 65535"]),
        ("--host 203.0.113.1", TOKEN, ["Can't listen on 203.0.113.1", "--host"]),
    ],
)
def test_the_app_refuses_an_unsafe_start(
    options: str,
    token: str,
    reasons: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ARTICLES_TOKEN", token)
    assert main(["--library", str(tmp_path / "l"), *options.split()]) == 2
    message = capsys.readouterr().err
    for reason in reasons:
        assert reason in message
    assert TOKEN not in message
    assert not (tmp_path / "l").exists()


def test_a_port_in_use_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["--library", str(tmp_path / "l"), "--port", port]) == 2
    message = capsys.readouterr().err
    assert f"port {port}" in message
    assert "in use" in message
    assert not (tmp_path / "l").exists()
