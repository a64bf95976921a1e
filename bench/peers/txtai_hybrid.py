"""txtai: hybrid embeddings over paragraphs, as in its notebooks "Build RAG pipelines" and "Benefits of hybrid search".

The notebook takes paragraphs with `Textractor(paragraphs=True)`. `Segmentation` is the part of it that splits; the rest
turns HTML and office files into text, and needs packages that plain text does not.
"""

from __future__ import annotations

from pathlib import Path

from sets import bodies
from txtai import Embeddings
from txtai.pipeline import Segmentation


class System:
    """BM25 and dense search over paragraphs, with the default weights."""

    def __init__(self, model: str) -> None:
        self._split = Segmentation(paragraphs=True)
        self._embeddings = Embeddings(path=model, hybrid=True, content=True)
        self._paragraphs: list[tuple[str, str]] = []

    def add(self, articles: dict[str, Path]) -> None:
        """Split, embed and index the articles."""
        self._paragraphs = [(name, part) for name, text in bodies(articles).items() for part in self._split(text)]
        self._embeddings.index((number, text) for number, (_, text) in enumerate(self._paragraphs))

    def chunks(self) -> list[tuple[str, str]]:
        """All paragraphs, as (file, text)."""
        return self._paragraphs

    def search(self, question: str, k: int) -> list[tuple[int, float]]:
        """The best paragraphs with their scores, best first."""
        return [(int(hit["id"]), float(hit["score"])) for hit in self._embeddings.search(question, k)]
