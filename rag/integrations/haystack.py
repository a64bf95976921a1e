"""A retriever for Haystack."""

from __future__ import annotations

from haystack import Document, component

from index import Where

from .. import Assistant
from .passages import find_passages


@component
class ArticlesRetriever:
    """Retrieves passages as documents, best first: at most `top_k`, from the articles that `where` selects."""

    def __init__(self, assistant: Assistant, top_k: int = 5, where: Where | None = None) -> None:
        self._assistant, self._top_k, self._where = assistant, top_k, where

    @component.output_types(documents=list[Document])
    def run(self, query: str, top_k: int | None = None) -> dict[str, list[Document]]:
        """Retrieve passages for a query."""
        found = find_passages(self._assistant, query, top_k or self._top_k, self._where)
        documents = [
            Document(id=str(hit.passage.id), content=hit.passage.text, score=hit.score, meta=metadata)
            for hit, metadata in found
        ]
        return {"documents": documents}
