"""A retriever for LlamaIndex."""

from __future__ import annotations

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index import Hit, Where

from .. import Assistant
from .passages import find_passages


class ArticlesRetriever(BaseRetriever):
    """Retrieves passages as nodes, best first: at most `k`, from the articles that `where` selects."""

    def __init__(self, assistant: Assistant, k: int = 5, where: Where | None = None) -> None:
        super().__init__()
        self._assistant, self._k, self._where = assistant, k, where

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = find_passages(self._assistant, query_bundle.query_str, self._k, self._where)
        return [NodeWithScore(node=_node(hit, metadata), score=hit.score) for hit, metadata in found]


def _node(hit: Hit, metadata: dict[str, object]) -> TextNode:
    passage = hit.passage
    return TextNode(
        id_=str(passage.id),
        text=passage.text,
        metadata=metadata,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        excluded_embed_metadata_keys=list(metadata),
    )
