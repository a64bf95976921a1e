"""A web site on this machine, and a fetcher that may only connect to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpcore2
import pytest

from index import Fetcher
from tests.web_server import Site, serving


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if the guard fails, only this machine is connected to."""
    connect = httpcore2.SyncBackend.connect_tcp

    def connect_here(self: httpcore2.SyncBackend, host: str, *rest: Any, **more: Any) -> httpcore2.NetworkStream:
        assert host in ("127.0.0.1", "93.184.215.14"), f"{host} would have been connected to"
        if host != "127.0.0.1":
            raise httpcore2.ConnectError("not connected")
        return connect(self, host, *rest, **more)

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect_here)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def fetcher(site: Site) -> Fetcher:
    """May connect to the test's own server, and nothing else on this machine."""
    return Fetcher(allowed=[site.address], delay_seconds=0, max_seconds=1.5, max_bytes=1_000_000)
