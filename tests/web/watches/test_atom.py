"""The Atom feed of a watch: valid, escaped, with stable ids and exact quotes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import feedparser
import lxml.etree

from index import Article, Where
from web.watches import Match, Watch, atom_feed

TEXT = "Before. “Fish & <b>chips</b>”, ]]> said Ann Lee &amp; her 🐟. After."
ATOM = "{http://www.w3.org/2005/Atom}"


def watch(name: str = "Fish & <chips>") -> Watch:
    return Watch(3, name, "query", "fish", Where(), KEY, datetime(2026, 1, 2, tzinfo=UTC), 9, 1)


KEY = uuid4().hex


def match(number: int = 1, **fields: Any) -> Match:
    values: dict[str, Any] = {"title": "A <script> & a “title”", "url": "https://outlet.example/a?b=1&c=<2>", **fields}
    article = Article(
        id=number,
        text=TEXT,
        sources=("a.txt",),
        added=datetime(2026, 1, 3, tzinfo=UTC),
        published=date(2025, 12, 31),
        **values,
    )
    return Match(number, 3, article, 8, len(TEXT) - 7, datetime(2026, 1, 4, 5, 6, 7, tzinfo=UTC))


def check(data: bytes) -> lxml.etree._Element:
    """Check what RFC 4287 demands of feeds and entries; returns the root."""
    root = lxml.etree.fromstring(data)
    assert root.tag == f"{ATOM}feed"
    assert not feedparser.parse(data).bozo
    for element in (root, *root.iterfind(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            [child] = element.findall(f"{ATOM}{name}")
            assert child.text
        for child in element.iterfind(f"{ATOM}updated"):
            datetime.fromisoformat(child.text)
        links = [(link.get("rel"), link.get("type")) for link in element.iterfind(f"{ATOM}link")]
        assert [rel for rel, _ in links].count("alternate") == 1
        for link in element.iterfind(f"{ATOM}link"):
            assert link.get("href").startswith(("http://", "https://"))
    assert root.find(f"{ATOM}author/{ATOM}name").text
    allowed = {"id", "title", "updated", "published", "link", "author", "summary", "entry"}
    assert {lxml.etree.QName(element).localname for element in root.iter()} <= {*allowed, "feed", "name"}
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("urn:uuid:") for one in ids)
    return root


def test_quotes_are_exact_and_everything_is_escaped() -> None:
    data = atom_feed(watch(), [match()], "http://127.0.0.1:7860")
    root = check(data)
    entry = root.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}summary") == match().quote
    assert entry.findtext(f"{ATOM}title") == "A <script> & a “title”"
    assert entry.find(f"{ATOM}link").get("href") == "https://outlet.example/a?b=1&c=<2>"
    parsed = feedparser.parse(data)
    assert parsed.feed.title.startswith("Fish & <chips>")
    assert parsed.entries[0].updated == "2026-01-04T05:06:07Z"
    assert parsed.entries[0].published.startswith("2025-12-31")


def test_ids_stay_when_matches_are_added() -> None:
    first = feedparser.parse(atom_feed(watch(), [match(1)], "http://a.example"))
    later = feedparser.parse(atom_feed(watch("Renamed"), [match(2), match(1)], "https://b.example"))
    assert later.feed.id == first.feed.id
    assert [entry.id for entry in later.entries][1:] == [entry.id for entry in first.entries]


def test_what_xml_cannot_contain_is_replaced() -> None:
    data = atom_feed(watch("A\x00B\x1b"), [match(title="C\ufffe\x0bD")], "http://a.example")
    assert check(data).findtext(f"{ATOM}entry/{ATOM}title") == "C\ufffd\ufffdD"


def test_only_web_addresses_are_linked() -> None:
    for url in ("javascript:alert(1)", "file:///etc/passwd", None, "http://[bad"):
        root = check(atom_feed(watch(), [match(url=url)], "http://a.example"))
        assert root.find(f"{ATOM}entry/{ATOM}link").get("href") == f"http://a.example/a/1#8-{len(TEXT) - 7}"


def test_a_feed_without_matches_is_valid() -> None:
    assert feedparser.parse(atom_feed(watch(), [], "http://a.example")).entries == []
    check(atom_feed(watch(), [], "http://a.example"))
