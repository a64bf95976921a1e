"""LlamaIndex: a vector index over the citation chunks of its CitationQueryEngine (512 tokens, 20 of overlap).

The engine cuts what was retrieved into such chunks. The index is made of them at once, as "smaller chunks" in the FAQ,
so that each has its own vector: the default of 1,024 tokens is four times what all-MiniLM-L6-v2 reads. So are 512 twice
that: `llamaindex_256` is the same with chunks that it reads to the end.
"""

from __future__ import annotations

from pathlib import Path

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.query_engine.citation_query_engine import (
    DEFAULT_CITATION_CHUNK_OVERLAP,
    DEFAULT_CITATION_CHUNK_SIZE,
)
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from sets import bodies


class System:
    """Dense search over sentence-wise nodes. File names aren't embedded, as with LlamaIndex's own reader of folders."""

    chunk_size = DEFAULT_CITATION_CHUNK_SIZE

    def __init__(self, model: str) -> None:
        self._embedding = HuggingFaceEmbedding(model_name=model)
        self._splitter = SentenceSplitter(chunk_size=self.chunk_size, chunk_overlap=DEFAULT_CITATION_CHUNK_OVERLAP)
        self._nodes: dict[str, TextNode] = {}
        self._numbers: dict[str, int] = {}

    def add(self, articles: dict[str, Path]) -> None:
        """Split, embed and index the articles."""
        documents = [
            Document(
                text=text,
                metadata={"file_name": name},
                excluded_embed_metadata_keys=["file_name"],
                excluded_llm_metadata_keys=["file_name"],
            )
            for name, text in bodies(articles).items()
        ]
        self._index = VectorStoreIndex.from_documents(
            documents, embed_model=self._embedding, transformations=[self._splitter]
        )
        self._nodes = {key: node for key, node in self._index.docstore.docs.items() if isinstance(node, TextNode)}
        self._numbers = {key: number for number, key in enumerate(self._nodes)}

    def chunks(self) -> list[tuple[str, str]]:
        """All nodes, as (file, text)."""
        return [(node.metadata["file_name"], node.text) for node in self._nodes.values()]

    def search(self, question: str, k: int) -> list[tuple[int, float]]:
        """The best nodes with their scores, best first."""
        found = self._index.as_retriever(similarity_top_k=k).retrieve(question)
        return [(self._numbers[hit.node.node_id], float(hit.score or 0)) for hit in found]
