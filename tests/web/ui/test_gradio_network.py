"""Gradio opens no connection, serves no file and takes no event that the page doesn't send, whatever it is asked."""

import asyncio
import re
import socket
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import gradio as gr
import httpx
import pytest
from fastapi import FastAPI, Request
from gradio import networking, processing_utils, route_utils, routes
from gradio.utils import get_upload_folder
from starlette.exceptions import HTTPException

from index import Library
from tests.conftest import serve
from tests.web.ui.network_watch import watching
from web.background import Background
from web.guard import Guard
from web.limits import MAX_PAGE_EVENT_BYTES
from web.ui.gradio.offline import NetworkRefused, refuse_network
from web.ui.page import build_page, mount_page


@pytest.fixture(scope="module")
def addresses() -> Iterator[list[str]]:
    """Addresses that must not be contacted. The last one is of a server that would notice."""
    with socket.create_server(("127.0.0.1", 0)) as canary:
        yield [
            "http://100.100.100.200/latest/meta-data/",
            "http://168.63.129.16/machine",
            "http://100.64.0.1/",
            "http://[::ffff:100.100.100.200]/",
            "http://[2001:db8::1]/a.txt",
            "HTTPS://files.example.org/a.svg",
            f"http://127.0.0.1:{canary.getsockname()[1]}/a.txt",
        ]
        canary.setblocking(False)
        with pytest.raises(BlockingIOError):
            canary.accept()


@dataclass(frozen=True)
class Running:
    """A running page, and its Gradio."""

    url: str
    page: gr.Blocks
    app: FastAPI

    def routes(self) -> list[tuple[str, str]]:
        """All routes of Gradio as method and path."""
        return sorted(set(_routes(self.app.routes[-1].app)))


def _routes(app: Any) -> Iterator[tuple[str, str]]:
    for route in app.routes:
        if included := getattr(route, "original_router", None):
            yield from _routes(included)
        else:
            yield from ((method, route.path) for method in route.methods)


@pytest.fixture(scope="module")
def background(samples: Library) -> Iterator[Background]:
    background = Background(samples)
    background.start()
    assert background.wait_until_ready()
    yield background
    background.stop()


@pytest.fixture(scope="module")
def running(samples: Library, background: Background) -> Iterator[Running]:
    """The page as it is served."""
    page = build_page(samples, background)
    app = mount_page(FastAPI(openapi_url=None), page)
    for url in serve(Guard(app)):
        yield Running(url, page, app)


@pytest.fixture(scope="module")
def bare(samples: Library, background: Background) -> Iterator[Running]:
    """The page in Gradio alone: kept off the network, but with all of its routes, and with events of any content."""
    page = build_page(samples, background)
    page.queue(api_open=True)
    app = gr.mount_gradio_app(FastAPI(openapi_url=None), page, path="/", ssr_mode=False)
    refuse_network()
    for url in serve(app):
        yield Running(url, page, app)


def references(address: str) -> Iterator[Any]:
    """Values of components that make Gradio fetch an address."""
    meta = {"meta": {"_type": "gradio.FileData"}}
    file = {"path": address, **meta}
    yield file
    yield [file]
    yield [{"path": "a.txt", "url": address, **meta}]
    yield [{"role": "user", "content": [{"type": "file", "file": file}]}]
    yield component_message({"path": address})


def component_message(value: Any) -> Any:
    """A chat with a message of which Gradio makes a component."""
    component = {"type": "component", "component": "file", "value": value, "constructor_args": {}, "props": {}}
    return [{"role": "assistant", "content": [component]}]


def attacks(page: gr.Blocks, addresses: list[str]) -> Iterator[dict[str, Any]]:
    """Every event, with each of its values in turn, and the data of the event itself, replaced by a reference."""
    turn = cycle(addresses)
    for number, event in page.fns.items():
        usual = [None for _ in event.inputs]
        for place in range(len(usual)):
            for value in references(next(turn)):
                data = [*usual[:place], value, *usual[place + 1 :]]
                yield {"fn_index": number, "session_hash": "attacker", "data": data}
        for value in (*references(next(turn)),)[:2]:
            chosen = {"index": 0, "value": {"text": "", "files": value}}
            yield {"fn_index": number, "session_hash": "attacker", "data": usual, "event_data": chosen}


