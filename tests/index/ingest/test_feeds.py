"""Followed feeds: new, changed and failed articles, and interrupted updates."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from index import Embedder, Feed, FeedNotFound, Library, SourceError
from tests.conftest import ROOT
from tests.index.ingest.feed_site import (
    FERRY,
    article_lines,
    assert_second_day,
    fetcher_of,
    publish_first_day,
    publish_second_day,
)
from tests.web_server import Site


def test_a_feed_is_followed(library: Library, site: Site) -> None:
    items = publish_first_day(site)
    report = library.follow(site.feed("/feed", items))
    assert (len(report.added), report.failed) == (30, [])
    article = library.article(report.added[0])
    assert (article.title, article.url, article.published) == ("Station 0", f"{site.url}/a/0", date(2023, 5, 4))
    assert article.origins["published"] == "the feed"
    [feed] = library.feeds()
    assert (feed.title, feed.url, feed.failure) == ("The Outlet", f"{site.url}/feed", None)

    requested = len(site.requested)
    assert library.update().added == []  # 304: nothing else is requested
    assert site.requested[requested:] == ["/feed"]

    site.feed("/feed", publish_second_day(site, items))
    report = library.update()
    assert (len(report.added), len(report.updated), len(report.unchanged), report.failed) == (5, 3, 25, [])
    assert_second_day(library, site)
    report = library.update()
    assert not report.added
    assert not report.updated
    assert_second_day(library, site)
    library.unfollow(feed.id)
    assert library.feeds() == []
    assert len(library) == 35
    with pytest.raises(FeedNotFound, match=f"has the id {feed.id}"):
        library.unfollow(feed.id)


@pytest.mark.parametrize("steps", [3, 30, 64])
def test_an_update_that_was_killed_is_completed_by_the_next(
    steps: int, tmp_path: Path, embedder: Embedder, site: Site
) -> None:
    items = publish_first_day(site)
    site.feed("/feed", items)
    with Library.open(tmp_path / "l", embedder, fetcher=fetcher_of(site)) as library:
        library.follow(f"{site.url}/feed")
    site.feed("/feed", publish_second_day(site, items))
    script = (
        "import os; from index import Fetcher, Library\n"
        f"library = Library.open({str(tmp_path / 'l')!r}, {embedder.name!r},"
        f" fetcher=Fetcher(allowed=[{site.address!r}], delay_seconds=0.02))\n"
        "seen = []\n"
        f"end = lambda step: (seen.append(step), len(seen) >= {steps} and os.kill(os.getpid(), 9))\n"
        "library.update(wait=False, progress=end)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    with Library.open(tmp_path / "l", embedder, fetcher=fetcher_of(site)) as library:
        library.update()
        assert_second_day(library, site)
        before = [article.id for article in library.articles()]
        library.update()
        assert [article.id for article in library.articles()] == before


def test_metadata_from_the_first_feed_is_kept(library: Library, site: Site) -> None:
    url = site.page("/a/1", "Station 1", *article_lines(1))
    feed = site.feed("/feed", {"/a/1": "One"})
    [article_id] = library.follow(feed).added
    assert library.add(url).unchanged == [article_id]
    assert library.article(article_id).published == date(2023, 5, 4)
    site.feed("/other", {"/a/1": "One"}, changed="other")
    site.pages["/other"] = str(site.pages["/other"]).replace("04 May", "06 May")
    assert library.follow(f"{site.url}/other").unchanged == [article_id]


def test_failures_are_reported_and_retried(library: Library, site: Site) -> None:
    site.page("/a/1", "Station 1", *article_lines(1))
    site.pages["/a/2"] = (503, {}, b"")
    site.pages["/a/3"] = (
        "<html><body><p>To continue reading this article, please log in or subscribe.</p></body></html>"
    )
    items = {"/a/1": "One", "/a/2": "Two", "/a/3": "Three", "/a/4": "Four"}
    report = library.follow(site.feed("/feed", items))
    assert len(report.added) == 1
    reasons = {failure.source.removeprefix(site.url): failure.reason for failure in report.failed}
    assert reasons["/a/2"] == "server error (HTTP 503)"
    assert reasons["/a/3"].startswith("no article text")
    assert reasons["/a/4"] == "page not found (HTTP 404)"
    site.page("/a/2", "Station 2", *article_lines(2))
    assert len(library.update().added) == 1
    site.pages.pop("/feed")
    [failure] = library.update().failed
    assert failure.reason == "page not found (HTTP 404)"
    assert library.feeds()[0].failure == failure.reason
    assert len(library) == 2


def test_the_feed_that_a_page_declares_is_followed(library: Library, site: Site) -> None:
    site.page("/a/1", "Station 1", *article_lines(1))
    site.feed("/feed?a=1&b=2", {"/a/1": "One"})
    link = "<link href='/feed?a=1&amp;b=2' rel=alternate title='News' type=\"application/rss+xml\">"
    home = site.page("/", "The Outlet", "News of the day.", head=f"<link rel='icon' href='/x'>{link}")
    assert len(library.follow(home).added) == 1
    assert library.feeds()[0].url == f"{site.url}/feed?a=1&b=2"


def test_links_in_the_text_of_a_feed_are_ignored(library: Library, site: Site) -> None:
    site.page("/a/1", "Station 1", *article_lines(1))
    link = "<link rel='alternate' type='application/rss+xml' href='/evil'>"
    url = site.feed("/feed", {"/a/1": "One"}, changed=f"<![CDATA[{link}]]>")
    assert len(library.follow(url).added) == 1
    assert library.feeds()[0].url == url
    head = f"<!-- {link} --><link rel='alternate' type='application/rss+xml; charset=utf-8' href='/feed'>"
    assert library.follow(site.page("/", "The Outlet", "News.", head=head)).failed == []
    assert [feed.url for feed in library.feeds()] == [url]


def test_only_feeds_can_be_followed(library: Library, site: Site) -> None:
    with pytest.raises(SourceError, match="not an RSS or Atom feed"):
        library.follow(site.page("/a", "Ferry", *FERRY))
    with pytest.raises(SourceError, match="page not found"):
        library.follow(f"{site.url}/none")
    with pytest.raises(SourceError, match="only http and https"):
        library.follow("ftp://outlet.example/feed")
    assert library.feeds() == []


def test_a_stopped_run_keeps_what_it_added(library: Library, site: Site) -> None:
    stop = threading.Event()

    def slow(_: BaseHTTPRequestHandler) -> None:
        stop.set()
        time.sleep(0.2)

    site.feed("/feed", publish_first_day(site))
    site.pages["/a/7"] = slow
    report = library.follow(f"{site.url}/feed", stop=stop)
    assert (len(report.added), len(library)) == (7, 7)
    assert report.failed == []
    site.page("/a/7", "Station 7", *article_lines(7))
    assert len(library.update().added) == 23


def test_a_feed_checked_while_the_clock_was_ahead_is_due() -> None:
    now, hour = datetime(2023, 5, 4, 10, tzinfo=UTC), timedelta(hours=1)
    checks = {None: True, now - 2 * hour: True, now - hour / 2: False, now: False, now + hour: True}
    for checked, is_due in checks.items():
        assert Feed(1, "https://outlet.example/feed", "News", checked).is_due(now, hour) == is_due
