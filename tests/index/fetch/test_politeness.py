"""robots.txt, delays between requests, and Retry-After."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from index import Fetcher
from index.errors import FetchFailed, FetchRefused
from index.fetch.politeness import merge_other_agents
from tests.web_server import Site, reply


def test_robots_txt_is_respected(site: Site, fetcher: Fetcher) -> None:
    site.page("/open", "Open", "An open page.")
    site.page("/private/a", "Private", "A private page.")
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private\n")
    assert fetcher.fetch(f"{site.url}/open").body
    with pytest.raises(FetchRefused, match=r"doesn't allow automated access to this page \(robots.txt\)"):
        fetcher.fetch(f"{site.url}/private/a")
    assert site.requested == ["/robots.txt", "/open"]


def test_no_page_is_fetched_while_robots_txt_is_unavailable(site: Site, fetcher: Fetcher) -> None:
    site.page("/a", "A page", "A page.")
    site.pages["/robots.txt"] = (503, {}, b"")
    with pytest.raises(FetchFailed, match=r"robots\.txt can't be read \(HTTP 503\); try again later"):
        fetcher.fetch(f"{site.url}/a")
    assert site.requested == ["/robots.txt"]


def test_a_huge_robots_txt_is_parsed_fast(site: Site) -> None:
    fetcher = Fetcher(allowed=[site.address], delay_seconds=0)
    site.page("/a", "A page", "A page.")
    agents = "".join(f"User-agent: bot{number}\n" for number in range(8_000))
    rules = "".join(f"Disallow: /{number}*x*y$\n" for number in range(8_000))
    ours = "User-agent: other\nUser-agent: AskTheArticles\nDisallow: /no\n"
    site.pages["/robots.txt"] = (200, {}, (agents + rules + ours).encode())
    began = time.monotonic()
    assert fetcher.fetch(f"{site.url}/a").body
    with pytest.raises(FetchRefused):
        fetcher.fetch(f"{site.url}/no/a")
    assert time.monotonic() - began < 10  # takes minutes with all names


_ROBOTS_LINES = st.sampled_from(
    ["User-agent: *", "User-agent: AskTheArticles", "User-agent: AskTheArticles/0.1", "user agent: GPTBot",
     "Useragent: x*", "User-agent: ask", "User-agent *", "User-agent: a: b", "User-agent:", "Disallow:", "Disallow: /",
     "Disallow: /a", "Allow: /a", "Disallow /", "Sitemap: http://h/s.xml", "Host: h", "Crawl-delay: 5", "foo: bar", "",
     "# no", "User-agent: bot # AskTheArticles"]
)  # fmt: skip


@given(st.lists(_ROBOTS_LINES, max_size=12))
def test_merging_other_agents_keeps_our_rules(lines: list[str]) -> None:
    text, agent = "\n".join(lines), "AskTheArticles/0.1"
    whole, ours = Protego.parse(text), Protego.parse(merge_other_agents(text, agent))
    assert ours.crawl_delay(agent) == whole.crawl_delay(agent)
    for path in ("/", "/a", "/b"):
        assert ours.can_fetch(f"http://h{path}", agent) == whole.can_fetch(f"http://h{path}", agent)


def test_a_failed_robots_txt_is_cached(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = (500, {}, b"")
    for number in range(5):
        with pytest.raises(FetchFailed, match=r"robots\.txt"):
            fetcher.fetch(f"{site.url}/{number}")
    assert site.requested == ["/robots.txt"]


def test_a_stopped_fetch_caches_nothing_about_the_site(site: Site, fetcher: Fetcher) -> None:
    url, stop = site.page("/a", "A page", "A page."), threading.Event()

    def rules(handler: BaseHTTPRequestHandler) -> None:
        stop.set()
        reply(handler, 200, {"Content-Length": "1"}, b"")
        time.sleep(0.2)
        handler.wfile.write(b" ")

    site.pages["/robots.txt"] = rules
    with pytest.raises(FetchFailed, match="stopped"):
        fetcher.fetch(url, stop=stop)
    assert fetcher.fetch(url).body


def test_requests_to_a_host_are_delayed(site: Site) -> None:
    url = site.page("/a", "A page", "A page.")
    fetcher = Fetcher(allowed=[site.address], delay_seconds=0.3)
    began = time.monotonic()
    for _ in range(3):
        fetcher.fetch(url)
    assert time.monotonic() - began >= 0.9


def test_retry_after_is_respected(site: Site, fetcher: Fetcher) -> None:
    site.page("/a", "A page", "A page.")
    site.pages["/busy"] = (429, {"Retry-After": "1"}, b"")
    with pytest.raises(FetchFailed, match="too many requests; try again later"):
        fetcher.fetch(f"{site.url}/busy")
    began = time.monotonic()
    fetcher.fetch(f"{site.url}/a")
    assert time.monotonic() - began > 0.7
    site.pages["/busy"] = (503, {"Retry-After": "3600"}, b"")
    with pytest.raises(FetchFailed, match="HTTP 503"):
        fetcher.fetch(f"{site.url}/busy")
    with pytest.raises(FetchFailed, match=r"next request in 3,[56]\d\d seconds; try again then"):
        fetcher.fetch(f"{site.url}/a")
    assert site.request_count("/a") == 1