USED = {
    "GET /assets/{path:path}",
    "GET /config",
    "GET /favicon.ico",
    "GET /gradio_api/app_id",
    "GET /gradio_api/heartbeat/{session_hash}",
    "GET /gradio_api/info",
    "GET /gradio_api/queue/data",
    "GET /gradio_api/upload_progress",
    "GET /theme.css",
    "GET /",
    "HEAD /",
    "POST /gradio_api/cancel",
    "POST /gradio_api/queue/join",
    "POST /gradio_api/reset",
    "POST /gradio_api/run/{api_name}",
    "POST /gradio_api/upload",
}


def request_all(http: httpx.Client, routes: list[tuple[str, str]], addresses: list[str]) -> dict[str, int]:
    """Request every route with addresses in its path, its query and its body. Returns the status of each route."""
    statuses = {}
    for method, path in routes:
        for address in addresses if "{" in path else addresses[:1]:
            file = next(references(address))
            body = {"data": [file], "component_id": 1, "session_hash": "a", "fn_name": "x", "fn_index": 1}
            query = {"url": address, "path": address, "deep_link": address, "session_hash": "a", "upload_id": "a"}
            request = http.build_request(
                method, re.sub(r"\{[^}]+\}", address, path), params=query, json=body if method == "POST" else None
            )
            try:
                response = http.send(request, stream=True)
                statuses[f"{method} {path}"] = response.status_code
                response.close()
            except httpx.ReadTimeout:
                statuses[f"{method} {path}"] = 0  # a stream of events
    return statuses


def test_only_the_routes_of_the_page_can_be_reached(running: Running, bare: Running, addresses: list[str]) -> None:
    with watching(running.url) as contacted, httpx.Client(base_url=running.url, timeout=1) as http:
        statuses = request_all(http, bare.routes(), addresses)
    assert len(statuses) > 80
    assert {route for route, status in statuses.items() if status != 404} <= USED
    assert contacted == []


def test_no_event_fetches_an_address(running: Running, addresses: list[str]) -> None:
    events, refused, page = set(), 0, running.page
    with watching(running.url) as contacted, httpx.Client(base_url=running.url) as http:
        for body in attacks(page, addresses):
            path = "queue/join" if page.fns[body["fn_index"]].queue else "run/predict"
            response = http.post(f"/gradio_api/{path}", json=body)
            events.add(body["fn_index"])
            refused += response.status_code == 422
    assert len(events) == len(page.fns) > 45
    assert refused > 250
    assert contacted == []


def test_gradio_itself_contacts_no_host(bare: Running, addresses: list[str]) -> None:
    payloads = 0
    with watching(bare.url) as contacted, httpx.Client(base_url=bare.url, timeout=1) as http:
        statuses = request_all(http, bare.routes(), addresses)
        for body in attacks(bare.page, addresses):
            http.post("/gradio_api/run/predict", json=body, timeout=20)
            payloads += 1
    assert len(statuses) > 80
    assert payloads > 400
    assert contacted == []


