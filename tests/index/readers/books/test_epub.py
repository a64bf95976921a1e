"""Books that are protected or short, and newspapers downloaded by calibre."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from index import Skipped, SourceError
from index.ingest.load import load
from index.records import LoadedArticle
from tests.conftest import ROOT

CASES = ROOT / "tests/data/kinds"
TEXT = "The town council of Northbridge voted on Tuesday evening to close the old ferry terminal by the end of summer."
NAVBAR = (
    '<div class="calibre_navbar"><hr/> | <a href="../article_1/index.html">Next</a> | <a href="../index.html">Section'
    ' menu</a> | <a href="../../index.html">Main menu</a> | <hr/></div>'
)
NOTICE = (
    '<div class="calibre_navbar"><hr/><p>This article was downloaded by <b>calibre</b> from <a'
    ' href="https://post.example/{0}" rel="calibre-downloaded-from">https://post.example/{0}</a></p></div>'
)


def page(body: str, body_type: str = "") -> str:
    attribute = f' epub:type="{body_type}"' if body_type else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"><head><title>t</title></head><body{attribute}>{body}</body></html>'
    )


def write_book(
    path: Path,
    pages: dict[str, str],
    *,
    metadata: str = "<dc:title>Northbridge Post [Tue, 07 Mar 2023]</dc:title>",
    contents: tuple[str, ...] = (),
    extra: dict[str, str] | None = None,
) -> Path:
    items = "".join(f'<item id="c{n}" href="{name}" media-type="a/b"/>' for n, name in enumerate(pages))
    items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    refs = "".join(f'<itemref idref="c{n}"/>' for n in range(len(pages)))
    points = "".join(f'<navPoint><content src="{name}"/></navPoint>' for name in contents)
    files = {
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="content.opf"/></rootfiles></container>',
        "content.opf": (
            '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"{metadata}<dc:date>2023-03-07T21:30:00+00:00</dc:date></metadata><manifest>{items}</manifest>"
            f"<spine>{refs}</spine></package>"
        ),
        "toc.ncx": f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>',
        **pages,
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def articles(path: Path) -> list[LoadedArticle]:
    return [item for item in load(path) if isinstance(item, LoadedArticle)]


def test_a_protected_book_is_refused_by_name() -> None:
    with pytest.raises(SourceError, match=r"the book is protected by Adobe ADEPT \(DRM\)"):
        list(load(CASES / "epub_drm.epub"))


def test_a_book_with_encrypted_fonts_is_read(tmp_path: Path) -> None:
    encryption = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData'
        ' xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/>'
        '<CipherData><CipherReference URI="fonts/a.ttf"/></CipherData></EncryptedData></encryption>'
    )
    extra = {"META-INF/encryption.xml": encryption, "fonts/a.ttf": "x"}
    [article] = articles(write_book(tmp_path / "a.epub", {"a.html": page(f"<p>{TEXT}</p>")}, extra=extra))
    assert article.text == TEXT
    extra["META-INF/license.lcpl"] = "{}"
    extra["META-INF/encryption.xml"] = encryption.replace("fonts/a.ttf", "a%2Ehtml")
    with pytest.raises(SourceError, match="protected by Readium LCP"):
        list(load(write_book(tmp_path / "b.epub", {"a.html": page(f"<p>{TEXT}</p>")}, extra=extra)))


def test_a_short_article_is_read() -> None:
    [article] = articles(CASES / "epub_short.epub")
    assert (article.title, article.text) == ("Brief", "The council voted to close the ferry.")
    assert (article.publisher, article.author, article.published) == ("Northbridge Post", None, date(2023, 3, 7))


@pytest.mark.parametrize(
    "body",
    [
        "<h1>The Book</h1><p>Ada Brown</p>",
        '<h1>Contents</h1><p><a href="b.html">The council voted.</a></p><p><a href="c.html">It rained.</a></p>',
        "<p>Copyright 2023 The Post.</p><p>All rights reserved.</p>",
        "",
    ],
)
def test_pages_without_an_article_are_named(tmp_path: Path, body: str) -> None:
    pages = {"front.html": page(body), "a.html": page("<h1>Brief</h1><p>It sails.</p>")}
    article, skipped = load(write_book(tmp_path / "a.epub", pages))
    assert isinstance(article, LoadedArticle)
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "pages without an article: front.html"


def test_declared_front_matter_is_left_out(tmp_path: Path) -> None:
    pages = {"a.html": page(f"<p>{TEXT * 3}</p>", "copyright-page"), "b.html": page("<p>It sails.</p>", "chapter")}
    assert [article.text for article in articles(write_book(tmp_path / "a.epub", pages))] == ["It sails."]


def test_a_newspaper_of_calibre_has_one_article_a_piece(tmp_path: Path) -> None:
    listing = "".join(
        f'<li class="calibre_feed_article"><a class="article" href="article_{n}/index.html">A story</a>'
        f'<div class="article_decription">{TEXT}</div></li>'
        for n in range(3)
    )
    pages = {
        "index.html": page('<p>Northbridge Post</p><ul><li><a href="feed_0/index.html">News</a></li></ul>'),
        "feed_0/index.html": page(f'<h2>News</h2><ul class="calibre_feed_list">{listing}</ul>'),
        "feed_0/article_0/index_split_000.html": page(f"{NAVBAR}<h2>Ferry to close</h2><p>{TEXT}</p>"),
        "feed_0/article_0/index_split_001.html": page(f"<p>It will be missed.</p>{NOTICE.format('ferry')}"),
        "feed_0/article_1/index_split_000.html": page(f"{NAVBAR}<h2>Storm</h2><p>It rained.</p>{NOTICE.format('s')}"),
    }
    metadata = (
        "<dc:title>Northbridge Post [Tue, 07 Mar 2023]</dc:title><dc:creator>calibre</dc:creator>"
        "<dc:publisher>calibre</dc:publisher>"
    )
    contents = ("feed_0/article_0/index_split_000.html", "feed_0/article_1/index_split_000.html")
    found = articles(write_book(tmp_path / "a.epub", pages, metadata=metadata, contents=contents))
    assert [(article.title, article.text) for article in found] == [
        ("Ferry to close", f"{TEXT}\n\nIt will be missed."),
        ("Storm", "It rained."),
    ]
    assert [article.url for article in found] == ["https://post.example/ferry", "https://post.example/s"]
    assert {(article.publisher, article.author) for article in found} == {("Northbridge Post", None)}


def test_links_to_other_pages_are_no_text(tmp_path: Path) -> None:
    bar = '<div class="c1">| <a href="b.html">Siguiente</a> | <a href="index.html">Menú</a> |</div>'
    inner = '<p><a href="b.html">The vote</a> and <a href="c.html">the storm</a> were on one day.</p>'
    [article] = articles(write_book(tmp_path / "a.epub", {"a.html": page(f"{bar}<p>{TEXT}</p>{inner}{bar}")}))
    assert article.text == f"{TEXT}\n\nThe vote and the storm were on one day."


def test_pieces_that_the_table_of_contents_names_are_chapters(tmp_path: Path) -> None:
    names = [f"index_split_00{n}.html" for n in range(3)]
    pages = {name: page(f"<h1>Chapter {n}</h1><p>It sails.</p>") for n, name in enumerate(names)}
    assert len(articles(write_book(tmp_path / "a.epub", pages, contents=tuple(names)))) == 3
