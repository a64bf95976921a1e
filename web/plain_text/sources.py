"""One line for an article: its title, outlet and day, and where it is."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from index import Article

from ..messages import ask as texts
from ..messages.common import join_parts, long_date
from ..uploads import display_name

_KEPT_IN_URLS = "%/:=&?~#+!$,;'@.-_"  # no brackets or signs that end a link or mean something in Markdown


def article_line(article: Article) -> str:
    """Title, outlet, day and place of an article, on one line."""
    title = " ".join(article.title.split()) or texts.UNTITLED
    day = long_date(article.published) if article.published else None
    return join_parts([title, article.publisher, day, place_of(article)])


def place_of(article: Article) -> str:
    """The web address of an article, or the name of its file."""
    return _web_address(article.url) or " ".join(display_name(article.source).rpartition("/")[2].split())


def _web_address(url: str | None) -> str:
    """The address, with its special characters encoded; empty if it isn't an http or https address."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    is_link = parts.scheme in ("http", "https") and parts.hostname
    return quote(url or "", safe=_KEPT_IN_URLS) if is_link else ""
