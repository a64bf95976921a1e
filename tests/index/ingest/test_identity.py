"""Which article a page is: canonical URLs, variants, earlier revisions and removed articles."""

from __future__ import annotations

import pytest

from index import ArticleNotFound, Fetcher, Library
from rag import Assistant
from tests.index.ingest.feed_site import FERRY, RAIN, article_lines
from tests.web_server import Site, redirect, serving


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
    site.page("/ferry", "Ferry", *FERRY)  # the first text again
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


def test_an_article_with_two_addresses_is_added_once(library: Library, site: Site) -> None:
    head = f"<link rel='canonical' href='{site.url}/ferry'>"
    site.page("/ferry", "Ferry", *FERRY, head=head)
    site.page("/amp/ferry?from=home", "Ferry (short)", FERRY[0] + " Tickets are sold at the harbour.", head=head)
    site.pages["/old"] = redirect("/ferry?utm_source=old")
    site.pages["/ferry?utm_source=old"] = site.pages["/ferry"]
    [first] = library.add(f"{site.url}/ferry?utm_source=mail&utm_medium=x#top").added
    assert site.requested[1:] == ["/ferry"]  # without tracking parameters
    assert library.add(f"{site.url}/old").unchanged == [first]
    for _ in range(2):  # a variant doesn't replace it
        assert library.add(f"{site.url}/amp/ferry?from=home").unchanged == [first]
        assert library.add(f"{site.url}/ferry").unchanged == [first]
    assert [article.source for article in library.articles()] == [f"{site.url}/ferry"]


def test_the_article_replaces_a_variant_that_was_added_first(library: Library, site: Site) -> None:
    head = f"<link rel='canonical' href='{site.url}/ferry'>"
    short = site.page("/amp/ferry", "Ferry", FERRY[0], head=head)
    whole = site.page("/ferry", "Ferry", *FERRY, head=head)
    library.add(short)
    [article_id] = library.add(whole).updated
    assert library.add(short).unchanged == [article_id]
    assert len(library) == 1


def test_pages_with_the_same_wrong_canonical_url_stay_separate(library: Library, site: Site) -> None:
    for number in range(3):
        site.page(f"/a.php?id={number}", "Station", *article_lines(number), head="<link rel='canonical' href='/a.php'>")
    site.page("/a.php?id=1", "Ferry", *FERRY, head="<link rel='canonical' href='/a.php'>")
    site.page("/a.php?id=2", "Rain", *RAIN, head="<link rel='canonical' href='/a.php'>")
    items = {f"/a.php?id={number}": "One" for number in range(3)}
    assert len(library.follow(site.feed("/feed", items)).added) == 3
    report = library.follow(site.feed("/feed", items, changed="yes"))
    assert (report.added, report.updated, len(report.unchanged)) == ([], [], 3)


def test_fetched_files_cannot_replace_articles_of_other_sites(library: Library, site: Site) -> None:
    victim = site.page("/ferry", "Ferry", *FERRY)
    [article_id] = library.add(victim).added
    line = f'{{"title": "Mayor", "text": "The mayor was arrested, says this text.", "url": "{victim}"}}'
    site.pages["/x.jsonl"] = (200, {"Content-Type": "application/jsonl"}, line.encode())
    with serving() as other:
        other.page("/x", "Mayor", *RAIN, head=f"<link rel='canonical' href='{victim}'>")
        library._intake._fetcher = Fetcher(allowed=[site.address, other.address], delay_seconds=0)
        assert len(library.add(f"{site.url}/x.jsonl", f"{other.url}/x").added) == 2
    assert library.article(article_id).replaced_by is None


def test_a_canonical_url_of_another_site_is_ignored(library: Library, site: Site) -> None:
    site.page("/ferry", "Ferry", *FERRY)
    for place in ("https://outlet.example/ferry", "javascript:alert(1)", "http://[", "/", f"{site.url[:-1]}/ferry"):
        site.page("/ferry", "Ferry", *FERRY, head=f"<link rel='canonical' href='{place}'>")
        [article_id] = library.add(f"{site.url}/ferry").added
        assert [article.source for article in library.articles()] == [f"{site.url}/ferry"]
        library.remove(article_id)


def test_removing_an_article_does_not_hide_others_with_its_canonical_url(library: Library, site: Site) -> None:
    head = "<link rel='canonical' href='/home.html'>"
    for path, words in (("/a1", FERRY), ("/a2", RAIN), ("/a3", article_lines(3))):
        site.page(path, path, *words, head=head)
    first, _ = library.follow(site.feed("/feed", {"/a1": "One", "/a2": "Two"})).added
    library.remove(first)
    report = library.follow(site.feed("/feed", {"/a1": "One", "/a2": "Two", "/a3": "Three"}))
    assert (len(report.added), len(report.unchanged)) == (1, 1)


def test_a_removed_article_is_not_added_again_from_another_address(library: Library, site: Site) -> None:
    head = f"<link rel='canonical' href='{site.url}/a/1'>"
    for path in ("/a/1", "/a/1?edition=2"):
        site.page(path, "Station 1", *article_lines(1), head=head)
    [article_id] = library.follow(site.feed("/feed", {"/a/1": "One"})).added
    library.remove(article_id)
    assert library.follow(site.feed("/feed", {"/a/1?edition=2": "One"})).added == []


def test_a_removed_article_is_not_added_again_by_its_feed(library: Library, site: Site) -> None:
    items = {"/a/1": "One", "/a/2": "Two"}
    for number in (1, 2):
        site.page(f"/a/{number}", f"Station {number}", *article_lines(number))
    first, _ = library.follow(site.feed("/feed", items)).added
    library.remove(first)
    site.page("/a/3", "Station 3", *article_lines(3))
    report = library.follow(site.feed("/feed", items | {"/a/3": "Three"}))
    assert (len(report.added), len(report.unchanged), len(library)) == (1, 1, 2)
    assert len(library.add(f"{site.url}/a/1").added) == 1  # but it can be added by its address
