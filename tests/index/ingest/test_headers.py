"""Who wrote an article, when, where and under which headline: the cases of `tests/data/headers`, and more of each kind.

What a source declares for this article is taken; what merely occurs in it is not.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from index import Library
from index.ingest.load import load
from index.records import LoadedArticle
from tests.conftest import ROOT
from tests.files import PARAGRAPHS
from tests.web_server import Site

CASES = ROOT / "tests" / "data" / "headers"
DAY = date(2023, 3, 7)
HEADLINE = "Ferry terminal to close after council vote"
URL = "https://www.northbridgepost.example/news/ferry"
TEXT = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)


def only(path: Path) -> LoadedArticle:
    [article] = load(path)
    assert isinstance(article, LoadedArticle)
    return article


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("author_by_and", "Ada Brown, Carl Dean"),
        ("author_by_and_job", "Ada Brown"),
        ("author_email", "Ada Brown"),
        ("author_entities", "Seán O'Neill"),
        ("author_markup", "Ada Brown"),
        ("author_owner_and_person", "Ada Brown"),
        ("author_updated_line", "PTI"),
        ("author_with_date", "Ada Brown"),
        ("jsonld_cdata", "Ada Brown"),
        ("jsonld_other_story_first", "Ada Brown"),
    ],
)
def test_authors_of_pages(name: str, author: str) -> None:
    assert only(CASES / f"{name}.html").author == author


@pytest.mark.parametrize(
    ("name", "published", "modified"),
    [
        ("date_copyright_year", None, None),
        ("date_from_the_clock", None, None),
        ("date_modified_as_published", None, date(2023, 3, 9)),
        ("date_null_values", None, None),
        ("date_of_a_related_story", None, None),
        ("date_of_saving", None, None),
        ("date_related_beats_own_time", DAY, None),
        ("date_updated_first", DAY, date(2023, 3, 9)),
        ("author_updated_line", None, date(2020, 2, 13)),
        ("jsonld_other_story_first", DAY, None),
    ],
)
def test_dates_of_pages(name: str, published: date | None, modified: date | None) -> None:
    article = only(CASES / f"{name}.html")
    assert (article.published, article.modified) == (published, modified)


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00Z", "1970-01-01", "2099-01-01", "2023-03", "yesterday"])
def test_the_first_day_that_is_one_is_taken(tmp_path: Path, value: str) -> None:
    page = (CASES / "date_null_values.html").read_text("utf-8")
    article = _page(tmp_path, page.replace("0001-01-01T00:00:00Z", value))
    assert article.published is None
    article = _page(
        tmp_path, page.replace("0001-01-01T00:00:00Z", value).replace("</h1>", "</h1><time>7 March 2023</time>")
    )
    assert (article.published, article.origins["published"]) == (DAY, "dates on the page")


def test_outlet_and_address_of_saved_pages() -> None:
    assert only(CASES / "publisher_is_title.html").publisher == "Northbridge Post"
    assert only(CASES / "date_copyright_year.html").publisher == "Northbridge Post"
    for name in ("page_address_saved_from", "page_address_wayback"):
        article = only(CASES / f"{name}.html")
        assert (article.url, article.publisher) == (URL, "northbridgepost.example")


@pytest.mark.parametrize(
    ("name", "title", "author", "published", "publisher"),
    [
        ("head_byline_job.txt", HEADLINE, "Ada Brown", None, None),
        ("head_copied_from_site.txt", HEADLINE, "Ada Brown", DAY, "Northbridge Post"),
        ("head_docx_byline.docx", "Ferry terminal to close", "Carl Dean", DAY, None),
        ("head_docx_title_style.docx", "Ferry terminal to close", "Ada Brown", None, None),
        ("head_dropped_second_becomes_title.txt", "Ruth Calder Resigns", None, None, None),
        ("head_key_values.txt", "Ferry terminal to close", "Ada Brown", DAY, None),
        ("head_pdf_masthead.pdf", HEADLINE, "Ada Brown", DAY, "Northbridge Post"),
    ],
)
def test_headers_of_texts(
    name: str, title: str, author: str | None, published: date | None, publisher: str | None
) -> None:
    article = only(CASES / name)
    assert (article.title, article.author, article.published, article.publisher) == (
        title,
        author,
        published,
        publisher,
    )
    assert article.text.startswith("The ")


def test_header_lines_of_other_kinds_stay_in_the_text() -> None:
    article = only(CASES / "head_dropped_second_becomes_title.txt")
    assert article.text.startswith("The mayor of Northbridge said on Tuesday that she would go in May\n\nThe mayor,")
    assert only(CASES / "head_key_values.txt").url == "https://post.example/a"


def test_tables() -> None:
    assert only(CASES / "table_author_list.csv").author == "Ada Brown, Carl Dean"
    days = [item.published for item in load(CASES / "table_gdelt_dates.csv") if isinstance(item, LoadedArticle)]
    assert days == [date(2022, 12, 31)] * 4
    days = [item.published for item in load(CASES / "table_us_dates.csv") if isinstance(item, LoadedArticle)]
    assert days == [date(2022, 12, 31), DAY]


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["31/12/2022", "3/7/2023"], [date(2022, 12, 31), date(2023, 7, 3)]),
        (["12/11/2022", "3/7/2023"], [None, None]),  # nothing shows the order
        (["12/31/2022", "31/12/2022", "3/7/2023"], [date(2022, 12, 31), date(2022, 12, 31), None]),
        (["Dec. 31, 2022", "2023-03-07T23:30:00-08:00"], [date(2022, 12, 31), DAY]),
    ],
)
def test_the_order_of_a_table_is_that_of_its_own_dates(
    tmp_path: Path, dates: list[str], days: list[date | None]
) -> None:
    lines = [f'Number {number},The council voted on the ferry.,"{value}"' for number, value in enumerate(dates)]
    (tmp_path / "a.csv").write_text("\n".join(["title,text,date", *lines]), "utf-8")
    found = [item.published for item in load(tmp_path / "a.csv") if isinstance(item, LoadedArticle)]
    assert found == days


def test_a_news_sitemap_has_the_day_and_the_outlet(library: Library, site: Site) -> None:
    site.pages["/nodate.html"] = (CASES / "nodate.html").read_bytes().decode()
    sitemap = (CASES / "news.xml").read_text("utf-8").replace("http://127.0.0.1:8765", site.url)
    site.pages["/news.xml"] = sitemap
    report = library.add(f"{site.url}/news.xml")
    article = library.article(report.added[0])
    assert (article.published, article.publisher) == (DAY, "Northbridge Post")
    assert article.origins["published"] == article.origins["publisher"] == "the feed"


def _page(tmp_path: Path, html: str) -> LoadedArticle:
    (tmp_path / "a.html").write_text(html, "utf-8")
    return only(tmp_path / "a.html")


def _article(tmp_path: Path, head: str = "", above: str = "", below: str = "", lang: str = "en") -> LoadedArticle:
    return _page(
        tmp_path,
        f"<!doctype html><html lang='{lang}'><head><meta charset='utf-8'><title>{HEADLINE}</title>{head}</head><body>"
        f"<main><article><h1>{HEADLINE}</h1>{above}{TEXT}{below}</article></main></body></html>",
    )


def _json_ld(*nodes: dict[str, object]) -> str:
    return "".join(f"<script type='application/ld+json'>{json.dumps(node)}</script>" for node in nodes)


@pytest.mark.parametrize(
    ("above", "published", "modified"),
    [
        ("<time datetime='2023-03-07T21:30:00Z'>Tue</time>", DAY, None),
        ("<time datetime='2023-03-08T02:30:00Z'>March 7, 2023</time>", DAY, None),  # the day shown is the article's own
        ("<p class='byline'>By Ada Brown | Published: 7 March 2023</p>", DAY, None),
        (
            "<div><span>Published</span> <time>7 March 2023</time> <span>Updated</span> "
            "<time>9 March 2023</time></div>",
            DAY,
            date(2023, 3, 9),
        ),
        (
            "<time class='entry-date published' datetime='2023-03-07'></time>"
            "<time class='updated' datetime='2023-03-09'></time>",
            DAY,
            date(2023, 3, 9),
        ),
        (
            "<p>A long summary of what the council decided on Tuesday evening in the hall, and"
            " of what it means for all of"
            " those who use the boat.</p><div class='meta'><time>7 March 2023</time></div>",
            DAY,
            None,
        ),
        ("<ul><li><time>7 March 2023</time></li></ul>", DAY, None),
        ("<p class='article-date'>Dienstag, 7. März 2023, 21:30 Uhr</p>", DAY, None),
        ("<p>Written by Ada Brown on March 7, 2023</p>", DAY, None),
        ("<p class='date'>Aktualisiert: 9. März 2023</p>", None, date(2023, 3, 9)),
        ("<p class='date'>Last modified 2023-03-09</p>", None, date(2023, 3, 9)),
        ("<p>Wednesday, 25 November 2020</p>", None, None),  # may be the clock of the site
        ("<div class='current-date'>25 November 2020</div>", None, None),
        ("<p class='date'>Accessed 25 November 2020</p>", None, None),
        (
            "<figure><img src='/2015/01/02/boat.jpg'><figcaption>The boat on "
            "<time>2 January 2015</time></figcaption></figure>",
            None,
            None,
        ),
        (
            "<div class='related-stories'><a href='/old'>Old ferry sinks <time>2 January 2015</time></a></div>",
            None,
            None,
        ),
        ("<ul><li><a href='/old'>Old ferry sinks at night</a> <time>2 January 2015</time></li></ul>", None, None),
        ("<article><h3>Old ferry sinks</h3><time>2 January 2015</time></article>", None, None),
        ("<p class='date'>03/04/2023</p>", None, None),
        ("<p class='date'>March 2023</p>", None, None),
        ("<p>Posted on Mar 7, 2023 by <a>Ada Brown</a></p>", DAY, None),
        ("<div><span>Ada Brown</span><span> | </span><span>7 March 2023</span></div>", DAY, None),
        ("<div>Last updated on <time datetime='2023-03-09'>9 Mar 2023</time></div>", None, date(2023, 3, 9)),
        ("<div class='event-date'>12 June 2023</div>", None, None),
        ("<p>On <time datetime='2015-01-02'>2 January</time>, the boat sank.</p>", None, None),
        ("<time datetime='2099-03-07'>later</time>", None, None),
        ("<time datetime='2023-03-07T10:00:00Z'>3 years ago</time>", DAY, None),
    ],
)
def test_days_in_the_header(tmp_path: Path, above: str, published: date | None, modified: date | None) -> None:
    article = _article(tmp_path, above=above)
    assert (article.published, article.modified) == (published, modified)


def test_days_above_the_heading(tmp_path: Path) -> None:
    start, end = f"<html lang='en'><head><title>{HEADLINE}</title></head><body>", f"<h1>{HEADLINE}</h1>{TEXT}"
    teaser = "<div class='card'><a href='/x'>Storm hits coast</a><time>1 March 2020</time></div>"
    assert _page(tmp_path, f"{start}<main>{teaser}{end}</main>").published is None
    clock = "<header><div class='date'>Tuesday, 1 December 2020</div></header>"
    assert _page(tmp_path, f"{start}{clock}<main><article>{end}</article></main>").published is None
    own = "<div class='meta'><time datetime='2023-03-07'>7 Mar</time></div>"
    assert _page(tmp_path, f"{start}<main><article>{own}{end}</article></main>").published == DAY
    assert _page(tmp_path, f"{start}<main>{teaser}<article>{own}{end}</article></main>").published == DAY


@pytest.mark.parametrize(
    "below",
    [
        "<p>The boat sank on <time datetime='2015-01-02'>2 January 2015</time>, and nobody was hurt that night.</p>",
        "<section class='comments'><time>9 March 2023</time></section>",
        "<footer>© 2019 Northbridge Post</footer>",
        "<img src='/uploads/2015/01/02/boat.jpg'>",
        "<p class='date'>2 January 2015</p>",
    ],
)
def test_days_elsewhere_on_the_page_are_none(tmp_path: Path, below: str) -> None:
    article = _article(tmp_path, below=below)
    assert (article.published, article.modified) == (None, None)


@pytest.mark.parametrize(
    ("lang", "published"),
    [("en-GB", date(2023, 4, 3)), ("de", date(2023, 4, 3)), ("en-US", date(2023, 3, 4)), ("en", None)],
)
def test_numeric_days_by_the_language_of_the_page(tmp_path: Path, lang: str, published: date | None) -> None:
    assert _article(tmp_path, above="<p class='date'>03/04/2023</p>", lang=lang).published == published
    head = "<meta property='article:published_time' content='03/04/2023'>"
    assert _article(tmp_path, head, lang=lang).published == published


OTHER = {
    "@type": "NewsArticle",
    "headline": "Storm hits the coast",
    "datePublished": "2020-01-01",
    "author": "Zed Wrong",
}
OWN = {"@type": "NewsArticle", "headline": HEADLINE, "datePublished": "2023-03-07", "author": {"name": "Ada Brown"}}


@pytest.mark.parametrize(
    ("head", "author", "published"),
    [
        (_json_ld(OTHER, OWN), "Ada Brown", DAY),
        (_json_ld(OTHER), None, None),  # another story supplies nothing
        (_json_ld({"@graph": [OTHER, OTHER]}), None, None),
        (_json_ld(OTHER, {key: value for key, value in OWN.items() if key != "author"}), None, DAY),
        (_json_ld({**OWN, "headline": "Council votes to close the ferry terminal"}), "Ada Brown", DAY),
        (_json_ld({**OWN, "headline": None}), "Ada Brown", DAY),
        (
            f"<link rel='canonical' href='{URL}'>" + _json_ld(OTHER, {**OWN, "headline": "SEO", "url": f"{URL}/?x=1"}),
            "Ada Brown",
            DAY,
        ),
        (
            _json_ld(
                {
                    "@graph": [
                        {**OWN, "author": {"@id": "#ada"}},
                        {"@type": "Person", "@id": "#ada", "name": "Ada Brown"},
                    ]
                }
            ),
            "Ada Brown",
            DAY,
        ),
        (
            "<script type='application/ld+json'>" + json.dumps(OWN).replace('"', "&quot;") + "</script>",
            "Ada Brown",
            DAY,
        ),
        ("<script type='application/ld+json'>" + json.dumps(OWN)[:-1] + ",\n}</script>", "Ada Brown", DAY),
        ("<script type='application/ld+json'><!--\n" + json.dumps(OWN) + "\n--></script>", "Ada Brown", DAY),
        ("<script type='application/ld+json'>/*<![CDATA[*/" + json.dumps(OWN) + "/*]]>*/</script>", "Ada Brown", DAY),
        (_json_ld({**OWN, "datePublished": "1970-01-01"}), "Ada Brown", None),
        (_json_ld({"@type": "WebPage", "name": HEADLINE, "datePublished": "2023-03-07"}), None, DAY),
        ("<meta name='sn-post-date' content='2023/03/07'>", None, DAY),
        (
            "<meta name='author' content='Ada Brown'><meta name='author' content='Carl Dean'>",
            "Ada Brown, Carl Dean",
            None,
        ),
        ("<meta name='author' content='https://post.example/ada'>", None, None),
        (
            _json_ld({**OWN, "author": {"@type": "Organization", "name": "Northbridge Post"}})
            + "<meta name='author' content='Ada Brown'>",
            "Ada Brown",
            DAY,
        ),
    ],
)
def test_what_a_page_declares(tmp_path: Path, head: str, author: str | None, published: date | None) -> None:
    article = _article(tmp_path, head)
    assert (article.author, article.published) == (author, published)


def test_the_author_of_another_story_is_none(tmp_path: Path) -> None:
    related = "<aside><h2>Related</h2><p>Old ferry sinks</p><p class='author'>By Zed Wrong</p></aside>"
    assert _article(tmp_path, below=related).author is None
    own = "<p class='author'>By Ada Brown</p>"
    assert _article(tmp_path, above=own, below=related).author == "Ada Brown"
    assert _article(tmp_path, below=own + related).author == "Ada Brown"


def test_microdata(tmp_path: Path) -> None:
    article = _page(
        tmp_path,
        f"<html><head><title>{HEADLINE}</title></head><body><div itemscope itemtype='https://schema.org/NewsArticle'>"
        f"<h1 itemprop='headline'>{HEADLINE}</h1>"
        f"<span itemprop='author' itemscope itemtype='https://schema.org/Person'>"
        "<span itemprop='name'>Ada Brown</span></span>"
        "<span itemprop='datePublished' content='2023-03-07'>Tuesday</span>"
        f"{TEXT}</div><div itemscope itemtype='https://schema.org/NewsArticle'><span itemprop='headline'>Storm</span>"
        "<span itemprop='datePublished' content='2020-01-01'></span></div></body></html>",
    )
    assert (article.author, article.published, article.origins["published"]) == ("Ada Brown", DAY, "microdata")


@pytest.mark.parametrize(
    ("title", "title_tag", "head", "publisher"),
    [
        (HEADLINE, f"{HEADLINE} | Northbridge Post", "", "Northbridge Post"),
        (HEADLINE, f"{HEADLINE} - Politics - Northbridge Herald", "", "Northbridge Herald"),
        (HEADLINE, f"{HEADLINE} | Politics", "", None),
        (HEADLINE, f"{HEADLINE} - The Northbridge Post - UK news", "", "The Northbridge Post"),
        (HEADLINE, f"Northbridge Post | {HEADLINE}", "", "Northbridge Post"),
        (HEADLINE, f"Northbridge Post: {HEADLINE}", f"<meta property='og:site_name' content='{HEADLINE}'>", None),
        (HEADLINE, HEADLINE, "<meta property='og:site_name' content='@northbridge'>", "northbridge"),
        (HEADLINE, HEADLINE, f"<meta property='og:title' content='{HEADLINE} – Northbridge Post'>", None),
        (
            HEADLINE,
            HEADLINE,
            _json_ld({**OWN, "publisher": {"name": "Reuters"}})
            + "<meta property='og:site_name' content='Northbridge Post'>",
            "Northbridge Post",
        ),
    ],
)
def test_headline_and_outlet(tmp_path: Path, title: str, title_tag: str, head: str, publisher: str | None) -> None:
    article = _page(
        tmp_path,
        f"<html lang='en'><head><title>{title_tag}</title>{head}</head><body><article>"
        f"<h1>{HEADLINE}</h1>{TEXT}</article>"
        "</body></html>",
    )
    assert (article.title, article.publisher) == (title, publisher)


@pytest.mark.parametrize(
    "head",
    [
        f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Wed Mar 08 2023\n-->",
        f"<!-- saved from url=(0046){URL} -->",
        f"<link rel='canonical' href='https://web.archive.org/web/20230308010203id_/{URL}'>",
        f"<link rel='canonical' href='http://archive.today/2023.03.08-010203/{URL}'>",
        f"<meta property='og:url' content='/web/20230308/{URL}'>",
        f"<meta property='og:url' content='{URL}'>",
        f"<meta name='savepage-url' content='{URL}'>",
        f"<script>__wm.wombat('{URL}','20230308010203')</script>",
    ],
)
def test_addresses_of_saved_pages(tmp_path: Path, head: str) -> None:
    html = (
        f"<html lang='en'><head><title>{HEADLINE}</title>{head}</head><body><article>"
        f"<h1>{HEADLINE}</h1>{TEXT}</article>"
    )
    article = _page(tmp_path, html)
    assert (article.url, article.publisher) == (URL, "northbridgepost.example")


FIRST = (
    "The town council of Northbridge voted on Tuesday evening to close the old ferry terminal by the end of the summer."
)


@pytest.mark.parametrize(
    ("header", "title", "author", "published", "first_line"),
    [
        (f"{HEADLINE}\nAda Brown and Carl Dean\n7 March 2023", HEADLINE, "Ada Brown, Carl Dean", DAY, FIRST),
        (
            f"{HEADLINE}\n\nThe boat will go in September\n\nBy Ada Brown\nPublished 7 March 2023",
            HEADLINE,
            "Ada Brown",
            DAY,
            "The boat will go in September",
        ),
        (f"NORTHBRIDGE HERALD\n\n{HEADLINE}\n\nBY ADA BROWN", HEADLINE, "Ada Brown", None, FIRST),
        (f"{HEADLINE}\nBy Ada Brown | March 7, 2023 | 4 min read\nShare", HEADLINE, "Ada Brown", DAY, FIRST),
        (f"{HEADLINE}\nUpdated: 9 March 2023", HEADLINE, None, None, FIRST),
        (f"{HEADLINE}\nBy Ada Brown\nNorthbridge Post\n7 March 2023", HEADLINE, "Ada Brown", DAY, FIRST),
        (
            f"The Guardian\nUK news\n{HEADLINE}\n\nAda Brown\n@adabrown\nTue 7 Mar 2023 16.30 EST"
            "\nLast modified on Wed 8 Mar 2023",
            HEADLINE,
            "Ada Brown",
            DAY,
            FIRST,
        ),
        (f"BBC News\n{HEADLINE}\n7 March 2023\nBy Ada Brown\nBBC News, Northbridge", HEADLINE, "Ada Brown", DAY, FIRST),
        (f"{HEADLINE}\nhttps://post.example/a\n7 March 2023", HEADLINE, None, DAY, FIRST),
        (
            f"{HEADLINE}\n7 March 2023\nPresent: Ada Brown, Carl Dean",
            HEADLINE,
            None,
            DAY,
            "Present: Ada Brown, Carl Dean",
        ),
        (f"{HEADLINE}\n\nNew York, 7 March 2023", HEADLINE, None, DAY, FIRST),
        (f"{HEADLINE}\n\nPTI | 7 March 2023", HEADLINE, "PTI", DAY, FIRST),
        (f"7 March 2023\n{HEADLINE}", HEADLINE, None, DAY, FIRST),
        (
            f"Headline: {HEADLINE}\nBy: Ada Brown\nSource: Northbridge Post\nPublished: March 7, 2023",
            HEADLINE,
            "Ada Brown",
            DAY,
            FIRST,
        ),
        (f"{HEADLINE}\n\nDate of the vote: Tuesday", HEADLINE, None, None, "Date of the vote: Tuesday"),
        (HEADLINE, HEADLINE, None, None, FIRST),
        ("Ruth Calder Resigns\nBy Ada Brown", "Ruth Calder Resigns", "Ada Brown", None, FIRST),
    ],
)
def test_lines_above_a_text(
    tmp_path: Path, header: str, title: str, author: str | None, published: date | None, first_line: str
) -> None:
    (tmp_path / "a.txt").write_text(f"{header}\n\n{FIRST}\n\nThe mayor was sorry.\n", "utf-8")
    article = only(tmp_path / "a.txt")
    assert (article.title, article.author, article.published) == (title, author, published)
    assert article.text.split("\n")[0] == first_line
    assert FIRST in article.text


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("© 2023 Northbridge Post. All rights reserved.", "Northbridge Post"),
        ("Copyright © Northbridge Post 2019-2023", "Northbridge Post"),
        ("(c) 2023 Northbridge Post Ltd", "Northbridge Post"),
        ("© Copyright 2023 - Northbridge Post", "Northbridge Post"),
        ("© 2023", None),
        ("The mayor’s © 2023 Calder was sold.", None),
    ],
)
def test_the_outlet_of_a_copyright_line(tmp_path: Path, line: str, publisher: str | None) -> None:
    assert (
        _page(tmp_path, f"<html><body><article><h1>A</h1>{TEXT}</article><p>{line}</p></body></html>").publisher
        == publisher
    )
    (tmp_path / "a.txt").write_text(f"{HEADLINE}\n\n{FIRST}\n\n{line}\n", "utf-8")
    assert only(tmp_path / "a.txt").publisher == publisher


@pytest.mark.parametrize(
    ("start", "published"),
    [
        ("LONDON, March 7, 2023 (Reuters) - ", DAY),
        ("NORTHBRIDGE, 7 March 2023 — ", DAY),
        ("LONDON, March 7 (Reuters) - ", None),
        ("On 7 March 2023 — ", None),
        ("London, 7 March 2023 was a cold day. ", None),
    ],
)
def test_datelines(tmp_path: Path, start: str, published: date | None) -> None:
    (tmp_path / "a.txt").write_text(f"{HEADLINE}\n\n{start}{FIRST}\n\nThe mayor was sorry.\n", "utf-8")
    article = only(tmp_path / "a.txt")
    assert article.published == published
    assert article.text.startswith(start)


def test_an_ambiguous_day_is_noted(tmp_path: Path) -> None:
    article = _article(tmp_path, "<meta property='article:published_time' content='03/04/2023'>")
    assert (article.published, article.origins["published"]) == (None, "ambiguous: 03/04/2023")
    record = {"text": "The council voted.", "published": "03/04/2023"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n" + json.dumps({**record, "language": "en-GB"}), "utf-8")
    first, second = [item for item in load(tmp_path / "a.jsonl") if isinstance(item, LoadedArticle)]
    assert (first.published, first.origins) == (None, {"published": "ambiguous: 03/04/2023"})
    assert (second.published, second.origins) == (date(2023, 4, 3), {})


def test_the_order_of_json_lines_is_that_of_their_own_dates(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": "The council voted.", "published": value}) for value in ("3/7/2023", "12/31/2022", "x")
    ]
    (tmp_path / "a.jsonl").write_text("\n".join([*lines, "{"]), "utf-8")
    days = [item.published for item in load(tmp_path / "a.jsonl") if isinstance(item, LoadedArticle)]
    assert days == [DAY, date(2022, 12, 31), None]
