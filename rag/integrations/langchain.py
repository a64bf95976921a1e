"""A retriever for LangChain."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from index import Where

from .. import Assistant
from .passages import find_passages


class ArticlesRetriever(BaseRetriever):
    """Retrieves passages as documents, best first: at most `k`, from the articles that `where` selects."""

    assistant: Assistant
    k: int = 5
    where: Where | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:  # noqa: ARG002 of LangChain
        return [
            Document(id=str(hit.passage.id), page_content=hit.passage.text, metadata=metadata)
            for hit, metadata in find_passages(self.assistant, query, self.k, self.where)
        ]
