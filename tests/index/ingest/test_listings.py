"""Feeds and sitemaps that are added once."""

from __future__ import annotations

import threading

import pytest

from index import Library, Progress
from tests.index.ingest.feed_site import article_lines
from tests.web_server import Site


def test_an_atom_feed_is_added_without_being_followed(library: Library, site: Site) -> None:
    site.page("/a/1", "Station 1", *article_lines(1))
    site.pages["/atom"] = (
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Outlet</title>"
        "<entry><title>One</title><link href='/a/1'/><id>1</id><updated>2023-05-04T10:00:00Z</updated></entry>"
        "<entry><title>No address</title></entry></feed>"
    )
    report = library.add(f"{site.url}/atom")
    assert len(report.added) == 1
    assert [failure.reason for failure in report.failed] == ["item 2: it has no valid link"]
    assert library.feeds() == []


def test_nested_sitemaps(library: Library, site: Site) -> None:
    for number in range(4):
        site.page(f"/a/{number}", f"Station {number}", *article_lines(number))
    listed = "".join(f"<url><loc>{site.url}/a/{number}</loc></url>" for number in range(4))
    space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    site.pages["/news.xml"] = f"<?xml version='1.0'?><urlset {space}>{listed}</urlset>"
    loop = "".join(f"<sitemap><loc>{site.url}{place}</loc></sitemap>" for place in ("/news.xml", "/sitemap.xml"))
    site.pages["/sitemap.xml"] = f"<?xml version='1.0'?><sitemapindex {space}>{loop}</sitemapindex>"
    assert len(library.add(f"{site.url}/sitemap.xml").added) == 4
    assert site.request_count("/sitemap.xml") <= 2


def test_a_sitemap_with_an_invalid_address(library: Library, site: Site) -> None:
    site.page("/a/1", "Station 1", *article_lines(1))
    listed = "".join(f"<url><loc>{place}</loc></url>" for place in ("http://[", f"{site.url}/a/1"))
    site.pages["/sitemap.xml"] = f"<?xml version='1.0'?><urlset>{listed}</urlset>"
    report = library.add(f"{site.url}/sitemap.xml")
    assert len(report.added) == 1
    assert [failure.reason for failure in report.failed] == ["http://[: this is not a valid URL"]


@pytest.mark.parametrize("count", [1_001, 100_000])
def test_long_listings_are_read_up_to_the_limit(library: Library, site: Site, count: int) -> None:
    items = "".join(f"<item><link>{site.url}/a/{n}</link></item>" for n in range(count))
    site.pages["/feed"] = f"<?xml version='1.0'?><rss version='2.0'><channel><title>All</title>{items}</channel></rss>"
    stop = threading.Event()
    steps: list[Progress] = []

    def on_progress(progress: Progress) -> None:
        steps.append(progress)
        if progress.done == 2:
            stop.set()

    report = library.add(f"{site.url}/feed", progress=on_progress, stop=stop)
    assert steps[-1].total == 1_001  # the feed, and a thousand of its items
    reason = f"the feed lists {count:,} articles, and only the first 1,000 are read"
    assert any(reason in failure.reason for failure in report.failed)


def test_the_text_of_a_feed_is_used_if_the_page_has_none(library: Library, site: Site) -> None:
    text = " ".join(article_lines(1) * 2)
    page = "<!doctype html><html><head><title>Station</title></head><body><div id='root'></div></body></html>"
    site.pages |= {"/1.html": page, "/2.html": page}
    site.page("/3.html", "Station 3", *article_lines(3))
    items = "".join(
        f"<item><title>Station {number}</title><link>{site.url}/{number}.html</link>"
        f"<pubDate>Tue, 07 Mar 2023 21:30:00 GMT</pubDate>{content}</item>"
        for number, content in (
            (1, f"<content:encoded><![CDATA[<p>{text}</p><p>The end.</p>]]></content:encoded>"),
            (2, "<content:encoded>Only a summary.</content:encoded>"),
            (3, f"<content:encoded>{text} and more</content:encoded>"),
        )
    )
    site.pages["/feed"] = (
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        f"<channel><title>Outlet</title>{items}</channel></rss>"
    )
    report = library.add(f"{site.url}/feed")
    articles = {article.title: article for article in library.articles()}
    assert articles["Station 1"].text == f"{text}\n\nThe end."
    assert str(articles["Station 1"].published) == "2023-03-07"
    assert articles["Station 1"].source == f"{site.url}/1.html"
    assert "and more" not in articles["Station 3"].text
    assert [failure.source for failure in report.failed] == [f"{site.url}/2.html"]
    assert len(library.add(f"{site.url}/feed").unchanged) == 2
