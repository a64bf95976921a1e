"""Web archives: the pages in the files of crawlers and of Safari."""

from __future__ import annotations

import io
import json
import plistlib
import zipfile
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from index import Failure, Skipped, SourceError
from index.ingest.load import load
from index.records import LoadedArticle
from tests.files import PAGE, PARAGRAPHS, TITLE

BASE = "https://post.example"
FRONT_PAGE = '<html><body><ul><li><a href="/a">Ferry to close</a></li></ul></body></html>'


def warc(*responses: tuple[str, str, str, str], gzip: bool = False) -> bytes:
    """A WARC file of (URL, status, content type, body)."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=gzip)
    for url, status, content_type, body in responses:
        headers = StatusAndHeaders(status, [("Content-Type", content_type)], protocol="HTTP/1.1")
        record = writer.create_warc_record(url, "response", payload=io.BytesIO(body.encode()), http_headers=headers)
        writer.write_record(record)
    return file.getvalue()


CRAWL = (
    (f"{BASE}/a", "200 OK", "text/html; charset=utf-8", PAGE),
    (f"{BASE}/", "200 OK", "text/html", FRONT_PAGE),
    (f"{BASE}/x.png", "200 OK", "image/png", "x"),
    (f"{BASE}/y.png", "200 OK", "image/png", "x"),
    (f"{BASE}/gone", "404 Not Found", "text/html", PAGE),
    (f"{BASE}/b", "200 OK", "text/html", PAGE.replace(TITLE, "Another bridge")),
)


@pytest.mark.parametrize(("name", "gzip"), [("a.warc", False), ("a.warc.gz", True)])
def test_pages_of_a_crawl(tmp_path: Path, name: str, gzip: bool) -> None:
    (tmp_path / name).write_bytes(warc(*CRAWL, gzip=gzip))
    items = list(load(tmp_path / name))
    articles = [item for item in items if isinstance(item, LoadedArticle)]
    assert [(article.title, article.source) for article in articles] == [
        (TITLE, f"{BASE}/a"),
        ("Another bridge", f"{BASE}/b"),
    ]
    assert all(line in articles[0].text for line in PARAGRAPHS)
    assert not [item for item in items if isinstance(item, Failure)]
    reasons = [item.reason for item in items if isinstance(item, Skipped)]
    assert reasons[0].startswith(f"{BASE}/: no article text found")
    assert reasons[1].endswith("2 image/png, 1 with status 404")


def test_a_packed_archive_has_a_list_of_its_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    pages = "\n".join(json.dumps(line) for line in ({"format": "json-pages-1.0"}, {"url": f"{BASE}/b", "title": "x"}))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc(*CRAWL, gzip=True))
        archive.writestr("pages/pages.jsonl", pages)
    assert [item.source for item in load(path) if isinstance(item, LoadedArticle)] == [f"{BASE}/b"]


def test_damaged_archives(tmp_path: Path) -> None:
    data = warc(*CRAWL)
    (tmp_path / "cut.warc").write_bytes(data[: len(data) // 2])
    items = list(load(tmp_path / "cut.warc"))
    assert [item.title for item in items if isinstance(item, LoadedArticle)] == [TITLE]
    for name, content in (("a.warc", b"no archive"), ("b.warc", warc(CRAWL[1])), ("c.wacz", b"x")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SourceError):
            list(load(tmp_path / name))


@pytest.mark.parametrize("fmt", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_page_saved_by_safari(tmp_path: Path, fmt: plistlib.PlistFormat) -> None:
    page = {
        "WebResourceData": PAGE.encode("utf-16"),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-16",
        "WebResourceURL": f"{BASE}/a",
    }
    path = tmp_path / "a.webarchive"
    path.write_bytes(plistlib.dumps({"WebMainResource": page, "WebSubresources": []}, fmt=fmt))
    [article] = load(path)
    assert isinstance(article, LoadedArticle)
    assert article.title == TITLE
    assert all(line in article.text for line in PARAGRAPHS)
    for data in (b"bplist00", plistlib.dumps({"WebMainResource": {}}), plistlib.dumps([])):
        path.write_bytes(data)
        with pytest.raises(SourceError):
            list(load(path))
