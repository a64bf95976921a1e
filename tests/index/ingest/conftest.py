"""A web site, and a library whose fetcher may connect to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Embedder, Library
from tests.index.ingest.feed_site import fetcher_of
from tests.web_server import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def library(tmp_path: Path, embedder: Embedder, site: Site) -> Iterator[Library]:
    with Library.open(tmp_path / "library", embedder, fetcher=fetcher_of(site)) as library:
        yield library
