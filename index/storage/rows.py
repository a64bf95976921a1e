"""Rows of the SQLite file to records and back."""

from __future__ import annotations

import calendar
import json
from datetime import date, datetime

from ..embedding import (
    Embedding,
    pack,
    pack_bytes,
    pack_counts,
    pack_signs,
    unpack,
    unpack_bytes,
    unpack_counts,
    unpack_signs,
    unpack_spans,
)
from ..records import Article, Passage, Statement
from .connections import Row


def pack_embedding(embedding: Embedding) -> Row:
    """The values of an embedding, in the order of the table's columns."""
    e = embedding
    return pack(e.passage), pack_bytes(e.sentences), pack_signs(e.words), pack_counts(e.word_counts)


def embedding(row: Row) -> Embedding:
    """An embedding from its row."""
    passage, sentences, words, counts = row
    vector = unpack(passage)
    dim = len(vector)
    return Embedding(vector, unpack_bytes(sentences, dim), unpack_signs(words, dim), unpack_counts(counts))


def heading(title: str, publisher: str | None, published: str | None) -> str:
    """What stands over an article, its day in words."""
    day = date.fromisoformat(published) if published else None
    dated = f"{day.day} {calendar.month_name[day.month]} {day.year}" if day else ""
    return " ".join(filter(None, [title, publisher, dated]))


def article(row: Row) -> Article:
    """An article from its row, with the JSON list of its sources, and when and by which it was replaced."""
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
    """A passage from its row, whose last value packs the spans of its sentences."""
    passage_id, article_id, text, start, end, sentences = row
    return Passage(passage_id, article_id, text, start, end, unpack_spans(sentences))


def statement(row: Row) -> Statement:
    """A statement from its row."""
    article_id, speaker, cue, text, start, end, inferred, mention, said, is_direct, role, is_person = row
    return Statement(
        article_id,
        speaker,
        cue,
        text,
        start,
        end,
        inferred=bool(inferred),
        mention=mention,
        content=unpack_spans(said),
        is_direct=bool(is_direct),
        role=role,
        is_person=bool(is_person),
    )
