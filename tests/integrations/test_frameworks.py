"""The retrievers, in the real frameworks."""

from __future__ import annotations

from typing import Any

import haystack
import pytest
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough
from llama_index.core import Settings
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import ResponseMode

from index import Library, Where
from rag import Assistant, QuestionError
from rag.integrations.haystack import ArticlesRetriever as HaystackRetriever
from rag.integrations.langchain import ArticlesRetriever as LangChainRetriever
from rag.integrations.llamaindex import ArticlesRetriever as LlamaIndexRetriever

QUERY = "Who freed the ship in the Suez Canal?"


def check(library: Library, text: str, metadata: dict[str, Any]) -> None:
    """A passage is exact, and its metadata say where it is and who speaks in it."""
    article = library.article(metadata["article_id"])
    assert article.text[metadata["start"] : metadata["end"]] == text
    assert (metadata["title"], metadata["publisher"]) == (article.title, article.publisher)
    assert metadata["score"] > 0


def expected(assistant: Assistant, k: int) -> list[str]:
    return [hit.passage.text for hit in assistant.search(QUERY, k)]


def test_langchain(assistant: Assistant) -> None:
    retriever = LangChainRetriever(assistant=assistant, k=3)
    documents = retriever.invoke(QUERY)
    assert [document.page_content for document in documents] == expected(assistant, 3)
    for document in documents:
        check(assistant.library, document.page_content, document.metadata)
    assert any("Osama Rabie" in document.metadata["speakers"] for document in documents)
    joined = RunnableLambda(lambda found: "\n".join(one.page_content for one in found))
    prompt = ChatPromptTemplate.from_template("{context}\n{question}")
    chain = {"context": retriever | joined, "question": RunnablePassthrough()} | prompt
    text = (chain | RunnableLambda(lambda made: made.to_string()) | StrOutputParser()).invoke(QUERY)
    assert documents[0].page_content in text
    with pytest.raises(QuestionError):
        retriever.invoke("")


def test_llamaindex(assistant: Assistant) -> None:
    retriever = LlamaIndexRetriever(assistant, k=3)
    found = retriever.retrieve(QUERY)
    assert [one.node.get_content() for one in found] == expected(assistant, 3)
    scores = [one.score or 0 for one in found]
    assert scores == sorted(scores, reverse=True)
    for one in found:
        check(assistant.library, one.node.get_content(), one.node.metadata)
        assert (one.node.start_char_idx, one.node.end_char_idx) == (one.metadata["start"], one.metadata["end"])
    Settings.llm = MockLLM()  # otherwise it would look for OpenAI's
    engine = RetrieverQueryEngine.from_args(retriever, response_mode=ResponseMode.NO_TEXT)
    response = engine.query(QUERY)
    assert len(response.source_nodes) == 3


def test_haystack(assistant: Assistant) -> None:
    pipeline = haystack.Pipeline()
    pipeline.add_component("retriever", HaystackRetriever(assistant, top_k=3))
    documents = pipeline.run({"retriever": {"query": QUERY}})["retriever"]["documents"]
    assert [document.content for document in documents] == expected(assistant, 3)
    for document in documents:
        check(assistant.library, document.content, document.meta)
    fewer = pipeline.run({"retriever": {"query": QUERY, "top_k": 1}})["retriever"]["documents"]
    assert len(fewer) == 1


def test_filters(assistant: Assistant) -> None:
    where = Where(until=assistant.library.article(1).published)
    found = [
        *(one.metadata for one in LangChainRetriever(assistant=assistant, where=where).invoke(QUERY)),
        *(one.metadata for one in LlamaIndexRetriever(assistant, where=where).retrieve(QUERY)),
        *(one.meta for one in HaystackRetriever(assistant, where=where).run(QUERY)["documents"]),
    ]
    assert found
    assert where.until is not None
    assert all(one["published"] <= where.until.isoformat() for one in found)
