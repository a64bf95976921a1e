"""Answers of a typical RAG system without a language model: the retrieved sentences most similar to the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sentence_transformers import SentenceTransformer

_CHUNKS = 5
_SENTENCES = 3
# A simple rule, the same for all peers.
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])|\n+")


def best_sentences(
    questions: Sequence[str], found: Sequence[Sequence[tuple[str, str]]], model: str
) -> list[list[tuple[str, str, float]]]:
    """For each question, the three sentences of its first five chunks with the highest cosine, best first.

    Args:
        questions: what was asked.
        found: chunks for each question as (file, text), best first.
        model: folder of the embedder.
    """
    embedder = SentenceTransformer(model)
    candidates = [_sentences(chunks[:_CHUNKS]) for chunks in found]
    texts = sorted({text for sentences in candidates for _, text in sentences})
    vectors = dict(zip(texts, embedder.encode(texts, normalize_embeddings=True), strict=True))
    asked = embedder.encode(list(questions), normalize_embeddings=True)
    answers = []
    for vector, sentences in zip(asked, candidates, strict=True):
        scored = [(file, text, float(vectors[text] @ vector)) for file, text in sentences]
        answers.append(_distinct(sorted(scored, key=lambda sentence: -sentence[2])))
    return answers


def _sentences(chunks: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    parts = [(file, part.strip()) for file, text in chunks for part in _SENTENCE_END.split(text)]
    return list(dict.fromkeys(part for part in parts if part[1]))


def _distinct(sentences: Sequence[tuple[str, str, float]]) -> list[tuple[str, str, float]]:
    """The first few sentences, without truncated duplicates from overlapping chunks."""
    taken: list[tuple[str, str, float]] = []
    for file, text, score in sentences:
        if not any(text in other or other in text for _, other, _ in taken):
            taken.append((file, text, score))
        if len(taken) == _SENTENCES:
            break
    return taken
