"""Texts with several articles, each with its own headline, between separators: rules, page breaks or headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .article import ExportedArticle, from_blocks, to_blocks
from .heads import is_headline, is_signature, read_head

PAGE_BREAK, HEADING, SUBHEADING = "\f", "\v", "\x1d"  # the lines that stand for them
_MARKS = (PAGE_BREAK, HEADING, SUBHEADING)

_RULE = re.compile(r"([-=_*#~—–•·])(?:\s?\1){2,}")
_MIN_LONG_RULE = 10  # characters; a shorter rule may also be between the sections of an article


@dataclass(frozen=True, slots=True)
class SeparatedText:
    """The articles of a text; none if it is one article. `is_unclear`: it may be several."""

    articles: tuple[ExportedArticle, ...] = ()
    is_unclear: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a text between two separators."""

    article: ExportedArticle
    has_headline: bool

    @property
    def is_signed(self) -> bool:
        return bool({"author", "published"} & self.article.metadata.keys())


def split_separated(lines: Sequence[str]) -> SeparatedText:
    """Split a text at the separators of one kind, if each part between them is an article with a headline.

    A headline is enough below a long rule. Below a short rule, a page break or a heading, which are also within
    articles, there must be an author or a day too.
    """
    kinds = dict.fromkeys(kind for line in lines if (kind := _kind(line)))
    is_unclear = False
    for kind in kinds:
        pieces = _pieces(lines, kind)
        if pieces and not pieces[0].article.text:
            del pieces[0]  # the title of the whole
        if len(pieces) < 2:
            continue
        is_long = all(len(line) >= _MIN_LONG_RULE for line in lines if _kind(line) == kind)
        headed, signed = [piece.has_headline for piece in pieces], [piece.is_signed for piece in pieces]
        if all(headed) and (is_long or all(signed)):
            return SeparatedText(tuple(piece.article for piece in pieces))
        is_heading = kind in (HEADING, SUBHEADING)  # which articles with sections have too
        has_signed = any(pair == (True, True) for pair in list(zip(headed, signed, strict=True))[1:])
        is_unclear = is_unclear or has_signed or (all(headed) and not is_heading)
    return SeparatedText(is_unclear=is_unclear or _has_several_heads(lines))


def _has_several_heads(lines: Sequence[str]) -> bool:
    """Return whether several lines look like a headline above a byline: articles without a separator."""
    texts = [line for line in lines if line and line not in _MARKS]
    return sum(is_headline(line) and is_signature(following) for line, following in pairwise(texts)) > 1


def _kind(line: str) -> str:
    """Return the kind of separator that a line is: its sign. Empty if it is none."""
    if line in _MARKS:
        return line
    match = _RULE.fullmatch(line) if len(line) <= 200 else None
    return match[1] if match is not None else ""


def _pieces(lines: Sequence[str], kind: str) -> list[_Piece]:
    parts: list[list[str]] = [[]]
    for line in lines:
        if _kind(line) == kind:
            parts.append([])
        elif line not in _MARKS:
            parts[-1].append(line)
    return [_piece(part, str(number)) for number, part in enumerate((part for part in parts if any(part)), 1)]


def _piece(lines: Sequence[str], part: str) -> _Piece:
    blocks = to_blocks(lines)
    head = read_head([line for block in blocks for line in block])
    text = from_blocks(_without_lines(blocks, head.line_count))
    metadata = {key: value for key, value in head.metadata.items() if value}
    return _Piece(ExportedArticle(text, metadata, part), has_headline="title" in metadata and bool(text))


def _without_lines(blocks: list[list[str]], count: int) -> list[list[str]]:
    """Return the blocks without the first `count` lines."""
    rest = list(blocks)
    while rest and count >= len(rest[0]):
        count -= len(rest.pop(0))
    return [rest[0][count:], *rest[1:]] if rest else []
