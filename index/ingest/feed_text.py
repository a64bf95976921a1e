"""The text of an article in its feed, for pages that have none: those that need JavaScript."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from ..cleaning import ArticleFields, Origin
from ..errors import SourceError
from ..fetch import FetchResult
from ..readers import ListEntry, UnusedKeys
from ..records import Failure, LoadedArticle, Skipped
from .content_type import Listing, read_fetched


def read_listed(
    fetched: FetchResult, listed: ListEntry | None, stop: threading.Event | None = None
) -> Listing | Iterator[LoadedArticle | Failure | Skipped | UnusedKeys]:
    """Read a response as `read_fetched` does; if it contains no article, return the one in the feed that listed it.

    Raises:
        SourceError: the response can't be read, or neither it nor the feed contains the article.
    """
    try:
        return read_fetched(fetched, stop)
    except SourceError:
        article = _article_in_feed(listed, fetched.url) if listed is not None else None
        if article is None:
            raise
        return iter([article])


def _article_in_feed(listed: ListEntry, url: str) -> LoadedArticle | None:
    fields = ArticleFields.from_source(listed.metadata, str(listed.metadata.get("text", "")))
    if not fields.text or not fields.title:
        return None
    return LoadedArticle(url, fields.title, fields.text, url=url, origins={"title": Origin.FEED})
