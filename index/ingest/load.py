"""Read files into articles, and check their contents.

Title, publisher, author and date come from the file, never from the clock.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from ..cleaning import ArticleFields, without_invisible
from ..errors import SourceError
from ..readers import FileKind, ListEntry, RawArticle, UnusedKeys, read_file
from ..records import Failure, LoadedArticle, Skipped

LoadedItem = LoadedArticle | ListEntry | Failure | Skipped | UnusedKeys

MAX_TEXT = 2_000_000  # characters of one article, about four long novels


def load(
    path: Path,
    source: str | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    is_fetched: bool = False,
    stop: threading.Event | None = None,
) -> Iterator[LoadedItem]:
    """Read the articles of one file, in order.

    In a file with several articles, a bad one yields a `Failure`, and the others are still read.

    Args:
        path: the file.
        source: recorded instead of the path, if given.
        columns: the column names of tables, or the keys of JSON lines.
        is_fetched: the file was fetched from the URL `source`, so it may also be a feed or a sitemap.
        stop: ends the reading when it is set.

    Raises:
        SourceError: the file isn't supported, is too large or damaged, or contains no article.
        OSError: the file can't be read.
    """
    FileKind.of(path)  # raises if it isn't supported
    if not path.is_file() and path.exists():
        raise SourceError("not a regular file")
    source = source or os.path.abspath(path)  # noqa: PTH100 resolve() fails on a loop of links
    path.open("rb").close()  # raises a more precise error than the sandbox could
    urls = set[str]()
    for item in read_file(path, source if is_fetched else None, columns, stop):
        if isinstance(item, Failure):
            yield Failure(source, f"{item.source}: {item.reason}")
            continue
        if isinstance(item, Skipped):
            yield Skipped(source, f"{item.source}: {item.reason}" if item.source else item.reason)
            continue
        if isinstance(item, ListEntry | UnusedKeys):
            yield item
            continue
        try:
            article = _checked_article(source, item, may_declare_url=not is_fetched)
        except SourceError as error:
            if not item.part:
                raise
            yield Failure(source, f"{item.unit} {item.part}: {error}", error.code)
            continue
        # A second article with the same URL in the same file isn't a new version of the first.
        yield replace(article, source=f"{source}#{item.part}") if article.source in urls else article
        urls.add(article.source)


def _checked_article(file: str, raw: RawArticle, may_declare_url: bool) -> LoadedArticle:
    """Check an article and its metadata.

    A fetched file must not declare the URL that identifies its article: it could pose as one of another site.
    """
    metadata = {**raw.metadata, "title": _title_from_name(raw.file_name)} if raw.file_name else raw.metadata
    metadata = {key: without_invisible(value) if isinstance(value, str) else value for key, value in metadata.items()}
    fields = ArticleFields.from_source(metadata, without_invisible(raw.text))
    source = f"{file}#{raw.part}" if raw.part else file
    if raw.is_at_url and may_declare_url:
        source = fields.url or source
    if not fields.text:
        raise SourceError("no article text found")
    if "\0" in fields.text:
        raise SourceError("the text contains NUL characters")
    if len(fields.text) > MAX_TEXT:
        raise SourceError(f"the article has {len(fields.text):,} characters; the limit is {MAX_TEXT:,}: split it")
    article = LoadedArticle(
        source=source,
        title=fields.title or _title_from_name(file),
        text=fields.text,
        url=fields.url,
        publisher=fields.publisher,
        author=fields.author,
        published=fields.published,
        modified=fields.modified,
        language=fields.language,
        origins=fields.origins,
    )
    try:
        for value in (article.source, article.title, article.text, article.publisher, article.author):
            (value or "").encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(f"the text or the file name is not valid Unicode: {error.reason}") from None
    return article


def _title_from_name(file: str) -> str:
    return PurePosixPath(file).stem.replace("-", " ").replace("_", " ")