def run_coroutine(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in a thread of its own: the main one may have a loop, of the browser tests."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def _stream(address: str, _: str) -> Any:
    scope = {"type": "http", "method": "GET", "headers": []}
    return run_coroutine(route_utils.secure_url_stream_response(address, Request(scope)))


def _through_proxy(address: str, _: str) -> Any:
    return run_coroutine(routes.httpx.AsyncClient(transport=routes._proxy_transport).get(address))


@pytest.mark.parametrize(
    "fetch",
    [
        processing_utils.ssrf_protected_download,
        processing_utils.save_url_to_cache,
        processing_utils.unsafe_download,
        _stream,
        _through_proxy,
        lambda address, _: networking.httpx.head(address),
        lambda address, _: routes.HfApi(endpoint=address),
    ],
)
def test_what_gradio_fetches_with_refuses(fetch: Any, running: Running, addresses: list[str], tmp_path: Path) -> None:
    with watching(running.url) as contacted:
        for address in addresses:
            with pytest.raises((NetworkRefused, HTTPException)):
                fetch(address, str(tmp_path))
    assert contacted == []


def test_uploads_go_to_their_event_and_nowhere_else(running: Running, tmp_path: Path) -> None:
    [event] = [number for number, each in running.page.fns.items() if each.name == "add_files"]
    other = Path(get_upload_folder()) / "of-another-app.txt"
    other.parent.mkdir(parents=True, exist_ok=True)
    other.write_text("not an upload of this app")
    with httpx.Client(base_url=running.url) as http:

        def send(path: str, **more: Any) -> int:
            reference = {"path": path, "meta": {"_type": "gradio.FileData"}, **more}
            body = {"fn_index": event, "session_hash": "a", "data": [[reference]]}
            return http.post("/gradio_api/queue/join", json=body).status_code

        try:
            [path] = http.post("/gradio_api/upload", files={"files": ("ein Überblick.exe", b"1")}).json()
            assert http.get(f"/gradio_api/file={path}").status_code == 404
            assert http.get(f"/gradio_api/file/{path}").status_code == 404
            for wrong in (
                str(other),
                f"{path}/../{Path(path).name}",
                str(tmp_path),
                "/etc/passwd",
                "",
                f"file://{path}",
            ):
                assert send(wrong) == 422, wrong
            assert (
                send(path, url="http://100.64.0.1/", is_stream=True, orig_name="../x") == 200
            )  # only its path is used
        finally:
            other.unlink()


@pytest.mark.parametrize(
    "change",
    [
        {"fn_index": 10_000},
        {"fn_index": True},
        {"session_hash": "../a"},
        {"session_hash": None},
        {"data": []},
        {"data": [[], {"path": "/etc/passwd"}]},
        {"data": [[{"path": "/etc/passwd"}], ""]},
        {"data": "[" * 100_000},
    ],
)
def test_other_events_are_refused(running: Running, change: dict[str, Any]) -> None:
    events = running.page.fns.items()
    # An event with a text of the user as its last value.
    event, inputs = next(
        (n, each.inputs) for n, each in events if [type(one) for one in each.inputs][-1:] == [gr.Textbox]
    )
    values = [[] if isinstance(one, gr.CheckboxGroup) else "" for one in inputs]
    body = {"fn_index": event, "session_hash": "a", "data": values}
    assert httpx.post(f"{running.url}/gradio_api/queue/join", json=body).status_code == 200
    assert httpx.post(f"{running.url}/gradio_api/queue/join", json={**body, **change}).status_code == 422


def test_a_conversation_has_a_limit(running: Running) -> None:
    response = httpx.post(f"{running.url}/gradio_api/queue/join", content=b" " * (MAX_PAGE_EVENT_BYTES + 1))
    assert response.status_code == 413


def test_no_header_is_repeated_or_shares_answers_with_other_sites(running: Running) -> None:
    forwarded = {"X-Forwarded-Host": "evil.example", "X-Gradio-Server": "http://evil.example/"}
    for path in ("/config", "/logout", "/login", "/theme.css", "/gradio_api/info", "/"):
        for headers in (forwarded, {"Origin": running.url}, {"Origin": "http://localhost:1"}):
            response = httpx.get(running.url + path, headers=headers)
            assert "evil" not in f"{response.text} {response.headers}", path
            assert not [name for name in response.headers if name.startswith("access-control")], path
    preflight = {"Origin": "http://localhost:1", "Access-Control-Request-Method": "POST"}
    response = httpx.options(f"{running.url}/gradio_api/queue/join", headers=preflight)
    assert response.status_code == 403
    assert "access-control-allow-origin" not in response.headers
