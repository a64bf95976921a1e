"""Web addresses and feeds on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from index import Embedder, Fetcher
from tests.browser.conftest import Watched
from tests.conftest import Served, serve_library
from tests.index.ingest.feed_site import FERRY, article_lines
from tests.web_server import Site, serving


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, site: Site) -> Iterator[Served]:
    fetcher = Fetcher(allowed=[site.address], delay_seconds=0)
    yield from serve_library(tmp_path_factory.mktemp("online") / "library", embedder, fetcher=fetcher)


def test_an_address_and_a_feed(open_page: Callable[..., Watched], site: Site, served: Served) -> None:
    watched = open_page()
    page = watched.page
    page.get_by_role("tab", name="Library").click()
    address = page.get_by_label("Add from the web")
    address.fill(site.page("/ferry", "<b>Ferry</b> & more", *FERRY))
    address.press("Enter")
    expect(page.locator("#results li.added")).to_contain_text("1 article added")
    expect(page.locator("#articles label").first).to_contain_text("Ferry")

    site.page("/ferry", "<b>Ferry</b> & more", FERRY[0].replace("Monday", "Friday"), FERRY[1])
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#results li.updated")).to_contain_text("1 article updated")
    expect(page.locator("#articles label").first).to_contain_text("ID 14")  # the list was refreshed
    page.locator("#articles label").first.click()
    expect(page.locator("#reading .article-text").first).to_contain_text("Friday")
    earlier = page.locator("#reading details")
    earlier.locator("summary").click()
    expect(earlier).to_contain_text("Version from")
    expect(earlier).to_contain_text("sails again from Monday")

    for number in (1, 2):
        site.page(f"/a/{number}", f"Station {number}", *article_lines(number))
    address.fill(site.feed("/feed", {"/a/1": "One", "/a/2": "Two", "/a/3": "Gone"}))
    page.get_by_role("button", name="Follow feed").click()
    expect(page.locator("#results li").first).to_contain_text("2 articles added, 1 failed")
    expect(page.locator("#results li.failed")).to_contain_text("/a/3 Not added — page not found (HTTP 404)")
    page.get_by_role("button", name="Followed feeds").click()
    expect(page.locator("#feed-list label")).to_contain_text("The Outlet")
    site.page("/a/3", "Station 3", *article_lines(3))
    page.get_by_role("button", name="Check for new articles").click()
    expect(page.locator("#results li").first).to_contain_text("1 article added, 2 unchanged")
    page.locator("#feed-list label").click()
    page.get_by_role("button", name="Unfollow selected feed").click()
    expect(page.locator("#results")).to_contain_text("Unfollowed “The Outlet”")
    expect(page.locator("#no-feeds")).to_contain_text("No feeds followed yet")
    assert len(served.library) == 12 + 4
    assert watched.foreign == []
    assert watched.violations == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Enter a web address starting with https://"),
        ("the ferry", "is not a web address; it must start with https://"),
        ("http://localhost/", "localhost is not on the public internet"),
        ("https://<b>x</b>/", "not a valid address"),
    ],
)
def test_an_invalid_address_is_explained_in_place(open_page: Callable[..., Watched], text: str, reason: str) -> None:
    page = open_page().page
    page.get_by_role("tab", name="Library").click()
    page.get_by_label("Add from the web").fill(text)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#results li.failed")).to_contain_text(reason)
