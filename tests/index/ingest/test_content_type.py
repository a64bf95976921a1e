"""Responses of all kinds of content, and bad ones."""

from __future__ import annotations

import pytest

from index import Library
from tests.index.ingest.feed_site import FERRY
from tests.web_server import Answer, Site


def test_other_content_types(library: Library, site: Site) -> None:
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
        "unsupported content type: image/png",
        "no article text found: the response is empty",
    ]


def test_charset_labels_are_decoded_as_browsers_do(library: Library, site: Site) -> None:
    text = "“We will rebuild the bridge,” said the mayor of Lundby – it’s a café."
    body = f"<html><body><p>{text}</p></body></html>".encode("cp1252")
    site.pages["/a"] = (200, {"Content-Type": "text/html; charset=ISO-8859-1"}, body)
    [article_id] = library.add(f"{site.url}/a").added
    assert library.article(article_id).text == text


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
def test_bad_responses_do_not_stop_other_sources(
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


def test_parsing_a_page_has_a_time_limit(library: Library, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    good = site.page("/good", "Ferry", *FERRY)
    library.add(good)  # starts the sandbox process
    monkeypatch.setattr("index.readers.sandbox.MAX_SECONDS", 4.0)
    site.pages["/bad"] = (200, {"Content-Type": "text/markdown"}, b"![" * 300_000)  # takes minutes
    [failure] = library.add(f"{site.url}/bad").failed
    assert "longer than 4 seconds" in failure.reason
