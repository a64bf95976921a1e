"""Articles: titles, bylines, and the whole text to read."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from markupsafe import Markup

from index import Article

from ...conversations import RemovedArticle
from ...messages import ask as texts
from ...messages import library as library_texts
from ...messages.common import join_parts, long_date
from ...uploads import display_name
from .text import escape


def title_of(article: Article) -> str:
    """The title on one line. Plain text."""
    return " ".join(article.title.split()) or texts.UNTITLED


def byline(article: Article) -> str:
    """Outlet, author and date, as far as known, and whether this is an earlier version. Plain text."""
    day = long_date(article.published) if article.published else None
    version = texts.superseded(long_date(article.added)) if article.replaced else None
    removed = texts.REMOVED_FROM_LIBRARY if isinstance(article, RemovedArticle) else None
    return join_parts([article.publisher, article.author, day, version, removed])


def web_address(url: str | None) -> str | None:
    """`url` if it is an http or https address that may become a link, else None."""
    try:
        parts = urlsplit(url or "")
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def byline_html(article: Article) -> Markup:
    """The byline, with a link to the article on its website."""
    line = Markup('<p class="byline">{}').format(escape(byline(article)))
    if address := web_address(article.url):
        line += Markup(' <a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(
            escape(address), escape(texts.read_at(urlsplit(address).hostname or ""))
        )
    return line + Markup("</p>")


def article_html(article: Article, revisions: Iterable[Article] = ()) -> Markup:
    """A whole article to read, with its origin and earlier versions."""
    origin = library_texts.article_origin(
        [display_name(source) for source in article.sources],
        article.origins.get("published") if article.published and "published" not in article.edited else None,
        long_date(article.modified) if article.modified else None,
        article.edited,
    )
    return Markup('<article class="reading"><h2 dir="auto">{}</h2>{}{}{}{}</article>').format(
        escape(title_of(article)),
        byline_html(article),
        Markup('<p class="origin">{}</p>').format(escape(origin)),
        Markup('<div class="article-text" dir="auto" tabindex="0">{}</div>').format(escape(article.text)),
        Markup().join(map(_revision_html, revisions)),
    )


def _revision_html(revision: Article) -> Markup:
    since, until = long_date(revision.added), long_date(revision.replaced or revision.added)
    return Markup('<details><summary>{}</summary><div class="article-text" dir="auto">{}</div></details>').format(
        escape(library_texts.revision(since, until, revision.id)), escape(revision.text)
    )
