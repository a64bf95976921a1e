"""Haystack as its tutorial on hybrid retrieval sets it up, joined by reciprocal rank fusion in place of a ranker model.

The tutorial splits at 512 words for a model of 512 tokens, with the advice to fit this to the model's limit. The
splitter's default of 200 words comes near the 256 tokens of all-MiniLM-L6-v2: about half of the pieces are a little
longer. BM25 reads them to the end.
"""

from __future__ import annotations

from pathlib import Path

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)
from sets import bodies


class System:
    """BM25 and dense search over pieces of 200 words, fused."""

    def __init__(self, model: str) -> None:
        self._store = InMemoryDocumentStore()
        self._indexing = Pipeline()
        self._indexing.add_component("splitter", DocumentSplitter(split_by="word", split_length=200, split_overlap=32))
        self._indexing.add_component("embedder", SentenceTransformersDocumentEmbedder(model=model, progress_bar=False))
        self._indexing.add_component("writer", DocumentWriter(self._store))
        self._indexing.connect("splitter", "embedder")
        self._indexing.connect("embedder", "writer")
        self._retrieval = Pipeline()
        self._retrieval.add_component(
            "text_embedder", SentenceTransformersTextEmbedder(model=model, progress_bar=False)
        )
        self._retrieval.add_component("embedding_retriever", InMemoryEmbeddingRetriever(self._store))
        self._retrieval.add_component("bm25_retriever", InMemoryBM25Retriever(self._store))
        self._retrieval.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
        self._retrieval.connect("text_embedder", "embedding_retriever")
        self._retrieval.connect("bm25_retriever", "joiner")
        self._retrieval.connect("embedding_retriever", "joiner")
        self._indexing.warm_up()
        self._retrieval.warm_up()
        self._pieces: list[Document] = []
        self._numbers: dict[str, int] = {}

    def add(self, articles: dict[str, Path]) -> None:
        """Split, embed and index the articles."""
        documents = [Document(content=text, meta={"name": name}) for name, text in bodies(articles).items()]
        self._indexing.run({"splitter": {"documents": documents}})
        self._pieces = self._store.filter_documents()
        self._numbers = {piece.id: number for number, piece in enumerate(self._pieces)}

    def chunks(self) -> list[tuple[str, str]]:
        """All pieces, as (file, text)."""
        return [(piece.meta["name"], piece.content or "") for piece in self._pieces]

    def search(self, question: str, k: int) -> list[tuple[int, float]]:
        """The best pieces with their scores, best first."""
        asked = {"text_embedder": {"text": question}, "bm25_retriever": {"query": question}}
        found = self._retrieval.run(asked)["joiner"]["documents"]
        return [(self._numbers[piece.id], float(piece.score)) for piece in found[:k]]
