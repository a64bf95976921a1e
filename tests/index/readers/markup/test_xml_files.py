"""XML files with articles: saved feeds, exports of WordPress and Evernote, and news of agencies."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from index import Failure, Skipped, SourceError
from index.ingest.load import load
from index.readers import ListEntry
from index.records import LoadedArticle
from tests.conftest import ROOT

TEXT = "The town council of Northbridge voted to close the old ferry terminal."
URL = "https://post.example/ferry"
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
)
ENCODED = f"<content:encoded><![CDATA[<p>{TEXT}</p><p>It was hard.</p>]]></content:encoded>"


def rss(*items: str, head: str = "") -> str:
    body = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {NAMESPACES}><channel><title>The Post</title>'
        f"<link>https://post.example/</link>{head}<image><title>Logo</title></image>{body}</channel></rss>"
    )


def write(folder: Path, text: str, name: str = "a.xml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def articles(path: Path) -> list[LoadedArticle]:
    return [item for item in load(path) if isinstance(item, LoadedArticle)]


def test_a_saved_feed_with_full_texts(tmp_path: Path) -> None:
    item = (
        f"<title>Ferry &amp; bus</title><link>{URL}</link><pubDate>Tue, 07 Mar 2023 21:30:00 +0000</pubDate>"
        f"<author>ada@post.example (Ada Brown)</author><description>x</description>{ENCODED}"
    )
    [article] = articles(write(tmp_path, rss(item)))
    assert (article.title, article.author, article.publisher) == ("Ferry & bus", "Ada Brown", "The Post")
    assert (article.url, article.source, article.published) == (URL, URL, date(2023, 3, 7))
    assert article.text == f"{TEXT}\n\nIt was hard."


def test_items_without_text_are_addresses(tmp_path: Path) -> None:
    path = write(
        tmp_path, rss(f"<title>A</title><link>{URL}</link><description>{TEXT}</description>", "<title>B</title>")
    )
    entry, failure = load(path)
    assert isinstance(entry, ListEntry)
    assert entry.url == URL
    assert isinstance(failure, Failure)
    [entry] = load(ROOT / "tests/data/kinds/folder_skips_silently/d.xml")
    assert isinstance(entry, ListEntry)


@pytest.mark.parametrize(
    "content",
    [
        f'<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content>',
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div></content>',
        f"<content>{TEXT}</content>",
    ],
)
def test_a_saved_atom_feed(tmp_path: Path, content: str) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Post</title><author><name>Desk</name></author><entry>'
        f'<title>Ferry</title><link rel="self" href="https://post.example/x.atom"/><link href="{URL}"/>'
        "<published>2023-03-07T21:30:00Z</published><updated>2023-03-08T00:00:00Z</updated>"
        f"<author><name>Ada Brown</name></author>{content}</entry></feed>"
    )
    [article] = articles(write(tmp_path, feed, "a.atom"))
    assert (article.title, article.text, article.url) == ("Ferry", TEXT, URL)
    assert (article.author, article.publisher) == ("Ada Brown", "The Post")
    assert (article.published, article.modified) == (date(2023, 3, 7), date(2023, 3, 8))


def test_an_export_of_wordpress(tmp_path: Path) -> None:
    author = (
        "<wp:author><wp:author_login>ab</wp:author_login><wp:author_display_name>Ada Brown</wp:author_display_name>"
        "</wp:author>"
    )
    item = (
        f"<title>Ferry</title><link>{URL}</link><dc:creator>ab</dc:creator>{ENCODED}"
        "<wp:post_date>2023-03-07 23:30:00</wp:post_date><wp:status>{}</wp:status><wp:post_type>{}</wp:post_type>"
    )
    kinds = (("publish", "post"), ("draft", "post"), ("inherit", "attachment"), ("inherit", "attachment"))
    path = write(tmp_path, rss(*(item.format(*kind) for kind in kinds), head=author))
    [article] = articles(path)
    assert (article.title, article.author, article.published) == ("Ferry", "Ada Brown", date(2023, 3, 7))
    assert [item.reason for item in load(path) if isinstance(item, Skipped)] == [
        "1 articles with the status 'draft'",
        "2 items of the type 'attachment'",
    ]


def test_notes_of_evernote(tmp_path: Path) -> None:
    note = (
        "<note><title>Ferry</title><content><![CDATA[<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE en-note SYSTEM"
        f" 'http://xml.evernote.com/pub/enml2.dtd'><en-note><div>{TEXT}</div><div>It was hard.</div><en-media/>"
        "</en-note>]]></content><created>20230401T000000Z</created><tag>x</tag><note-attributes>"
        f"<author>Ada Brown</author><source-url>{URL}</source-url></note-attributes>"
        "<resource><data encoding='base64'>eA==</data></resource></note>"
    )
    export = f"<?xml version='1.0'?><!DOCTYPE en-export SYSTEM 'x.dtd'><en-export>{note}{note}</en-export>"
    found = articles(write(tmp_path, export, "a.enex"))
    assert len(found) == 2
    assert (found[0].title, found[0].text) == ("Ferry", f"{TEXT}\n\nIt was hard.")
    assert (found[0].url, found[0].author, found[0].published) == (URL, "Ada Brown", None)


def test_news_of_agencies(tmp_path: Path) -> None:
    nitf = (
        '<nitf><head><title>x</title><docdata><date.issue norm="20230307T213000Z"/></docdata></head><body><body.head>'
        "<hedline><hl1>Ferry to close</hl1></hedline><byline>By <person>Ada Brown</person></byline><distributor>The"
        f" Agency</distributor></body.head><body.content><block><p>{TEXT}</p><p>It was <em>hard</em>.</p></block>"
        "</body.content></body></nitf>"
    )
    [article] = articles(write(tmp_path, nitf))
    assert (article.title, article.author, article.publisher) == ("Ferry to close", "Ada Brown", "The Agency")
    assert article.text == f"{TEXT}\n\nIt was hard."
    newsml = f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentSet><inlineXML>{nitf}</inlineXML>'
    assert len(articles(write(tmp_path, f"{newsml}</contentSet></newsItem>"))) == 1


def test_a_saved_sitemap_lists_addresses(tmp_path: Path) -> None:
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{URL}</loc></url></urlset>'
    assert [item.url for item in load(write(tmp_path, sitemap)) if isinstance(item, ListEntry)] == [URL]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<invoice><total>5</total></invoice>", "root element is <invoice>"),
        (rss(), "contains no articles"),
        (rss("<title>A")[:-20], "malformed XML"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]>' + rss("<title>&a;</title>"), "entities"),
        ("", "root element"),
    ],
)
def test_other_xml_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(SourceError, match=f"{reason}|empty"):
        list(load(write(tmp_path, text)))
