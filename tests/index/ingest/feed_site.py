"""Articles and feeds that the tests' web site serves, on two consecutive days."""

from __future__ import annotations

from index import Fetcher, Library
from tests.web_server import Site

FERRY = (
    "The ferry to Lundby sails again from Monday, the harbour master said.",
    "It had been laid up for three weeks.",
)
RAIN = ("Rain fell on the fells all night, and three roads were closed.", "Nobody was hurt, according to the police.")


def fetcher_of(site: Site) -> Fetcher:
    return Fetcher(allowed=[site.address], delay_seconds=0, max_seconds=10)


def article_lines(number: int, word: str = "opened") -> tuple[str, str]:
    return (
        f"Station {number} of the new railway {word} on Thursday after years of work, the mayor of town {number} said.",
        f"Some {number + 3} hundred people came to see the first train, which left at {number % 12 + 1} at night.",
    )


def publish_first_day(site: Site) -> dict[str, str]:
    """Publish 30 articles; return their titles by path, for a feed."""
    for number in range(30):
        site.page(f"/a/{number}", f"Station {number}", *article_lines(number))
    return {f"/a/{number}": f"Station {number}" for number in range(30)}


def publish_second_day(site: Site, items: dict[str, str]) -> dict[str, str]:
    """Publish 5 new and 3 changed articles; return the titles without 2 that left the feed."""
    for number in range(30, 35):
        site.page(f"/a/{number}", f"Station {number}", *article_lines(number))
    for number in range(3):
        site.page(f"/a/{number}", f"Station {number}", *article_lines(number, "closed"))
    removed = {"/a/28", "/a/29"}
    new = {f"/a/{number}": f"Station {number}" for number in range(30, 35)}
    return new | {path: title for path, title in items.items() if path not in removed}


def assert_second_day(library: Library, site: Site) -> None:
    """Check the library after the second day."""
    by_source = {article.source: article for article in library.articles()}
    assert sorted(by_source) == sorted(f"{site.url}/a/{number}" for number in range(35))
    for number in range(35):
        article = by_source[f"{site.url}/a/{number}"]
        assert ("closed" if number < 3 else "opened") in article.text
        earlier = library.revisions(article.id)
        assert ["opened" in revision.text for revision in earlier] == ([True] if number < 3 else [])
    assert library.check() == []
    assert library.status().is_complete
