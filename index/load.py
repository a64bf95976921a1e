"""Read files into articles: .txt, .md, .html and .jsonl.

Title, publisher, author and date come from the file where it has them, never from the clock.
"""

from __future__ import annotations

import itertools
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import trafilatura
import yaml
from markdown_it import MarkdownIt
from trafilatura.settings import Document

from .clean import clean_saved_page, fold_white_space
from .errors import SourceError
from .metadata import CONTROL, http_url, metadata_line, parse_date
from .records import Failure, LoadedArticle

MAX_FILE_BYTES = 20 * 1024 * 1024  # of one article's file, or of one line of a .jsonl file
MAX_TEXT = 2_000_000  # characters of one article, about four long novels
MAX_FRONT_MATTER = 20_000

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def find_files(path: Path) -> list[Path]:
    """The supported files at or below `path`, sorted; hidden ones and links to folders are passed over."""
    if not path.is_dir():
        return [path]
    found: list[Path] = []
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(folder, name) for name in names if not name.startswith(".") and is_supported(name)]
    return sorted(found)


def is_supported(name: str | Path) -> bool:
    """True where the name ends like a file that can be read."""
    return Path(name).suffix.lower() in _READERS


def load(path: Path, source: str | None = None) -> Iterator[LoadedArticle | Failure]:
    """Read the articles of one file, in order.

    `source` is recorded instead of the path. A bad line of a .jsonl file yields a `Failure` that names it,
    and the rest goes on.

    Raises:
        SourceError: the file is of no supported kind, too large, not text, or holds no article.
        OSError: the file can't be read.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        kinds = ", ".join(_READERS)
        raise SourceError(f"files ending in {path.suffix or 'nothing'} can't be read; supported are {kinds}")
    if not path.is_file() and path.exists():
        raise SourceError("not a regular file")
    yield from read(path, source or os.path.abspath(path))  # noqa: PTH100 resolve() fails on a loop of links


def _read_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
        size = max(len(data), path.stat().st_size)
    if size > MAX_FILE_BYTES:
        raise SourceError(
            f"the file has {size / 1e6:.1f} MB; the limit is {MAX_FILE_BYTES / 1e6:.0f} MB: split it into articles"
        )
    if not data:
        raise SourceError("the file is empty")
    return data


def decode(data: bytes) -> str:
    """Text of a file in UTF-8, UTF-16 (with or without a byte order mark) or Windows-1252.

    Raises:
        SourceError: the bytes are no text.
    """
    encodings = _wide_encoding(data) or ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and len(CONTROL.findall(text)) <= len(text) // 1000:
            return text
    raise SourceError("not a text file (or in an encoding other than UTF-8, UTF-16 and Windows-1252)")


def _wide_encoding(data: bytes) -> list[str]:
    """UTF-16 where a byte order mark says so, or every second byte of the beginning is zero."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    start = data[:4096]
    zeros = (start[0::2].count(0), start[1::2].count(0))
    if max(zeros) > 0.2 * len(start) and min(zeros) < 0.02 * len(start):
        return ["utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"]
    return []


def _load_text(path: Path, source: str) -> Iterator[LoadedArticle]:
    metadata, body = _split_front_matter(decode(_read_bytes(path)))
    page = clean_saved_page(body, find_headline="title" not in metadata)
    yield _article(source, page.text, {"title": page.title, "author": page.author, **metadata}, path)


def _load_markdown(path: Path, source: str) -> Iterator[LoadedArticle]:
    metadata, body = _split_front_matter(decode(_read_bytes(path)))
    title, text = _markdown_text(body)
    yield _article(source, text, {"title": title, **metadata}, path)


