"""Files that list addresses, and files that only mention some."""

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest

from index import Library, Skipped, SourceError
from index.ingest.load import load
from index.readers import ListEntry, UnusedKeys
from index.records import LoadedArticle
from tests.conftest import ROOT
from tests.index.ingest.feed_site import FERRY, RAIN
from tests.web_server import Site

CASES = ROOT / "tests/data/kinds"
URLS = [f"https://post.example/{name}" for name in ("ferry", "storm", "bus")]
SENTENCE = "The council voted on Tuesday evening to close the old ferry terminal by the end of the summer."


def urls(path: Path) -> list[str]:
    items = list(load(path))
    assert not [item for item in items if isinstance(item, LoadedArticle)]
    return [item.url for item in items if isinstance(item, ListEntry)]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", ["list_of_addresses.txt", "list_bookmarks_html.html"])
def test_cases(name: str) -> None:
    assert urls(CASES / name) == URLS


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff{0}\r\n\r\n{1}\r\n{2}",
        "- {0}\n- {1}\n- {2}\n",
        "1. {0}\n2. {1}\n3. {2}\n",
        "{0} | Ferry terminal to close\n{1} | Storm takes roof off\n\n{2} | A bus every forty minutes",  # OneTab
        "Ferry terminal to close\n{0}\n\nStorm takes roof off\n{1}\n\nA bus every forty minutes\n{2}\n",
        "* [Ferry terminal to close]({0})\n* [Storm]({1})\n* [{2}]({2})\n",
        "# To read\n\n<{0}>\n<{1}>,\n{2}.\n",
        "post.example/ferry\npost.example/storm\npost.example/bus\n",
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_lists_with_titles_and_marks(tmp_path: Path, text: str, suffix: str) -> None:
    assert urls(write(tmp_path, f"a{suffix}", text.format(*URLS))) == URLS


def test_brackets_in_an_address_stay(tmp_path: Path) -> None:
    text = "https://post.example/Ferry_(boat)\n(https://post.example/bus)\n"
    assert urls(write(tmp_path, "a.txt", text)) == ["https://post.example/Ferry_(boat)", "https://post.example/bus"]


@pytest.mark.parametrize(
    "text",
    [
        f"Ferry to close\n{URLS[0]}\n\n{SENTENCE}\n",
        f"{SENTENCE}\n\n{SENTENCE}\n\nSources:\n{URLS[0]}\n{URLS[1]}\n{URLS[2]}\n",
        f"# Ferry\n\nThe **vote** of [the council]({URLS[0]}) and a ![plan]({URLS[1]}) of it.",
        f"---\ntitle: Ferry\nsource: {URLS[0]}\nimage: {URLS[1]}\n---\nIt sails",
        f"Ferry\nThe minutes ({URLS[0]}) are public.\n",
        f"Ferry to close\n\nMore at {URLS[0]}\n\nBy Ada Brown\n\nNorthbridge",
        f"{SENTENCE} {SENTENCE} {SENTENCE} See {URLS[0]}",
    ],
)
def test_an_article_with_addresses_is_an_article(tmp_path: Path, text: str) -> None:
    for name in ("a.txt", "a.md"):
        items = list(load(write(tmp_path, name, text)))
        assert [type(item) for item in items if not isinstance(item, UnusedKeys)] == [LoadedArticle]


@pytest.mark.parametrize(
    "page",
    [
        '<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul><li><a href="{0}"'
        ' time_added="1678224600" tags="">Ferry</a></li><li><a href="{1}" time_added="1">Storm</a></li></ul>'
        '<h1>Read Archive</h1><ul><li><a href="{2}" time_added="1">Bus</a></li></ul></body></html>',
        '<html><head><title>Instapaper: Export</title></head><body><h1>Unread</h1><ol><li><a href="{0}">Ferry</a></li>'
        '<li><a href="{1}">Storm</a></li></ol><h1>Archive</h1><ol><li><a href="{2}">Bus</a></ol></body></html>',
    ],
)
def test_other_exports_of_links(tmp_path: Path, page: str) -> None:
    assert urls(write(tmp_path, "a.html", page.format(*URLS))) == URLS


def test_bookmarks_that_are_no_addresses_are_told(tmp_path: Path) -> None:
    page = (CASES / "list_bookmarks_html.html").read_text("utf-8").replace("</DL>", '<A HREF="javascript:x()">x</A>')
    assert [item.reason for item in load(write(tmp_path, "a.html", page)) if isinstance(item, Skipped)] == [
        "1 of the bookmarks aren't web addresses"
    ]


@pytest.mark.parametrize(
    "header",
    [
        "title,url,time_added,tags,status",  # Pocket
        "URL,Title,Selection,Folder,Timestamp",  # Instapaper
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite",  # Raindrop
        "",
    ],
)
def test_tables_of_links(tmp_path: Path, header: str) -> None:
    names = header.lower().split(",") if header else ["url"]
    rows = [",".join(url if name == "url" else "https://i.example/x.png" if name == "cover" else "1" for name in names)
            for url in URLS]  # fmt: skip
    assert urls(write(tmp_path, "a.csv", "\n".join(filter(None, [header, *rows])))) == URLS


def test_feeds_and_shortcuts(tmp_path: Path) -> None:
    outlines = "".join(f'<outline text="x"><outline type="rss" text="Post" xmlUrl="{url}"/></outline>' for url in URLS)
    opml = f'<?xml version="1.0"?><opml version="2.0"><head/><body>{outlines}</body></opml>'
    assert urls(write(tmp_path, "a.opml", opml)) == URLS
    assert urls(write(tmp_path, "a.url", f"[InternetShortcut]\r\nURL={URLS[0]}\r\n")) == URLS[:1]
    (tmp_path / "a.webloc").write_bytes(plistlib.dumps({"URL": URLS[0]}))
    assert urls(tmp_path / "a.webloc") == URLS[:1]
    for name, text in (("b.opml", "<opml><body/></opml>"), ("b.url", "[InternetShortcut]\nURL=file:///etc/passwd")):
        with pytest.raises(SourceError):
            list(load(write(tmp_path, name, text)))


def test_the_addresses_are_fetched_by_the_guarded_fetcher(library: Library, site: Site, tmp_path: Path) -> None:
    links = [site.page("/a", "Ferry", *FERRY), f"{site.url}/missing", "http://127.0.0.1/private"]
    path = write(tmp_path, "links.txt", "\n".join(links))
    report = library.add(path, wait=False)
    assert [article.title for article in library.articles()] == ["Ferry"]
    assert [(item.source, item.code) for item in report.failed] == [(links[1], ""), (links[2], "private_address")]
    assert library.add(path, wait=False).unchanged == report.added


def test_a_list_on_the_web_is_a_list_too(library: Library, site: Site, tmp_path: Path) -> None:
    links = [site.page("/a", "Ferry", *FERRY), site.page("/b", "Rain", *RAIN)]
    site.pages["/links.txt"] = (200, {"Content-Type": "text/plain"}, "\n".join(links).encode())
    report = library.add(f"{site.url}/links.txt", wait=False)
    assert report.failed == []
    assert {article.title for article in library.articles()} == {"Ferry", "Rain"}
