"""Conversion between SQLite rows and records."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import TypeVar

from ..embedding import Embedding, codec
from ..errors import LibraryFailed
from ..records import Article, Passage, Statement
from ..text import long_date
from .connections import Row

T = TypeVar("T")


def _from_row(what: str) -> Callable[[Callable[[Row], T]], Callable[[Row], T]]:
    """Decorate a conversion of rows: a damaged row is reported as such. The first value is the id of `what` it is."""

    def decorate(convert: Callable[[Row], T]) -> Callable[[Row], T]:
        @wraps(convert)
        def converted(row: Row) -> T:
            try:
                return convert(row)
            except (ValueError, TypeError, IndexError, OverflowError) as error:
                raise LibraryFailed(
                    f"The stored {what} {row[0]} can't be read, because the library's file is damaged. Checking the"
                    " library shows what to do."
                ) from error

        return converted

    return decorate


def day(text: str | None) -> date | None:
    """A day from its column.

    Raises:
        LibraryFailed: it is damaged.
    """
    try:
        return date.fromisoformat(text) if text else None
    except (ValueError, TypeError) as error:
        raise LibraryFailed(
            f"The library's file is damaged: {text!r} isn't a day. Checking the library shows what to do."
        ) from error


def pack_embedding(embedding: Embedding) -> Row:
    """The values of an embedding in column order."""
    e = embedding
    return (
        codec.pack(e.passage),
        codec.pack_bytes(e.sentences),
        codec.pack_signs(e.words),
        codec.pack_counts(e.word_counts),
    )


@_from_row("vectors of passage")
def embedding(row: Row) -> Embedding:
    """An embedding from its row: id, number of sentences of the passage, and columns."""
    _, count, passage, sentences, words, word_counts = row
    vector = codec.unpack(passage)
    dim = len(vector)
    counts = codec.unpack_counts(word_counts)
    found = Embedding(vector, codec.unpack_bytes(sentences, dim), codec.unpack_signs(words, dim), counts)
    if not (len(counts) == len(found.sentences) == count and sum(counts) == len(found.words)):
        raise ValueError("numbers of sentences or words differ")
    return found


@_from_row("article")
def heading(row: Row) -> str:
    """The heading of an article from its row, id, title, outlet and day: the last three as text."""
    _, title, publisher, published = row
    published_day = day(published)
    dated = long_date(published_day) if published_day else ""
    return " ".join(filter(None, [title, publisher, dated]))


@_from_row("article")
def article(row: Row) -> Article:
    """An article from its row: columns, JSON list of sources, when it was replaced, and the id that replaced it."""
    (article_id, title, text, url, publisher, author, published, added, modified, language, origins), rest = (
        row[:11],
        row[11:],
    )
    sources, replaced, replaced_by = rest
    return Article(
        id=article_id,
        title=title,
        text=text,
        sources=tuple(json.loads(sources)),
        added=datetime.fromisoformat(added),
        url=url,
        publisher=publisher,
        author=author,
        published=day(published),
        modified=day(modified),
        language=language,
        origins=json.loads(origins),
        replaced=datetime.fromisoformat(replaced) if replaced else None,
        replaced_by=replaced_by,
    )


@_from_row("passage")
def passage(row: Row) -> Passage:
    """A passage from its row; the last value is the packed spans of its sentences."""
    passage_id, article_id, text, start, end, sentences = row
    return Passage(passage_id, article_id, text, start, end, codec.unpack_spans(sentences))


@_from_row("statement of article")
def statement(row: Row) -> Statement:
    """A statement from its row."""
    article_id, speaker, cue, text, start, end, inferred, mention, said, is_direct, *rest = row
    role, is_person, via, is_negated = rest
    return Statement(
        article_id,
        speaker,
        cue,
        text,
        start,
        end,
        inferred=bool(inferred),
        mention=mention,
        content=codec.unpack_spans(said),
        is_direct=bool(is_direct),
        role=role,
        is_person=bool(is_person),
        via=via,
        is_negated=bool(is_negated),
    )
