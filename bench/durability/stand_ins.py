"""Stand-ins for the model, the parser and the reading process, and articles with known statements.

The real ones would take seconds to load in each of some hundred processes. The storage is the real one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

import index.ingest.catch_up
from index import Embedding, Library, Span, Statement, Vector
from index.readers import sandbox

ARTICLES = 30
PEOPLE = ("Kirby", "Lopez", "Okafor", "Jensen")


class HashEmbedder:
    """Derives vectors from a hash of the text: the same text has the same vector."""

    name, dim, max_tokens = "hash", 32, 200

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def embed_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]], words: Sequence[Sequence[Span]]
    ) -> list[Embedding]:
        return [
            Embedding(
                _vector(text),
                np.stack([_vector(span.of(text)) for span in own]),
                np.array([_vector(span.of(text)) for span in spans], np.float32).reshape(-1, self.dim),
                tuple(sum(one.start <= span.start < one.end for span in spans) for one in own),
            )
            for text, own, spans in zip(texts, sentences, words, strict=True)
        ]

    def embed_question(self, text: str) -> Vector:
        return _vector(text)

    def embed_words(self, text: str, words: Sequence[Span]) -> Vector:
        return np.array([_vector(span.of(text)) for span in words], np.float32).reshape(-1, self.dim)


class LineFinder:
    """Finds a statement in each line "X said …"."""

    def find(self, texts: Sequence[str], _stop: object = None) -> list[list[Statement]]:
        return [
            [_statement(match) for match in re.finditer(r"^(\w+) said (.+)$", text, re.MULTILINE)] for text in texts
        ]


class SameProcess:
    """Reads files in this process."""

    @contextmanager
    def request(self, request: Any, _limits: object) -> Iterator[Iterator[Any]]:
        yield sandbox._answer(request)


def _vector(text: str) -> Vector:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    vector: Vector = np.random.default_rng(seed).standard_normal(HashEmbedder.dim).astype(np.float32)
    return vector / np.linalg.norm(vector)


def _statement(match: re.Match[str]) -> Statement:
    content = (Span(match.start(2), match.end(2)),)
    return Statement(
        0, match[1], "said", match[0], match.start(), match.end(), mention=match[1], content=content, is_person=True
    )


def open_library(directory: Path) -> Library:
    index.ingest.catch_up.STATEMENT_WORKER = LineFinder()  # type: ignore[assignment]
    sandbox._PROCESS = SameProcess()  # type: ignore[assignment]
    sandbox._limit_cpu_time = lambda: None
    sandbox._load_libraries = lambda _: None
    return Library.open(directory, HashEmbedder())


def article(number: int, version: int) -> str:
    lines = [f"{PEOPLE[(version + k) % 4]} said that ferry{number} has version{version} in part {k}." for k in range(3)]
    return f"Ferry news {number}\n\n" + "\n".join(lines)


def fill(folder: Path) -> None:
    """Write all articles to a folder and add them to a library in it."""
    for number in range(ARTICLES):
        (folder / f"{number}.txt").write_text(article(number, number), encoding="utf-8")
    with open_library(folder / "library") as library:
        library.add(folder / "0.txt", *(folder / f"{number}.txt" for number in range(1, ARTICLES)))
        library.passages.by_words(library.passages.terms("ferry"), 1)
