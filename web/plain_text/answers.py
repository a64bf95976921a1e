"""An answer as text, and the list of its sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from index import Article
from rag import Answer

from ..messages import doors as texts
from ..messages.common import join_parts
from .sources import article_line

_MAX_RELATED = 3  # articles listed if there is no answer


def answer_text(answer: Answer) -> str:
    """The text of an answer: its short answer first, sentences that the articles don't support last."""
    unsupported = [texts.unsupported(sentence.text, sentence.reason) for sentence in answer.unsupported]
    return "\n\n".join(filter(None, [answer.short_answer, answer.text, *unsupported]))


def sources_text(answer: Answer, articles: Mapping[int, Article], address: Callable[[int], str] = lambda _: "") -> str:
    """A list of the cited articles with their markers, or of the related ones if there is no answer; may be empty.

    `address` is a further address of an article, by its id.
    """
    markers: dict[int, list[str]] = {}
    for citation in answer.citations:
        markers.setdefault(citation.article_id, []).append(f"[{citation.marker}]")
    if markers:
        cited = [(" ".join(signs), articles[key]) for key, signs in markers.items() if key in articles]
        lines = [f"- {signs} {join_parts([article_line(one), address(one.id)])}" for signs, one in cited]
        return "\n".join([f"{texts.SOURCES}\n", *lines]) if lines else ""
    if not answer.abstained:
        return ""
    related = list(dict.fromkeys(hit.passage.article_id for hit in answer.hits))[:_MAX_RELATED]
    lines = [f"- {join_parts([article_line(articles[key]), address(key)])}" for key in related if key in articles]
    return "\n".join([f"{texts.RELATED}\n", *lines]) if lines else ""
