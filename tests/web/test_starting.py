"""The address responds while the app is being built."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from tests.conftest import serve
from web.starting import Starting


def test_the_page_reloads_itself_until_the_app_is_there() -> None:
    may_build, events = threading.Event(), []

    async def hello(_: object) -> PlainTextResponse:
        return PlainTextResponse("the app")

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        events.append("startup")
        yield
        events.append("shutdown")

    def build() -> ASGIApp:
        may_build.wait(10)
        return Starlette(routes=[Route("/", hello)], lifespan=lifespan)

    starting = Starting(build, lambda: None)
    for url in serve(starting):
        page = httpx.get(url)
        assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
        assert 'http-equiv="refresh"' in page.text
        assert httpx.get(f"{url}/healthz").json() == {"status": "ok"}
        for path in ("/readyz", "/api/v1/ask", "/gradio_api/upload"):
            refused = httpx.post(f"{url}{path}", content=b"x")
            assert (refused.status_code, refused.json()["error"]["code"]) == (503, "starting")
            assert refused.headers["retry-after"] == "1"
        may_build.set()
        while httpx.get(url).text != "the app":
            assert starting.failure is None
            time.sleep(0.02)
        assert events == ["startup"]
    assert events == ["startup", "shutdown"]


def test_an_app_that_cannot_be_built_stops_the_server() -> None:
    def build() -> ASGIApp:
        raise RuntimeError("no page")

    failed = threading.Event()
    starting = Starting(build, failed.set)
    for _ in serve(starting):
        assert failed.wait(10)
    assert str(starting.failure) == "no page"
