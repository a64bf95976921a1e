"""URLs are normalized and checked."""

from __future__ import annotations

import pytest

from index.fetch.urls import normalize_url
from index.ingest.identity import strip_tracking


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Outlet.Example:443/Bridge#top", "https://outlet.example/Bridge"),
        ("http://outlet.example", "http://outlet.example/"),
        ("https://straße.example/ä?q=ü", "https://xn--strae-oqa.example/%C3%A4?q=%C3%BC"),
        ("https://outlet.example/a?utm_source=x&id=7&fbclid=abc", "https://outlet.example/a?id=7"),
        ("https://outlet.example/a?cid=7&ref=home&session=2", "https://outlet.example/a?cid=7&ref=home&session=2"),
    ],
)
def test_urls_of_one_page_are_normalized_to_one(url: str, expected: str) -> None:
    assert strip_tracking(normalize_url(url)) == expected
    assert strip_tracking(normalize_url(expected)) == expected
