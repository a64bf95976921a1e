"""Web pages: the article without boilerplate, and the declared metadata."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import SourceError
from index.cleaning.boilerplate import without_boilerplate, without_paywall_notices
from index.ingest.load import load
from index.readers.html import html_article
from index.records import LoadedArticle
from tests.files import PARAGRAPHS

ARTICLE = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
# Lines that sites put between the paragraphs.
BOILERPLATE = [
    "Share this article", "Share on Facebook", "Print", "Copy link", "Advertisement", "Read more",
    "Read more: Ferry sinks",
    "See also: The ferry", "Also read: The ferry", "Read More About the Bridge", "Continue reading the main story",
    "Related stories", "Most read", "More:", "Sign up to our newsletter",
    "Subscribe to the Morning Briefing newsletter",
    "Get the best of our news delivered to your inbox.", "Follow us on Twitter", "Follow Newsbeat on Instagram and X.",
    "Story continues below", "Article continues after the advertisement", "Photo: Jane Porter/AP",
    "Image credit: Reuters",
    "Photograph by Jane Porter", "© 2023 The Outlet", "Copyright 2023 The Outlet. All rights reserved.",
    "Skip to content", "Loading…", "4 min read", "12 comments", "View all",
]  # fmt: skip
# Sentences that resemble boilerplate.
SENTENCES = [
    "Read this book, he said.", "Share prices fell.", "Save the bridge!", "Print is dead, she said.",
    "More was to come.",
    "Follow us, the guide called, and hurry.", "Copyright law is broken, he said.", "Find us a way out, they asked.",
    "“Subscribe to our newsletter,” the sign read.", "Learn more about yourself, she said.",
    "Advertisement rates fell.",
    "Watch this space, the minister told reporters.", "Photographs of the bridge were shown.", "See this as a warning.",
    "Tens of thousands join the queue to view the late Queen's coffin in Westminster Hall.",
    "Ukraine hopes to join the bloc to access its single market, the prime minister said on Monday.",
    "Children should be encouraged to keep reading over the summer, the charity said.",
    "(c) The right to a fair trial within a reasonable time.", "© marks were removed from 300 products in 2019.",
    "Copyright Act 1976 protects works for 70 years after the author's death.",
    "Register by Friday to receive flood alerts, the Environment Agency told residents of Lundby.",
    "The fake invoices, delivered to your inbox by criminals posing as banks, cost Britons £1bn a year, police said.",
    "Follow Musk on X and you will see hundreds of posts a day, the study found.",
    "Get the app wrong and millions lose access to their pensions, ministers were told.",
    "Already a member of Nato, Finland is building a fence on its border.", "Pictures by Banksy sold for millions.",
    "Not a member of the European Union, Norway pays into its budget all the same.", "Photos by Smith show the wreck",
    "Copyright ran out in 2023. Mickey Mouse is free.", "To keep reading rooms open, the council raised the dog tax.",
    "Register offices refused to access the files for three weeks.", "Follow Trump on X", "Credit: banks lend less",
    "Sign in front of the town hall asks drivers to keep left.",
    "The musicians recorded it with all rights reserved, and lost them in the divorce.",
    "Learn more: that was his father's advice to all eight children.",
    "Read this: the minister has resigned, he wrote to his staff.",
    "The image by the door was stolen, police said.", "Email and post were down for hours.",
    "Related crimes rose by 3%.",
]  # fmt: skip


def page(body: str, head: str = "") -> bytes:
    head = f"<head><title>Bridge opens</title>{head}</head>"
    return f"<!doctype html><html lang='en'>{head}<body>{body}</body></html>".encode()


def only(path: Path, data: bytes) -> LoadedArticle:
    path.write_bytes(data)
    [article] = load(path)
    assert isinstance(article, LoadedArticle)
    return article


@pytest.mark.parametrize("line", BOILERPLATE)
def test_boilerplate_is_removed(line: str) -> None:
    first, *rest = PARAGRAPHS
    text = html_article(page("".join(f"<p>{each}</p>" for each in (first, line, *rest))))
    assert text.text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_that_resemble_boilerplate_are_kept(line: str) -> None:
    assert without_boilerplate(f"{PARAGRAPHS[0]}\n\n{line}") == f"{PARAGRAPHS[0]}\n\n{line}"
    assert without_paywall_notices(line) == line


@given(st.lists(st.text(alphabet="Read more:subscibNwlt .,“”©x", max_size=400), max_size=6))
def test_lines_are_kept_or_removed_whole(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    kept = without_boilerplate(text).split("\n\n")
    assert all(line in text.split("\n\n") or line == "" for line in kept)
    assert all(line in kept for line in lines if len(line) > 300 and "\n\n" not in line)


def test_captions_boxes_and_comments_are_removed() -> None:
    body = (
        "<nav><a>Home</a> <a>News</a></nav><article><h1>Bridge opens</h1><figure><img src='a.jpg'><figcaption>The"
        f" bridge on Thursday. Photograph: Jane Porter/AP</figcaption></figure><p>{PARAGRAPHS[0]}</p>"
        "<div class='newsletter-box'><h3>Our newsletter</h3><p>Sign up to our newsletter for more.</p></div>"
        f"<p>{PARAGRAPHS[1]}</p><ul class='share-buttons'><li>Share</li><li>Tweet</li></ul>"
        f"<p>{PARAGRAPHS[2]}</p></article>"
        "<section id='comments'><p>First! What a great bridge this is, I would love to cycle on it.</p></section>"
        "<footer><p>© 2023 The Outlet. All rights reserved.</p></footer>"
    )
    assert html_article(page(body)).text == "\n\n".join(("Bridge opens", *PARAGRAPHS))


def test_articles_outside_the_main_content_are_found() -> None:
    assert PARAGRAPHS[1] in html_article(page(f"<footer>{ARTICLE}</footer>")).text


@pytest.mark.parametrize(
    "body",
    [
        "", "<p> </p>", "<nav><a href='/a'>Home</a></nav>", "<script>document.write('x')</script>",
        "<article><p>To continue reading this article, please log in.</p></article>",
        "<article><p>The new bridge is open.</p><p>Subscribe now to read the full story.</p></article>",
        "<article><p>Already a subscriber? Sign in.</p></article>",
        "<article><p>This article is only available to our subscribers.</p></article>",
    ],
)  # fmt: skip
def test_pages_without_article_text_are_rejected(body: str) -> None:
    with pytest.raises(SourceError, match="no article text"):
        html_article(page(body))


def test_text_before_a_paywall_notice_is_kept() -> None:
    text = html_article(page(f"<article>{ARTICLE}<p>Subscribe now to read the full story.</p></article>")).text
    assert text == "\n\n".join(PARAGRAPHS)


def test_metadata_and_its_origins(tmp_path: Path) -> None:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Not this"},
            {
                "@type": ["NewsArticle"],
                "headline": "Bridge opens",
                "datePublished": "2023-05-04T23:30:00+02:00",
                "dateModified": "2023-05-06",
                "author": [{"@type": "Person", "name": "Jane Porter"}, {"name": "Ann Lee"}],
                "publisher": {"@type": "Organization", "name": "The Outlet"},
            },
        ],
    }
    head = f"<script type='application/ld+json'>{json.dumps(data)}</script><meta name='author' content='Web Team'>"
    article = only(tmp_path / "a.html", page(f"<article>{ARTICLE}</article>", head))
    assert (article.title, article.publisher) == ("Bridge opens", "The Outlet")
    assert set((article.author or "").replace(";", ",").split(", ")) == {"Jane Porter", "Ann Lee"}
    assert (article.published, article.modified) == (date(2023, 5, 4), date(2023, 5, 6))
    assert {article.origins[key] for key in ("title", "published", "modified", "publisher")} == {"JSON-LD"}


def test_origins_of_dates(tmp_path: Path) -> None:
    head = "<meta property='article:published_time' content='2023-05-04T10:00:00Z'>"
    article = only(tmp_path / "a.html", page(f"<article>{ARTICLE}</article>", head))
    assert (article.published, article.origins["published"]) == (date(2023, 5, 4), "meta tags")
    shown = f"<article><time datetime='2023-05-04'>4 May 2023</time>{ARTICLE}</article>"
    article = only(tmp_path / "a.html", page(shown))
    assert (article.published, article.origins["published"]) == (date(2023, 5, 4), "dates on the page")
    article = only(tmp_path / "a.html", page(f"<article>{ARTICLE}</article>"))  # never taken from the clock
    assert (article.published, article.modified) == (None, None)


@pytest.mark.parametrize(
    "json_ld",
    ["{", "[" * 5000, "null", '{"@type": 7}',
     '{"@type": "NewsArticle", "headline": {"name": ["x", 7]}, "author": [[]]}',
     '{"@type": "NewsArticle", "datePublished": 20230504, "dateModified": "yesterday", "headline": "\\u0000"}'],
)  # fmt: skip
def test_malformed_metadata_is_ignored(tmp_path: Path, json_ld: str) -> None:
    article = only(
        tmp_path / "a.html",
        page(f"<article>{ARTICLE}</article>", f"<script type='application/ld+json'>{json_ld}</script>"),
    )
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert article.published in (None, date(2023, 5, 4))
