"""LangChain as its RAG tutorial and its FAISS page set it up: 1,000 characters, 200 of overlap, a flat index."""

from __future__ import annotations

from pathlib import Path

import faiss
from langchain_community.docstore.in_memory import InMemoryDocstore
from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from sets import bodies


class System:
    """Dense search over overlapping pieces; the index stays in memory, so nothing is pickled."""

    def __init__(self, model: str) -> None:
        embeddings = HuggingFaceEmbeddings(model_name=model)
        self._splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
        self._store = FAISS(
            embedding_function=embeddings,
            index=faiss.IndexFlatL2(len(embeddings.embed_query("hello world"))),
            docstore=InMemoryDocstore(),
            index_to_docstore_id={},
        )
        self._pieces: list[Document] = []

    def add(self, articles: dict[str, Path]) -> None:
        """Split, embed and index the articles."""
        documents = [Document(page_content=text, metadata={"source": name}) for name, text in bodies(articles).items()]
        self._pieces = self._splitter.split_documents(documents)
        self._store.add_documents(self._pieces, ids=[str(number) for number in range(len(self._pieces))])

    def chunks(self) -> list[tuple[str, str]]:
        """All pieces, as (file, text)."""
        return [(piece.metadata["source"], piece.page_content) for piece in self._pieces]

    def search(self, question: str, k: int) -> list[tuple[int, float]]:
        """The best pieces with their scores (distances, negated), best first."""
        found = self._store.similarity_search_with_score(question, k=k)
        return [(int(piece.id or ""), -float(distance)) for piece, distance in found]