def _split_front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """The known keys of the YAML between --- lines at the start, all as text, and what follows."""
    found = _FRONT_MATTER.match(text)
    if found is None:
        return {}, text
    if len(found[1]) > MAX_FRONT_MATTER:
        raise SourceError(f"the front matter has {len(found[1]):,} characters; the limit is {MAX_FRONT_MATTER:,}")
    try:
        # Takes every value as text: no tags, no merges, nothing that is more than it says.
        metadata = yaml.load(found[1], Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise SourceError(f"the front matter between the --- lines is not valid YAML: {reason}") from None
    if not isinstance(metadata, dict):
        return {}, text
    return {key: metadata[key] for key in _KEYS if metadata.get(key)}, text[found.end() :]


def _markdown_text(markdown: str) -> tuple[str | None, str]:
    """The first top-level heading, and the words as a reader sees them: no marks, link targets or images."""
    title: str | None = None
    paragraphs: list[str] = []
    tokens = MarkdownIt("commonmark", {"html": False}).parse(markdown)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type in ("fence", "code_block"):
            paragraphs.append(token.content)
        if token.type != "inline":
            continue
        words = "".join(
            "\n" if child.type in ("softbreak", "hardbreak") else child.content
            for child in token.children or []
            if child.type in ("text", "code_inline", "softbreak", "hardbreak")
        )
        if before is not None and before.tag == "h1" and title is None and not paragraphs:
            title = words
        else:
            paragraphs.append(" ".join(words.split("\n")))
    return title, "\n\n".join(paragraphs)


def _load_html(path: Path, source: str) -> Iterator[LoadedArticle]:
    data = _read_bytes(path)
    if _wide_encoding(data) or b"\0" in data:
        data = decode(data).encode("utf-8")
    page = trafilatura.bare_extraction(
        data, fast=True, include_comments=False, include_tables=False, with_metadata=True
    )
    if not isinstance(page, Document) or not (page.text or "").strip():
        raise SourceError("no article text found in this page")
    metadata = {
        "title": page.title,
        "author": page.author,
        "publisher": page.sitename,
        "published": page.date,
        "url": page.url,
    }
    yield _article(source, str(page.text).replace("\n", "\n\n"), metadata, path)


def _load_json_lines(path: Path, source: str) -> Iterator[LoadedArticle | Failure]:
    number, urls = 0, set[str]()
    for number, line in _numbered_lines(path):
        try:
            if len(line) > MAX_FILE_BYTES:
                raise SourceError(f"the line is longer than {MAX_FILE_BYTES / 1e6:.0f} MB")
            article = _json_article(line, f"{source}#{number}", path)
        except SourceError as error:
            yield Failure(source, f"line {number}: {error}")
            continue
        # A second article under one address in the same file is no new version of the first.
        yield replace(article, source=f"{source}#{number}") if article.source in urls else article
        urls.add(article.source)
    if not number:
        raise SourceError("the file is empty")


def _numbered_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that aren't blank. Of too long a one only the start is read."""
    with path.open("rb") as file:
        if _wide_encoding(file.read(4096)):
            yield from ((n, line.encode()) for n, line in enumerate(decode(_read_bytes(path)).split("\n"), 1) if line)
            return
        file.seek(0)
        for number in itertools.count(1):
            line = rest = file.readline(MAX_FILE_BYTES + 1)
            while len(rest) > MAX_FILE_BYTES and not rest.endswith(b"\n"):
                rest = file.readline(MAX_FILE_BYTES + 1)
            if not line:
                return
            if line.strip():
                yield number, line


def _json_article(line: bytes, source: str, path: Path) -> LoadedArticle:
    try:
        record = json.loads(decode(line))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"not valid JSON: {error}") from None
    if not isinstance(record, dict):
        raise SourceError(f"expected an object with title and text, found {type(record).__name__}")
    if not isinstance(record.get("text"), str):
        raise SourceError('the key "text" is missing or is not a string')
    metadata = {key: record[key] for key in _KEYS if record.get(key)}
    return _article(http_url(metadata.get("url")) or source, record["text"], metadata, path)


_READERS: dict[str, Callable[[Path, str], Iterator[LoadedArticle | Failure]]] = {
    ".txt": _load_text,
    ".md": _load_markdown,
    ".html": _load_html,
    ".htm": _load_html,
    ".jsonl": _load_json_lines,
}
_KEYS = ("title", "url", "published", "author", "publisher")


def _article(source: str, text: str, metadata: Mapping[str, Any], path: Path) -> LoadedArticle:
    text = fold_white_space(text)
    if not text:
        raise SourceError("no article text in it")
    if "\0" in text:
        raise SourceError("the text contains NUL characters")
    if len(text) > MAX_TEXT:
        raise SourceError(f"the article has {len(text):,} characters; the limit is {MAX_TEXT:,}: split it")
    article = LoadedArticle(
        source=source,
        title=metadata_line(metadata.get("title")) or path.stem.replace("-", " ").replace("_", " "),
        text=text,
        url=http_url(metadata.get("url")),
        publisher=metadata_line(metadata.get("publisher")),
        author=metadata_line(metadata.get("author")),
        published=parse_date(metadata.get("published")),
    )
    try:
        for value in (article.source, article.title, article.text, article.publisher, article.author):
            (value or "").encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(f"its text or its file name is not valid Unicode: {error.reason}") from None
    return article
