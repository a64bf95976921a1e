"""Plain text and Markdown, each with YAML front matter if it likes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt

from ..cleaning import clean_saved_page
from ..errors import SourceError
from .base import KEYS, RawArticle, decode, read_bytes

MAX_FRONT_MATTER = 20_000

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def read_text(path: Path) -> Iterator[RawArticle]:
    """Plain text, as it is or as saved from a news page."""
    metadata, body = split_front_matter(decode(read_bytes(path)))
    page = clean_saved_page(body, find_headline="title" not in metadata)
    yield RawArticle(page.text, {"title": page.title, "author": page.author, **metadata})


def read_markdown(path: Path) -> Iterator[RawArticle]:
    """Markdown, as a reader sees it."""
    metadata, body = split_front_matter(decode(read_bytes(path)))
    title, text = _markdown_text(body)
    yield RawArticle(text, {"title": title, **metadata})


def split_front_matter(text: str) -> tuple[Mapping[str, Any], str]:
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
    return {key: metadata[key] for key in KEYS if metadata.get(key)}, text[found.end() :]


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
