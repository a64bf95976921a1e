"""Roles: every route and every event of the page declares what it needs, and nobody may do more than their role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import gradio as gr
import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from index import Embedder, Library
from tests.conftest import EXAMPLES, serve
from web.access import Changes, NamedTokens, Role, access_file, declared_need
from web.background import Background
from web.guard import Guard
from web.refusals import MCP_PATH, OPENAI_PATHS
from web.server import build_server
from web.ui.gradio.routes import PageRoutes

TOKEN = "a-secret-of-some-length"
HOW = """
Declare the least role with the decorator `needs` of `web.access`, below the decorator of the route:

    @router.get("/things")
    @needs(Role.READ)  # READ: ask, search, list; WRITE: add, edit, remove; ADMIN: tokens, metrics; OPEN: no token
    def list_things() -> …

For a mounted app: app.mount("/path", needs(Role.READ)(mounted)). For an event of the page: connect(…, role=Role.READ).
After a change that isn't a request of its own, or to record its ids, call `record_change("what", ids)`.
"""
# Paths that need more than reading. A new one belongs here, so that a change of roles is a decision.
WRITE = """
POST /api/v1/articles, DELETE /api/v1/articles/{article_id}, POST /api/v1/jobs, POST /api/v1/jobs/{job_id}/stop,
POST /api/v1/feeds, POST /api/v1/feeds/update, DELETE /api/v1/feeds/{feed_id:int}, POST /api/v1/feeds.opml,
POST /api/v1/watches, DELETE /api/v1/watches/{watch_id:int}, POST /api/v1/watches/{watch_id:int}/enable,
PATCH /api/v1/articles/{article_id}, POST /api/v1/articles/{article_id}/restore, POST /api/v1/removals,
POST /api/v1/restorations, POST /api/v1/speakers/merge, POST /api/v1/speakers/separate
"""
ADMIN = "GET /metrics, HEAD /metrics"
OPEN = "GET /healthz, GET /readyz"


class Client:
    """Sends requests with a token, each from an address of its own."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self.headers = {"Authorization": f"Bearer {token}"}

    def __call__(self, method: str, path: str, **options: Any) -> httpx.Response:
        return httpx.request(method, self._url + path, headers=self.headers, timeout=60, **options)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("roles") / "library", embedder) as library:
        library.add(*sorted(EXAMPLES.iterdir())[:3])
        yield library


@pytest.fixture(scope="module")
def tokens(library: Library) -> NamedTokens:
    """The tokens as another process has them."""
    return NamedTokens(access_file(library.directory))


@pytest.fixture(scope="module")
def guard(library: Library) -> Iterator[Guard]:
    """The whole app, as the command builds it."""
    background = Background(library)
    background.start()
    assert background.wait_until_ready()
    app = build_server(library, background, TOKEN)
    assert isinstance(app, Guard)
    yield app
    background.stop()


@pytest.fixture(scope="module")
def url(guard: Guard) -> Iterator[str]:
    yield from serve(guard)


@pytest.fixture(scope="module")
def page(guard: Guard) -> gr.Blocks:
    [page] = [route.target.page for route in guard.routes if isinstance(route.target, PageRoutes)]
    return page


@pytest.fixture(scope="module")
def clients(url: str, tokens: NamedTokens) -> dict[Role, Client]:
    named = {role: Client(url, tokens.add(role.label, role)) for role in (Role.READ, Role.WRITE, Role.ADMIN)}
    return {Role.OPEN: Client(url, "articles_0000000000_" + "x" * 43), **named}


def listed(text: str) -> set[str]:
    return {" ".join(line.split()) for line in text.split(",") if line.strip()}


def test_every_route_declares_its_role(guard: Guard) -> None:
    routes = list(guard.routes)
    assert len(routes) > 20
    missing = [
        f"{'/'.join(route.methods or ())} {route.path} ({route.name})" for route in routes if not route.is_declared
    ]
    assert not missing, f"These routes declare no role: {missing}{HOW}"


def test_what_needs_more_than_reading_is_listed(guard: Guard) -> None:
    found: dict[Role, set[str]] = {role: set() for role in Role}
    for route in guard.routes:
        if (need := declared_need(route.target)) is not None:
            found[need.role] |= {f"{method} {route.path}" for method in route.methods or ("ANY",)}
    assert found[Role.WRITE] == listed(WRITE)
    assert found[Role.ADMIN] == listed(ADMIN)
    assert found[Role.OPEN] == listed(OPEN)
    changing = {line for line in found[Role.READ] if line.split()[0] in ("PUT", "PATCH", "DELETE")}
    own = {line for line in changing if "/page/conversations/" in line}  # what users themselves asked
    assert not changing - own, "these methods change something"


