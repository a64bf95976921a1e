"""Reading feeds and sitemaps, valid and malformed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Failure, SourceError
from index.ingest.load import load
from index.readers.base import ListEntry
from index.records import LoadedArticle
from tests.files import PAGE
from tests.index.readers.test_readers import BILLION_LAUGHS, EXTERNAL_ENTITY

URL = "https://outlet.example/list.xml"
NAMES = [f"/a/{number}" for number in range(9)]
LISTS = {
    "rss": "<?xml version='1.0'?><rss version='2.0'><channel><title>The Outlet</title>"
    + "".join(
        f"<item><title>A &amp; b</title><link>{name}</link><pubDate>4 May 2023</pubDate></item>" for name in NAMES
    )
    + "</channel></rss>",
    "rdf": "<?xml version='1.0'?>"
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    "<channel rdf:about='/'><title>The Outlet</title></channel>"
    + "".join(f"<item rdf:about='{name}'><title>One</title><link>{name}</link></item>" for name in NAMES)
    + "</rdf:RDF>",
    "atom": "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>The Outlet</title>"
    + "".join(f"<entry><title>One</title><link href='{name}'/><id>{name}</id></entry>" for name in NAMES)
    + "</feed>",
    "sitemap": "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
    + "".join(f"<url><loc>https://outlet.example{name}</loc><lastmod>2023-05-04</lastmod></url>" for name in NAMES)
    + "</urlset>",
    "html": PAGE,
}


def read(folder: Path, data: bytes, suffix: str = ".xml") -> list[LoadedArticle | ListEntry | Failure]:
    path = folder / f"fetched{suffix}"
    path.write_bytes(data)
    return list(load(path, URL, is_fetched=True))


@pytest.mark.parametrize("kind", ["rss", "rdf", "atom", "sitemap"])
def test_every_kind_of_list_yields_its_entries(tmp_path: Path, kind: str) -> None:
    head, *rest = read(tmp_path, LISTS[kind].encode())
    assert isinstance(head, ListEntry)
    assert head.kind == ("sitemap" if kind == "sitemap" else "feed")
    assert [item.url for item in rest if isinstance(item, ListEntry)] == [
        f"https://outlet.example{name}" for name in NAMES
    ]
    assert {item.kind for item in rest if isinstance(item, ListEntry)} == {"article"}


@pytest.mark.parametrize("kind", LISTS)
def test_cut_lists_are_lists_or_failures(tmp_path: Path, kind: str) -> None:
    data = LISTS[kind].encode()
    for part in range(20):
        try:
            assert read(tmp_path, data[: len(data) * part // 20])
        except SourceError as error:
            assert str(error)  # noqa: PT017


@given(st.sampled_from(sorted(LISTS)), st.integers(), st.integers(1, 30))
@settings(max_examples=200, deadline=None)
def test_changed_lists_are_lists_or_failures(
    tmp_path_factory: pytest.TempPathFactory, kind: str, seed: int, changes: int
) -> None:
    rng, data = random.Random(seed), bytearray(LISTS[kind].encode())
    for _ in range(changes):
        data[rng.randrange(len(data))] = rng.randrange(256)
    try:
        assert read(tmp_path_factory.mktemp("changed"), bytes(data))
    except SourceError as error:
        assert str(error)  # noqa: PT017


@pytest.mark.parametrize("attack", [BILLION_LAUGHS, EXTERNAL_ENTITY])
@pytest.mark.parametrize(
    "rest", ["<rss><channel><title>&a;</title></channel></rss>", "<urlset><loc>&a;</loc></urlset>"]
)
def test_entity_declarations_are_refused(tmp_path: Path, attack: str, rest: str) -> None:
    with pytest.raises(SourceError, match=r"declares its own entities.*aren't supported"):
        read(tmp_path, (attack + rest).encode())


def test_other_xml_and_empty_feeds(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"isn't a feed, a sitemap or a web page: its root element is <svg>"):
        read(tmp_path, b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    [head] = read(tmp_path, b"<rss version='2.0'><channel><title>Nothing yet</title></channel></rss>")
    assert isinstance(head, ListEntry)
    with pytest.raises(SourceError):  # data that looks like a path isn't opened
        read(tmp_path, b"/etc/passwd")
