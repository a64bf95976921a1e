"""Grow a library to any size: copies of its articles with other words of the same length and perturbed vectors."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import replace
from itertools import count

import numpy as np

from index import Embedding, Library
from index.chunking.passages import PassageSpan
from index.records import LoadedArticle
from index.storage.database import Database

_WORD = re.compile(r"\b[a-z]{5,}\b")
_CHANGED = 0.3  # share of the longer words
_MOVED = 0.02  # standard deviation of the noise added to each component of a vector


def grow(library: Library, passages: int) -> None:
    """Fill a library up to a number of passages, without adding and embedding as many articles."""
    database = Database.open(library.directory / "library.db", library.embedder.name)
    chance, drawn = random.Random(passages), np.random.default_rng(passages)
    originals = [(article, library.passages.of_article(article.id)) for article in list(library.articles())[-12:]]
    known = library.passages.embeddings([passage.id for _, its in originals for passage in its])
    words: dict[int, list[str]] = defaultdict(list)
    for word in sorted({word for article, _ in originals for word in _WORD.findall(article.text)}):
        words[len(word)].append(word)

    def other(match: re.Match[str]) -> str:
        return chance.choice(words[len(match[0])]) if chance.random() < _CHANGED else match[0]

    made = library.status().passages
    for number in count():
        for article, its in originals:
            if made >= passages:
                database.close()
                return
            source = f"copy-{passages}-{number}-{article.id}"
            loaded = LoadedArticle(source, article.title, f"{_WORD.sub(other, article.text)} ({source})")
            _, article_id = database.put(loaded, [PassageSpan(p.start, p.end, p.sentences) for p in its])
            copies = zip(library.passages.of_article(article_id), its, strict=True)
            database.vectors.put({copy.id: _near(known[original.id], drawn) for copy, original in copies})
            made += len(its)


def _near(embedding: Embedding, drawn: np.random.Generator) -> Embedding:
    moved = embedding.passage + drawn.normal(scale=_MOVED, size=embedding.passage.shape).astype(np.float32)
    return replace(embedding, passage=moved / np.linalg.norm(moved))
