"""Read files into articles, and check what they hold.

Title, publisher, author and date come from the file where it has them, never from the clock.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from ..cleaning import fold_white_space, http_url, metadata_line, parse_date, title_of_file
from ..errors import SourceError
from ..readers import COLUMNED, PLAIN, Found, Listed, RawArticle, is_supported, not_supported, parse
from ..records import Failure, LoadedArticle

MAX_TEXT = 2_000_000  # characters of one article, about four long novels


def find_files(path: Path, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> list[Path]:
    """The supported files at or below `path`, sorted.

    Below a folder, these are passed over: hidden files, links that lead out of it, links to folders, and what belongs
    to a saved page ("Bridge_files" beside "Bridge.html").

    Args:
        path: a file or a folder.
        include: only files that match one of these patterns, by name or by path below the folder: "*.html", "2022/*".
        exclude: no files that match one of these.
    """
    if not path.is_dir():
        return [path]
    root = path.resolve()
    found: list[Path] = []
    for folder, folders, names in os.walk(path):
        pages = {Path(name).stem for name in names if Path(name).suffix.lower() in (".html", ".htm")}
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name.removesuffix("_files") not in pages - {name}
        )
        for file in (Path(folder, name) for name in names if not name.startswith(".") and is_supported(name)):
            below = file.relative_to(path).as_posix()
            if file.is_symlink() and not file.resolve().is_relative_to(root):
                continue
            if (not include or _matches(below, include)) and not _matches(below, exclude):
                found.append(file)
    return sorted(found)


def _language(value: object) -> str | None:
    """The two letters of a language tag: "en" of "en-GB"."""
    tag = re.match(r"[A-Za-z]{2}(?![A-Za-z])", value) if isinstance(value, str) else None
    return tag[0].lower() if tag else None


def _matches(below: str, patterns: Sequence[str]) -> bool:
    name = below.rpartition("/")[2]
    return any(fnmatchcase(below, pattern) or fnmatchcase(name, pattern) for pattern in patterns)


def load(
    path: Path, source: str | None = None, *, columns: Mapping[str, str] | None = None, is_fetched: bool = False
) -> Iterator[LoadedArticle | Listed | Failure]:
    """Read the articles of one file, in order.

    `source` is recorded instead of the path. Of a file with several articles, a bad one yields a `Failure` that names
    it, and the rest goes on. `columns` names the columns of tables and the keys of JSON lines. What `is_fetched` from
    the address `source` may also list other addresses.

    Raises:
        SourceError: the file is of no supported kind, too large, damaged, or holds no article.
        OSError: the file can't be read.
    """
    if not is_supported(path) and not (is_fetched and path.suffix == ".xml"):
        raise not_supported(path)
    if not path.is_file() and path.exists():
        raise SourceError("not a regular file")
    source = source or os.path.abspath(path)  # noqa: PTH100 resolve() fails on a loop of links
    path.open("rb").close()  # an error that says more than the process that parses could
    urls = set[str]()
    for raw in _found(path, columns, source if is_fetched else None):
        if isinstance(raw, Failure):
            yield Failure(source, f"{raw.source}: {raw.reason}")
            continue
        if isinstance(raw, Listed):
            yield raw
            continue
        try:
            article = _article(source, raw, may_name_address=not is_fetched)
        except SourceError as error:
            if not raw.part:
                raise
            yield Failure(source, f"{raw.unit} {raw.part}: {error}")
            continue
        # A second article under one address in the same file is no new version of the first.
        yield replace(article, source=f"{source}#{raw.part}") if article.source in urls else article
        urls.add(article.source)


def _found(path: Path, columns: Mapping[str, str] | None, url: str | None) -> Iterator[Found]:
    kind = path.suffix.lower()
    if url:  # a stranger's file: none is read here
        return parse(path, url)
    if kind in COLUMNED:
        return COLUMNED[kind](path, columns)
    return iter(PLAIN[kind](path)) if kind in PLAIN else parse(path)


def _article(file: str, raw: RawArticle, may_name_address: bool) -> LoadedArticle:
    """What is fetched from one site must not be known by an address of another: `may_name_address` is for files."""
    text, metadata = fold_white_space(raw.text), raw.metadata
    source = f"{file}#{raw.part}" if raw.part else file
    if raw.is_at_url and may_name_address:
        source = http_url(metadata.get("url")) or source
    if not text:
        raise SourceError("no article text in it")
    if "\0" in text:
        raise SourceError("the text contains NUL characters")
    if len(text) > MAX_TEXT:
        raise SourceError(f"the article has {len(text):,} characters; the limit is {MAX_TEXT:,}: split it")
    article = LoadedArticle(
        source=source,
        title=metadata_line(metadata.get("title")) or title_of_file(file),
        text=text,
        url=http_url(metadata.get("url")),
        publisher=metadata_line(metadata.get("publisher")),
        author=metadata_line(metadata.get("author")),
        published=parse_date(metadata.get("published")),
        modified=parse_date(metadata.get("modified")),
        language=_language(metadata.get("language")),
        origins=metadata.get("origins", {}),
    )
    try:
        for value in (article.source, article.title, article.text, article.publisher, article.author):
            (value or "").encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(f"its text or its file name is not valid Unicode: {error.reason}") from None
    return article
