"""Which article a fetched page is: the address that it is known by, and what is known of it from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from ..cleaning import FEED, GUESS, metadata_line, parse_date
from ..fetch import FetchRefused, is_same_site, normal_url, without_tracking
from ..readers import Listed
from ..records import Article, LoadedArticle
from ..text import SHARED, shared, shingles


def declared_address(article: LoadedArticle, own: str) -> str:
    """The address that a page names as its article's, where it may; else its `own`.

    It may name one of its own site, but not the front page: many sites name that by mistake.
    """
    try:
        canonical = without_tracking(normal_url(article.url or ""))
    except FetchRefused:
        return own
    is_front = urlsplit(canonical).path == "/" and not urlsplit(canonical).query
    return canonical if is_same_site(canonical, own) and not is_front else own


def is_variant(article: LoadedArticle, present: Article) -> bool:
    """True where a page is the article `present` in another edition: its print or mobile form, say.

    False for pages that name the address of another article as theirs, as some sites have it: they share no story.
    """
    return shared(shingles(article.text), shingles(present.text)) >= SHARED


def completed(article: LoadedArticle, listed: Listed | None, present: Article | None) -> LoadedArticle:
    """A page's article with the date and author that a feed tells, where the page itself declares none.

    What a feed told earlier, of the article `present`, stays: another feed, or none, tells nothing better.
    """
    told = listed.metadata if listed else {}
    published, author = parse_date(told.get("published")), metadata_line(told.get("author"))
    origins = dict(article.origins)
    if present and present.origins.get("published") == FEED:
        published = present.published
    if present and present.origins.get("author") == FEED:
        author = present.author
    if published and (article.published is None or origins.get("published") == GUESS):
        article, origins["published"] = replace(article, published=published), FEED
    if author and article.author is None:
        article, origins["author"] = replace(article, author=author), FEED
    return replace(article, origins=origins)
