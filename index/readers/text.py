"""Plain text and Markdown, both with optional YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt

from ..cleaning import clean_saved_page
from ..errors import SourceError
from .base import RawArticle, decode, read_bytes

MAX_FRONT_MATTER = 20_000  # characters

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def read_text(path: Path) -> Iterator[RawArticle]:
    """Read plain text, possibly saved from a news page."""
    metadata, body = split_front_matter(decode(read_bytes(path)))
    page = clean_saved_page(body, find_headline="title" not in metadata)
    yield RawArticle(page.text, {**page.metadata, **metadata})


def read_markdown(path: Path) -> Iterator[RawArticle]:
    """Read Markdown as displayed, without its markup."""
    metadata, body = split_front_matter(decode(read_bytes(path)))
    title, text = _markdown_text(body)
    yield RawArticle(text, {"title": title, **metadata})


def split_front_matter(text: str) -> tuple[Mapping[str, Any], str]:
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
    return {key: metadata[key] for key in RawArticle.METADATA_KEYS if metadata.get(key)}, text[match.end() :]


def _markdown_text(markdown: str) -> tuple[str | None, str]:
    """Return the top-level heading at the start, and the text without markup, link targets and images."""
    title: str | None = None
    paragraphs: list[str] = []
    tokens = MarkdownIt("commonmark", {"html": False}).parse(markdown)
    for previous, token in zip([None, *tokens], tokens, strict=False):
        if token.type in ("fence", "code_block"):
            paragraphs.append(token.content)
        if token.type != "inline":
            continue
        text = "".join(
            "\n" if child.type in ("softbreak", "hardbreak") else child.content
            for child in token.children or []
            if child.type in ("text", "code_inline", "softbreak", "hardbreak")
        )
        if previous is not None and previous.tag == "h1" and title is None and not paragraphs:
            title = text
        else:
            paragraphs.append(" ".join(text.split("\n")))
    return title, "\n\n".join(paragraphs)
