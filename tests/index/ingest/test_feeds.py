"""Addresses, feeds and sitemaps in a library: what comes, what changes, what stays."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index import ArticleNotFound, Embedder, FeedNotFound, Fetcher, Library, Progress, SourceError
from rag import Assistant
from tests.conftest import ROOT
from tests.web_server import Answer, Site, redirect, serving

FERRY = (
    "The ferry to Lundby sails again from Monday, the harbour master said.",
    "It had been laid up for three weeks.",
)
RAIN = ("Rain fell on the fells all night, and three roads were closed.", "Nobody was hurt, according to the police.")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def library(tmp_path: Path, embedder: Embedder, site: Site) -> Iterator[Library]:
    with Library.open(tmp_path / "library", embedder, fetcher=fetcher_of(site)) as library:
        yield library


def fetcher_of(site: Site) -> Fetcher:
    return Fetcher(allowed=[site.address], delay_seconds=0, max_seconds=10)


def lines(number: int, word: str = "opened") -> tuple[str, str]:
    return (
        f"Station {number} of the new railway {word} on Thursday after years of work, the mayor of town {number} said.",
        f"Some {number + 3} hundred people came to see the first train, which left at {number % 12 + 1} at night.",
    )


def thirty(site: Site) -> dict[str, str]:
    """Pages and their titles, for a feed."""
    for number in range(30):
        site.page(f"/a/{number}", f"Station {number}", *lines(number))
    return {f"/a/{number}": f"Station {number}" for number in range(30)}


def second_day(site: Site, items: dict[str, str]) -> dict[str, str]:
    """5 new, 3 changed, 2 gone."""
    for number in range(30, 35):
        site.page(f"/a/{number}", f"Station {number}", *lines(number))
    for number in range(3):
        site.page(f"/a/{number}", f"Station {number}", *lines(number, "closed"))
    gone = {"/a/28", "/a/29"}
    new = {f"/a/{number}": f"Station {number}" for number in range(30, 35)}
    return new | {path: title for path, title in items.items() if path not in gone}


def as_it_should_be(library: Library, site: Site) -> None:
    """The library after the second day."""
    by_source = {article.source: article for article in library.articles()}
    assert sorted(by_source) == sorted(f"{site.url}/a/{number}" for number in range(35))
    for number in range(35):
        article = by_source[f"{site.url}/a/{number}"]
        assert ("closed" if number < 3 else "opened") in article.text
        earlier = library.revisions(article.id)
        assert ["opened" in revision.text for revision in earlier] == ([True] if number < 3 else [])
    assert library.check() == []
    assert library.status().is_complete


def test_a_feed_is_followed(library: Library, site: Site) -> None:
    items = thirty(site)
    report = library.follow(site.feed("/feed", items))
    assert (len(report.added), report.failed) == (30, [])
    article = library.article(report.added[0])
    assert (article.title, article.url, article.published) == ("Station 0", f"{site.url}/a/0", date(2023, 5, 4))
    assert article.origins["published"] == "the feed"
    [feed] = library.feeds()
    assert (feed.title, feed.url, feed.failure) == ("The Outlet", f"{site.url}/feed", None)

    asked = len(site.asked)
    assert library.update().added == []  # 304: nothing else is asked
    assert site.asked[asked:] == ["/feed"]

    site.feed("/feed", second_day(site, items))
    report = library.update()
    assert (len(report.added), len(report.updated), len(report.unchanged), report.failed) == (5, 3, 25, [])
    as_it_should_be(library, site)
    report = library.update()
    assert not report.added
    assert not report.updated
    as_it_should_be(library, site)
    library.unfollow(feed.id)
    assert library.feeds() == []
    assert len(library) == 35
    with pytest.raises(FeedNotFound, match="no feed that is followed has the id"):
        library.unfollow(feed.id)


@pytest.mark.parametrize("steps", [3, 30, 64])
def test_killed_in_the_middle_and_run_again_it_is_the_same(
    steps: int, tmp_path: Path, embedder: Embedder, site: Site
) -> None:
    items = thirty(site)
    site.feed("/feed", items)
    with Library.open(tmp_path / "l", embedder, fetcher=fetcher_of(site)) as library:
        library.follow(f"{site.url}/feed")
    site.feed("/feed", second_day(site, items))
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
        as_it_should_be(library, site)
        before = [article.id for article in library.articles()]
        library.update()
        assert [article.id for article in library.articles()] == before


def test_an_earlier_revision_stays_citable(library: Library, site: Site) -> None:
    url = site.page("/ferry", "Ferry", *FERRY)
    [first] = library.add(url).added
    answer = Assistant(library).ask("When does the ferry to Lundby sail again?")
    [citation] = answer.citations[:1]
    site.page("/ferry", "Ferry", FERRY[0].replace("Monday", "Friday"), FERRY[1])
    [second] = library.add(url).updated
    old, new = library.article(first), library.article(second)
    assert old.text[citation.start : citation.end] == citation.quote
    assert (old.replaced_by, new.replaced_by) == (second, None)
    assert old.replaced is not None
    assert old.replaced >= old.added
    assert "Friday" in Assistant(library).ask("When does the ferry to Lundby sail again?").text
    assert [hit.passage.article_id for hit in Assistant(library).search("ferry Lundby")] == [second]
    site.page("/ferry", "Ferry", *FERRY)  # as it was at first
    [third] = library.add(url).updated
    assert [revision.id for revision in library.revisions(third)] == [second, first]
    assert library.article(first).replaced_by == third
    assert library.check() == []
    library.remove(second)
    assert [revision.id for revision in library.revisions(third)] == [first]
    library.remove(third)
    with pytest.raises(ArticleNotFound):
        library.article(first)
    assert library.check() == []


def test_one_article_under_two_addresses_is_one(library: Library, site: Site) -> None:
    head = f"<link rel='canonical' href='{site.url}/ferry'>"
    site.page("/ferry", "Ferry", *FERRY, head=head)
    site.page("/amp/ferry?from=home", "Ferry (short)", FERRY[0] + " Tickets are sold at the harbour.", head=head)
    site.pages["/old"] = redirect("/ferry?utm_source=old")
    site.pages["/ferry?utm_source=old"] = site.pages["/ferry"]
    [first] = library.add(f"{site.url}/ferry?utm_source=mail&utm_medium=x#top").added
    assert site.asked[1:] == ["/ferry"]  # what only tracks its reader isn't sent
    assert library.add(f"{site.url}/old").unchanged == [first]
    for _ in range(2):  # another edition takes no turns with it
        assert library.add(f"{site.url}/amp/ferry?from=home").unchanged == [first]
        assert library.add(f"{site.url}/ferry").unchanged == [first]
    assert [article.source for article in library.articles()] == [f"{site.url}/ferry"]


def test_an_edition_that_comes_first_gives_way_to_the_article(library: Library, site: Site) -> None:
    head = f"<link rel='canonical' href='{site.url}/ferry'>"
    short = site.page("/amp/ferry", "Ferry", FERRY[0], head=head)
    whole = site.page("/ferry", "Ferry", *FERRY, head=head)
    library.add(short)
    [article_id] = library.add(whole).updated
    assert library.add(short).unchanged == [article_id]
    assert len(library) == 1


def test_pages_that_name_one_address_by_mistake_stay_apart(library: Library, site: Site) -> None:
    for number in range(3):
        site.page(f"/a.php?id={number}", "Station", *lines(number), head="<link rel='canonical' href='/a.php'>")
    site.page("/a.php?id=1", "Ferry", *FERRY, head="<link rel='canonical' href='/a.php'>")
    site.page("/a.php?id=2", "Rain", *RAIN, head="<link rel='canonical' href='/a.php'>")
    items = {f"/a.php?id={number}": "One" for number in range(3)}
    assert len(library.follow(site.feed("/feed", items)).added) == 3
    report = library.follow(site.feed("/feed", items, changed="yes"))
    assert (report.added, report.updated, len(report.unchanged)) == ([], [], 3)


def test_no_file_from_the_web_takes_the_place_of_another_article(library: Library, site: Site) -> None:
    victim = site.page("/ferry", "Ferry", *FERRY)
    [article_id] = library.add(victim).added
    line = f'{{"title": "Mayor", "text": "The mayor was arrested, says this text.", "url": "{victim}"}}'
    site.pages["/x.jsonl"] = (200, {"Content-Type": "application/jsonl"}, line.encode())
    with serving() as other:
        other.page("/x", "Mayor", *RAIN, head=f"<link rel='canonical' href='{victim}'>")
        library._fetcher = Fetcher(allowed=[site.address, other.address], delay_seconds=0)
        assert len(library.add(f"{site.url}/x.jsonl", f"{other.url}/x").added) == 2
    assert library.article(article_id).replaced_by is None


def test_the_removal_of_one_hides_no_other_that_names_its_address(library: Library, site: Site) -> None:
    head = "<link rel='canonical' href='/home.html'>"
    for path, words in (("/a1", FERRY), ("/a2", RAIN), ("/a3", lines(3))):
        site.page(path, path, *words, head=head)
    first, _ = library.follow(site.feed("/feed", {"/a1": "One", "/a2": "Two"})).added
    library.remove(first)
    report = library.follow(site.feed("/feed", {"/a1": "One", "/a2": "Two", "/a3": "Three"}))
    assert (len(report.added), len(report.unchanged)) == (1, 1)


def test_what_a_feed_tells_stays(library: Library, site: Site) -> None:
    url = site.page("/a/1", "Station 1", *lines(1))
    feed = site.feed("/feed", {"/a/1": "One"})
    [article_id] = library.follow(feed).added
    assert library.add(url).unchanged == [article_id]
    assert library.article(article_id).published == date(2023, 5, 4)
    site.feed("/other", {"/a/1": "One"}, changed="other")
    site.pages["/other"] = str(site.pages["/other"]).replace("04 May", "06 May")
    assert library.follow(f"{site.url}/other").unchanged == [article_id]


def test_a_removed_article_is_not_brought_back_under_another_address(library: Library, site: Site) -> None:
    head = f"<link rel='canonical' href='{site.url}/a/1'>"
    for path in ("/a/1", "/a/1?edition=2"):
        site.page(path, "Station 1", *lines(1), head=head)
    [article_id] = library.follow(site.feed("/feed", {"/a/1": "One"})).added
    library.remove(article_id)
    assert library.follow(site.feed("/feed", {"/a/1?edition=2": "One"})).added == []


@pytest.mark.parametrize(
    "answer",
    [
        (200, {"Content-Type": "text/csv"}, b"title,text\n"),
        (503, {"Retry-After": "Fri, 31 Dec 9999 23:59:59 -2300"}, b""),
        (200, {"Content-Type": "text/html", "ETag": "\u00e9"}, b"<p>A page with an odd tag, and little on it.</p>"),
        (200, {"Content-Type": "text/html"}, b"<link rel=canonical href='//['><p>The bridge is open to all by now</p>"),
        (200, {"Content-Type": "text/xml"}, b"<rss version='2.0'><channel><title>&#xD800;</title></channel></rss>"),
    ],
)  # fmt: skip
def test_no_answer_stops_the_others(
    library: Library, site: Site, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/bad"] = answer
    good = site.page("/good", "Ferry", *FERRY)
    for _ in range(2):
        report = library.add(f"{site.url}/bad", good)
        assert good in [library.article(article_id).source for article_id in report.added + report.unchanged]
    site.pages["/feed"] = answer
    library._database.feeds.follow(f"{site.url}/feed", "Bad")
    site.feed("/two", {"/good": "Ferry", "/bad": "Bad"})
    library._database.feeds.follow(f"{site.url}/two", "Good")
    library.update()
    assert all(feed.checked for feed in library.feeds())


def test_a_page_that_takes_too_long_to_read(library: Library, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    good = site.page("/good", "Ferry", *FERRY)
    library.add(good)  # the process that reads runs
    monkeypatch.setattr("index.parsing.MAX_SECONDS", 4.0)
    site.pages["/bad"] = (200, {"Content-Type": "text/markdown"}, b"![" * 300_000)  # takes minutes
    [failure] = library.add(f"{site.url}/bad").failed
    assert "longer than 4 seconds" in failure.reason


def test_a_sitemap_with_a_bad_address(library: Library, site: Site) -> None:
    site.page("/a/1", "Station 1", *lines(1))
    listed = "".join(f"<url><loc>{place}</loc></url>" for place in ("http://[", f"{site.url}/a/1"))
    site.pages["/sitemap.xml"] = f"<?xml version='1.0'?><urlset>{listed}</urlset>"
    report = library.add(f"{site.url}/sitemap.xml")
    assert len(report.added) == 1
    assert [failure.reason for failure in report.failed] == ["http://[: it is no address"]


def test_labels_of_encodings_mean_what_they_mean_in_browsers(library: Library, site: Site) -> None:
    text = "“We will rebuild the bridge,” said the mayor of Lundby – it’s a café."
    body = f"<html><body><p>{text}</p></body></html>".encode("cp1252")
    site.pages["/a"] = (200, {"Content-Type": "text/html; charset=ISO-8859-1"}, body)
    [article_id] = library.add(f"{site.url}/a").added
    assert library.article(article_id).text == text


def test_a_page_cannot_take_the_place_of_another_site_s(library: Library, site: Site) -> None:
    site.page("/ferry", "Ferry", *FERRY)
    for place in ("https://outlet.example/ferry", "javascript:alert(1)", "http://[", "/", f"{site.url[:-1]}/ferry"):
        site.page("/ferry", "Ferry", *FERRY, head=f"<link rel='canonical' href='{place}'>")
        [article_id] = library.add(f"{site.url}/ferry").added
        assert [article.source for article in library.articles()] == [f"{site.url}/ferry"]
        library.remove(article_id)


def test_a_removed_article_is_not_brought_back_by_its_feed(library: Library, site: Site) -> None:
    items = {"/a/1": "One", "/a/2": "Two"}
    for number in (1, 2):
        site.page(f"/a/{number}", f"Station {number}", *lines(number))
    first, _ = library.follow(site.feed("/feed", items)).added
    library.remove(first)
    site.page("/a/3", "Station 3", *lines(3))
    report = library.follow(site.feed("/feed", items | {"/a/3": "Three"}))
    assert (len(report.added), len(report.unchanged), len(library)) == (1, 1, 2)
    assert len(library.add(f"{site.url}/a/1").added) == 1  # but by whoever asks for it


def test_what_fails_is_told_and_tried_again(library: Library, site: Site) -> None:
    site.page("/a/1", "Station 1", *lines(1))
    site.pages["/a/2"] = (503, {}, b"")
    site.pages["/a/3"] = (
        "<html><body><p>To continue reading this article, please log in or subscribe.</p></body></html>"
    )
    items = {"/a/1": "One", "/a/2": "Two", "/a/3": "Three", "/a/4": "Four"}
    report = library.follow(site.feed("/feed", items))
    assert len(report.added) == 1
    reasons = {failure.source.removeprefix(site.url): failure.reason for failure in report.failed}
    assert reasons["/a/2"] == "an error of the server (HTTP 503)"
    assert reasons["/a/3"].startswith("no article text")
    assert reasons["/a/4"] == "there is no such page (HTTP 404)"
    site.page("/a/2", "Station 2", *lines(2))
    assert len(library.update().added) == 1
    site.pages.pop("/feed")
    [failure] = library.update().failed
    assert failure.reason == "there is no such page (HTTP 404)"
    assert library.feeds()[0].failure == failure.reason
    assert len(library) == 2


def test_the_feed_of_a_page_is_followed(library: Library, site: Site) -> None:
    site.page("/a/1", "Station 1", *lines(1))
    site.feed("/feed?a=1&b=2", {"/a/1": "One"})
    link = "<link href='/feed?a=1&amp;b=2' rel=alternate title='News' type=\"application/rss+xml\">"
    home = site.page("/", "The Outlet", "News of the day.", head=f"<link rel='icon' href='/x'>{link}")
    assert len(library.follow(home).added) == 1
    assert library.feeds()[0].url == f"{site.url}/feed?a=1&b=2"


def test_a_feed_is_followed_whatever_its_text_names(library: Library, site: Site) -> None:
    site.page("/a/1", "Station 1", *lines(1))
    link = "<link rel='alternate' type='application/rss+xml' href='/evil'>"
    url = site.feed("/feed", {"/a/1": "One"}, changed=f"<![CDATA[{link}]]>")
    assert len(library.follow(url).added) == 1
    assert library.feeds()[0].url == url
    head = f"<!-- {link} --><link rel='alternate' type='application/rss+xml; charset=utf-8' href='/feed'>"
    assert library.follow(site.page("/", "The Outlet", "News.", head=head)).failed == []
    assert [feed.url for feed in library.feeds()] == [url]


def test_what_is_no_feed_is_not_followed(library: Library, site: Site) -> None:
    with pytest.raises(SourceError, match="it is no RSS or Atom feed"):
        library.follow(site.page("/a", "Ferry", *FERRY))
    with pytest.raises(SourceError, match="no such page"):
        library.follow(f"{site.url}/none")
    with pytest.raises(SourceError, match="only http and https"):
        library.follow("ftp://outlet.example/feed")
    assert library.feeds() == []


def test_an_atom_feed_and_one_added_once(library: Library, site: Site) -> None:
    site.page("/a/1", "Station 1", *lines(1))
    site.pages["/atom"] = (
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Outlet</title>"
        "<entry><title>One</title><link href='/a/1'/><id>1</id><updated>2023-05-04T10:00:00Z</updated></entry>"
        "<entry><title>No address</title></entry></feed>"
    )
    report = library.add(f"{site.url}/atom")
    assert len(report.added) == 1
    assert [failure.reason for failure in report.failed] == ["item 2: it has no address"]
    assert library.feeds() == []


def test_a_sitemap_leads_to_articles(library: Library, site: Site) -> None:
    for number in range(4):
        site.page(f"/a/{number}", f"Station {number}", *lines(number))
    listed = "".join(f"<url><loc>{site.url}/a/{number}</loc></url>" for number in range(4))
    space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    site.pages["/news.xml"] = f"<?xml version='1.0'?><urlset {space}>{listed}</urlset>"
    loop = "".join(f"<sitemap><loc>{site.url}{place}</loc></sitemap>" for place in ("/news.xml", "/sitemap.xml"))
    site.pages["/sitemap.xml"] = f"<?xml version='1.0'?><sitemapindex {space}>{loop}</sitemapindex>"
    assert len(library.add(f"{site.url}/sitemap.xml").added) == 4
    assert site.times("/sitemap.xml") <= 2


@pytest.mark.parametrize("count", [1_001, 100_000])
def test_endless_lists_are_read_to_a_limit(library: Library, site: Site, count: int) -> None:
    items = "".join(f"<item><link>{site.url}/a/{n}</link></item>" for n in range(count))
    site.pages["/feed"] = f"<?xml version='1.0'?><rss version='2.0'><channel><title>All</title>{items}</channel></rss>"
    stop = threading.Event()
    steps: list[Progress] = []

    def tell(progress: Progress) -> None:
        steps.append(progress)
        if progress.done == 2:
            stop.set()

    report = library.add(f"{site.url}/feed", progress=tell, stop=stop)
    assert steps[-1].total == 1_001  # the feed, and a thousand of its items
    assert any(f"it lists {count:,} articles; the first 1,000 are read" in failure.reason for failure in report.failed)


def test_other_kinds_lie_at_addresses(library: Library, site: Site) -> None:
    line = '{"title": "Ferry", "text": "The ferry sails again.", "url": "https://outlet.example/ferry"}'
    site.pages["/a.jsonl"] = (200, {"Content-Type": "application/octet-stream"}, line.encode())
    site.pages["/a.txt"] = (
        200,
        {"Content-Type": "text/plain; charset=iso-8859-1"},
        "Café\n\nThe café is open.".encode("latin-1"),
    )
    site.pages["/a.png"] = (200, {"Content-Type": "image/png"}, b"\x89PNG")
    site.pages["/empty"] = (200, {"Content-Type": "text/html"}, b"")
    report = library.add(*(f"{site.url}/{name}" for name in ("a.jsonl", "a.txt", "a.png", "empty")))
    articles = {article.source: article for article in library.articles()}
    assert articles[f"{site.url}/a.txt"].text == "The café is open."
    ferry = articles[f"{site.url}/a.jsonl#1"]
    assert (ferry.title, ferry.url) == ("Ferry", "https://outlet.example/ferry")
    assert [failure.reason for failure in report.failed] == [
        "what lies there can't be read: it is image/png",
        "no article text: the answer is empty",
    ]


def test_stopped_it_keeps_what_is_done(library: Library, site: Site) -> None:
    stop = threading.Event()

    def slow(handler: object) -> None:
        stop.set()
        time.sleep(0.2)

    site.feed("/feed", thirty(site))
    site.pages["/a/7"] = slow  # type: ignore[assignment]
    report = library.follow(f"{site.url}/feed", stop=stop)
    assert (len(report.added), len(library)) == (7, 7)
    assert report.failed == []
    site.page("/a/7", "Station 7", *lines(7))
    assert len(library.update().added) == 23