def test_every_event_of_the_page_declares_its_role(page: gr.Blocks) -> None:
    missing = [
        f"{event.name} on {[(type(page.blocks.get(block)).__name__, kind) for block, kind in event.targets]}"
        for event in page.fns.values()
        if declared_need(event) is None
    ]
    assert not missing, f"These events declare no role: {missing}{HOW}"
    roles = [need.role for event in page.fns.values() if (need := declared_need(event))]
    assert roles.count(Role.WRITE) >= 6


def test_no_route_serves_less_than_its_role(url: str, guard: Guard, clients: dict[Role, Client]) -> None:
    for route in guard.routes:
        path = re.sub(r"\{[^}]*\}", "9999999", route.path)
        need = declared_need(route.target)
        for method in route.methods or ():
            if need is None or need.role is Role.OPEN:
                continue
            assert httpx.request(method, url + path).status_code == 401, (method, path)
            for role in (Role.READ, Role.WRITE):
                if role < need.role:
                    response = clients[role](method, path)
                    assert response.status_code == 403, (method, path, role)
                    if method == "HEAD":
                        continue
                    assert response.json()["error"]["code"] == "forbidden"
                    assert need.role.label in response.json()["error"]["message"]


def test_readers_read_and_writers_write(clients: dict[Role, Client], library: Library) -> None:
    read, write = clients[Role.READ], clients[Role.WRITE]
    assert read("GET", "/api/v1/articles").json()["total"] == len(library)
    assert read("POST", "/api/v1/search", json={"query": "said"}).status_code == 200
    files = {"files": ("a.txt", b"A new article about bridges.\n\nThe bridge over the river was opened yesterday.")}
    assert read("POST", "/api/v1/articles", files=files).status_code == 403
    [added] = write("POST", "/api/v1/articles", files=files).json()["added"]
    assert read("DELETE", f"/api/v1/articles/{added}").status_code == 403
    assert write("DELETE", f"/api/v1/articles/{added}").status_code == 204
    changes = Changes(access_file(library.directory)).latest(10)
    assert [(change.who, change.what, change.ids) for change in changes[:2]] == [
        ("write", "remove_article", str(added)),
        ("write", "add", str(added)),
    ]


def test_a_reader_cannot_use_events_that_change_something(page: gr.Blocks, clients: dict[Role, Client]) -> None:
    statuses = {role: set[int]() for role in (Role.READ, Role.WRITE)}
    for number, event in page.fns.items():
        need = declared_need(event)
        assert need is not None
        if need.role is Role.WRITE and event.name == "unfollow":
            body = {"fn_index": number, "session_hash": "abc", "data": [None]}
            for role in statuses:
                statuses[role].add(clients[role]("POST", "/gradio_api/queue/join", json=body).status_code)
    assert statuses == {Role.READ: {403}, Role.WRITE: {200}}
    upload = {"files": ("a.txt", b"x")}
    assert clients[Role.READ]("POST", "/gradio_api/upload", files=upload).status_code == 403


def test_the_page_hides_what_a_reader_cannot_do(page: gr.Blocks, clients: dict[Role, Client]) -> None:
    assert 'data-role="read"' in clients[Role.READ]("GET", "/").text
    assert 'data-role="write"' in clients[Role.WRITE]("GET", "/").text
    hidden = {block.elem_id for block in page.blocks.values() if "needs-write" in (block.elem_classes or ())}
    assert {"upload", "add-address", "follow", "remove", "save", "update-feeds", "unfollow"} <= hidden


def test_metrics_count_what_was_served_and_no_names_of_clients(clients: dict[Role, Client]) -> None:
    assert clients[Role.READ]("POST", "/api/v1/ask", json={"question": "Zanzibar secretly?"}).status_code == 200
    assert clients[Role.READ]("GET", "/api/v1/articles/424242").status_code == 404
    assert clients[Role.READ]("X" * 30, "/api/v1/secret-path").status_code == 404
    response = clients[Role.ADMIN]("GET", "/metrics")
    assert response.headers.get("content-type", "").startswith("text/plain; version=")
    values = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }
    assert values["articles_requests_total", "200", "POST /api/v1/ask"] == 1
    assert values["articles_requests_total", "404", "GET /api/v1/articles/{article_id}"] >= 1
    assert sum(value for key, value in values.items() if key[0] == "articles_answer_seconds_count") == 1
    assert values["articles_library_articles",] == 3
    assert values["articles_passages_pending",] == 0
    assert values["articles_lane_requests", "asking"] == 0
    assert values["process_resident_memory_bytes",] > 1e6
    for word in ("Zanzibar", "424242", "secret-path", "XXX"):
        assert word not in response.text


