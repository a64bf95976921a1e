"""Conversion between SQLite rows and records."""

from __future__ import annotations

import json
from datetime import date, datetime

from ..embedding import Embedding, codec
from ..records import Article, Passage, Statement
from ..text import long_date
from .connections import Row


def pack_embedding(embedding: Embedding) -> Row:
    """The values of an embedding in column order."""
    e = embedding
    return (
        codec.pack(e.passage),
        codec.pack_bytes(e.sentences),
        codec.pack_signs(e.words),
        codec.pack_counts(e.word_counts),
    )


def embedding(row: Row) -> Embedding:
    """An embedding from its row."""
    passage, sentences, words, counts = row
    vector = codec.unpack(passage)
    dim = len(vector)
    return Embedding(
        vector, codec.unpack_bytes(sentences, dim), codec.unpack_signs(words, dim), codec.unpack_counts(counts)
    )


def heading(title: str, publisher: str | None, published: str | None) -> str:
    """The heading of an article: title, outlet and written-out day."""
    day = date.fromisoformat(published) if published else None
    dated = long_date(day) if day else ""
    return " ".join(filter(None, [title, publisher, dated]))


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
        published=date.fromisoformat(published) if published else None,
        modified=date.fromisoformat(modified) if modified else None,
        language=language,
        origins=json.loads(origins),
        replaced=datetime.fromisoformat(replaced) if replaced else None,
        replaced_by=replaced_by,
    )


def passage(row: Row) -> Passage:
    """A passage from its row; the last value is the packed spans of its sentences."""
    passage_id, article_id, text, start, end, sentences = row
    return Passage(passage_id, article_id, text, start, end, codec.unpack_spans(sentences))


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
