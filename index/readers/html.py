"""Web pages: the article without navigation, advertisements and other boilerplate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import trafilatura
from trafilatura.metadata import extract_author

from ..cleaning import (
    PageMetadata,
    clean_page_text,
    decode_markup,
    extract_page,
    is_list_of_links,
    is_suspiciously_short,
    longest_prose,
    next_page,
    prepare_page,
    resolve_url,
)
from ..errors import SourceError
from ..records import Skipped
from .base import RawArticle, read_bytes
from .exports import exported_page

_MIN_TEXT = 30  # characters
_MIN_UNCERTAIN_TEXT = 250  # characters, if there is a paywall: more than a notice


def read_html(path: Path, url: str | None = None) -> Iterator[RawArticle | Skipped]:
    """Read the article of a saved page, or of a page fetched from `url`; of a database's export, all articles."""
    data = read_bytes(path)
    if url is None and (exported := exported_page(data)):
        yield from exported
    else:
        yield from read_page(data, url)


def html_article(data: bytes, url: str | None = None) -> RawArticle:
    """Extract the article of a page; `url` is the address of the page, if known.

    Raises:
        SourceError: the page contains no article text.
    """
    return next(item for item in read_page(data, url) if isinstance(item, RawArticle))


def read_page(data: bytes, url: str | None = None) -> Iterator[RawArticle | Skipped]:
    """Yield the article of a page, and a `Skipped` for text of the article that is missing or on another page.

    Raises:
        SourceError: the page contains no article text.
    """
    markup = decode_markup(data).encode("utf-8")
    tree = trafilatura.load_html(markup)
    if tree is None:
        raise SourceError("no article text found: the page is empty or isn't HTML")
    # Before the preparation, which modifies the tree.
    metadata = PageMetadata.from_tree(tree, markup, url, author=extract_author(tree))
    following = next_page(tree)
    prepare_page(tree)
    extracted = extract_page(tree)
    text = _article_text(extracted)
    if is_list_of_links(tree, text.split("\n\n")):
        raise SourceError("no article text found: the page is a list of links to articles; add their addresses")
    yield RawArticle(text, metadata.as_mapping())
    if following is not None:
        address = resolve_url(url, following) or following
        yield Skipped("next page", f"the article continues at {address}, which wasn't read; add that page too")
    if is_suspiciously_short(extracted, longest_prose(tree)):
        yield Skipped("text", f"only {len(text):,} characters of the page were recognized as its article; check them")


def _article_text(text: str) -> str:
    """Remove boilerplate from the text of a page, and check that there is enough left."""
    article = clean_page_text(text)
    if len(article.text) < (_MIN_UNCERTAIN_TEXT if article.is_paywalled else _MIN_TEXT):
        raise _no_article_text()
    return article.text


def _no_article_text() -> SourceError:
    return SourceError("no article text found: the page may be a list of links, behind a paywall, or need JavaScript")