HOSTILE_BODIES = (
    b"",
    b"{}",
    b"null",
    b'{"question": 1e999, "query": [], "sources": {}, "url": null, "model": 0, "x": "\\ud800"}',
    b"[" * 50_000,
    b"\xff\xfe\x00{",
    b'{"question": "' + b"a" * 300_000 + b'"}',
)
HOSTILE_IDS = ("-1", "9" * 40, "%00", "%F0%9F%98%80" * 50, "..%2f..%2fetc%2fpasswd", "1;DROP")
PAGE_POSTS = ("queue/join", "run/predict", "upload", "cancel", "reset")


def is_clear(response: httpx.Response) -> bool:
    """Whether an error is in the form of its door, with a message."""
    if response.headers.get("content-type", "").startswith("text/html"):
        return response.url.path.startswith("/a/") and "<title>" in response.text  # opened by people
    if not response.headers.get("content-type", "").startswith("application/json"):
        return False
    body = response.json()
    if response.url.path == MCP_PATH:
        return body["jsonrpc"] == "2.0" and bool(body["error"]["message"])
    if response.url.path.startswith("/gradio_api/") and "detail" in body:
        return True  # Gradio's own form, which its scripts show
    has_type = "type" in body["error"]
    return bool(body["error"]["message"]) and has_type == response.url.path.startswith(OPENAI_PATHS)


def hostile_requests(guard: Guard) -> Iterator[tuple[str, str, bytes]]:
    """Requests to every route: method, path and body."""
    for route in guard.routes:
        if route.methods is None:
            continue
        for method in route.methods - {"HEAD"}:
            path = re.sub(r"\{[^}]*\}", "9999999", route.path)
            bodies = HOSTILE_BODIES if method in ("POST", "PUT", "PATCH") else (b"", b"{}")
            yield from ((method, path, body) for body in bodies)
            if path != route.path:
                yield from ((method, re.sub(r"\{[^}]*\}", bad, route.path), b"{}") for bad in HOSTILE_IDS)
    for path in ("/v1/chat/completions", "/v1/embeddings", MCP_PATH, *(f"/gradio_api/{name}" for name in PAGE_POSTS)):
        yield from (("POST", path, body) for body in HOSTILE_BODIES)


def test_no_route_fails_whatever_it_is_sent(url: str, guard: Guard) -> None:
    owner = {"Authorization": f"Bearer {TOKEN}"}
    accept = {"Accept": "application/json, text/event-stream"}
    requests = [*hostile_requests(guard), ("POST", "/gradio_api/cancel", b"--x\r\n\xae")]
    done, unclear = 0, []
    with httpx.Client(base_url=url, headers=owner | accept, timeout=60) as client:
        for method, path, body in requests:
            kind = "multipart/form-data; boundary=x" if body.startswith(b"--x") else "application/json"
            response = client.request(method, path, content=body, headers={"Content-Type": kind})
            if response.status_code >= 500 or (response.status_code >= 400 and not is_clear(response)):
                unclear.append((method, path[:80], body[:60], response.status_code, response.text[:200]))
            done += 1
        assert client.get("/readyz").status_code == 200
    assert not unclear
    assert done > 100


DOORS = (
    ("GET", "/api/v1/status"),
    ("GET", "/v1/models"),
    ("POST", MCP_PATH),
    ("GET", "/gradio_api/info"),
    ("GET", "/"),
    ("GET", "/openapi.json"),
)


def test_every_door_refuses_tokens_in_its_own_form(url: str, tokens: NamedTokens) -> None:
    fast, revoked = tokens.add("fast", Role.READ, per_minute=1), tokens.add("revoked", Role.READ)
    assert Client(url, revoked)("GET", "/api/v1/status").status_code == 200
    assert Client(url, fast)("GET", "/api/v1/status").status_code == 200
    tokens.revoke("revoked")
    for number, (method, path) in enumerate(DOORS):
        for token, status in ((fast, 429), (revoked, 401), ("wrong", 401)):
            client = Client(url, token)
            client.headers["X-Forwarded-For"] = f"203.0.113.{number}"  # wrong tokens are counted by client
            response = client(method, path, **({"content": b"{}"} if method == "POST" else {}))
            assert response.status_code == status, (method, path, token[:5])
            assert is_clear(response), (method, path, response.text)
            assert "retry-after" in response.headers or status == 401
