"""Plain text and Markdown, both with optional YAML front matter."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html.defs
import yaml
from markdown_it import MarkdownIt

from ..cleaning import clean_saved_page, fold_white_space, html_to_text
from ..errors import SourceError
from ..records import Skipped
from ..text import word_set
from .base import RawArticle, UnusedKeys, decode, read_bytes
from .data import RecordReader
from .exports import exported_articles, separated_articles
from .mail.letters import letter_articles, split_letters

MAX_FRONT_MATTER = 20_000  # characters

_TAG = re.compile(r"</?([A-Za-z][\w-]*+)[^<>]*+>")
_HTML_TAGS = lxml.html.defs.tags | word_set("""
    article aside audio bdi canvas details dialog figcaption figure footer header main mark meter nav picture progress
    rp rt ruby section source summary svg time track video wbr
""")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def read_text(path: Path) -> Iterator[RawArticle | Skipped | UnusedKeys]:
    """Read plain text, possibly saved from a news page."""
    keys = RecordReader()
    metadata, body = split_front_matter(decode(read_bytes(path)), keys)
    lines = fold_white_space(body).split("\n")
    if not metadata and (exported := exported_articles(lines) or separated_articles(lines)):
        yield from exported
        if isinstance(exported[0], RawArticle):
            return
    if not metadata and len(letters := split_letters(body.splitlines())) > 1:
        yield from (replace(letter, part=str(n) if n else "") for n, letter in enumerate(letter_articles(letters)))
        return
    page = clean_saved_page(body, find_headline="title" not in metadata)
    yield RawArticle(page.text, {**page.metadata, **metadata})
    yield from keys.unused()


def read_markdown(path: Path) -> Iterator[RawArticle | UnusedKeys]:
    """Read Markdown as displayed, without its markup."""
    keys = RecordReader()
    metadata, body = split_front_matter(decode(read_bytes(path)), keys)
    title, text = _markdown_text(body)
    yield RawArticle(text, {"title": title, **metadata})
    yield from keys.unused()


def split_front_matter(text: str, keys: RecordReader) -> tuple[Mapping[str, Any], str]:
    """Split a text into the metadata of its YAML front matter, with all values as strings, and the body."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    if len(match[1]) > MAX_FRONT_MATTER:
        raise SourceError(
            f"the front matter has {len(match[1]):,} characters, and the limit is {MAX_FRONT_MATTER:,}; shorten it"
        )
    try:
        # BaseLoader reads every value as a string: no tags, no merge keys, no objects.
        metadata = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise SourceError(f"the front matter between the --- lines is not valid YAML: {reason}") from None
    if not isinstance(metadata, dict):
        return {}, text
    return keys.metadata(metadata), text[match.end() :]


def _markdown_text(markdown: str) -> tuple[str | None, str]:
    """Return the heading at the start, and the text as displayed, without markup, link targets and images."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(markdown)
    for token in (part for block in tokens for part in (block, *(block.children or ()))):
        if token.type in ("html_inline", "html_block"):
            token.content = _TAG.sub(_escape_unknown, token.content)
    document = html_to_text(str(parser.renderer.render(tokens, parser.options, {})))
    return document.title, document.text


def _escape_unknown(tag: re.Match[str]) -> str:
    """Return what looks like a tag, as text unless it is an element of HTML: "<name>" is a placeholder."""
    return tag[0] if tag[1].lower() in _HTML_TAGS else html.escape(tag[0])
