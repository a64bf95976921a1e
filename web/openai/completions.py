"""Answers as chat completions, whole or as a stream of chunks."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index import Article, Library
from index.chunking import count_tokens
from rag import Answer

from ..answer_articles import articles_of
from ..plain_text import answer_text, inert, place_of, sources_text
from .schemas import Json, Message

_DONE = "data: [DONE]\n\n"
EXTRA_FIELD = "articles_answer"  # of completions: the answer for programs


@dataclass(frozen=True, slots=True)
class Completion:
    """A chat completion: what all its chunks have in common."""

    model: str
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, text: str, messages: Sequence[Message], details: Json | None = None) -> Json:
        """The complete response."""
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": text, "refusal": None},
            "logprobs": None,
            "finish_reason": "stop",
        }
        return self._json("chat.completion", [choice], usage=usage(messages, text), **_extra(details))

    def stream(self, pieces: Iterable[str], messages: Sequence[Message], includes_usage: bool) -> Iterator[str]:
        """The response as server-sent events."""
        empty = {"usage": None} if includes_usage else {}
        yield self._event({"role": "assistant", "content": ""}, **empty)
        sent = []
        for piece in pieces:
            sent.append(piece)
            yield self._event({"content": piece}, **empty)
        yield self._event({}, "stop", **empty, **_extra(pieces.details() if isinstance(pieces, GrowingText) else None))
        if includes_usage:
            last = self._json("chat.completion.chunk", [], usage=usage(messages, "".join(sent)))
            yield sent_event(last)
        yield _DONE

    def _event(self, delta: Json, finish_reason: str | None = None, **fields: object) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        return sent_event(self._json("chat.completion.chunk", [choice], **fields))

    def _json(self, kind: str, choices: list[Json], **fields: object) -> Json:
        return {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": self.model,
            "choices": choices,
            **fields,
        }


def sent_event(data: Json) -> str:
    """A server-sent event."""
    return f"data: {json.dumps(data, ensure_ascii=True)}\n\n"


def usage(messages: Iterable[Message], text: str) -> Json:
    """Numbers of tokens, by cl100k_base."""
    prompt, completion = sum(count_tokens([message.text for message in messages])), count_tokens([text])[0]
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


class GrowingText:
    """The text of an answer in pieces: one for each step of the answer, and finally its sources. To be read once."""

    def __init__(self, library: Library, answers: Iterable[Answer]) -> None:
        self._library = library
        self._answers = answers
        self._last: Answer | None = None

    def __iter__(self) -> Iterator[str]:
        sent = ""
        for answer in self._answers:
            self._last = answer
            text = inert(answer_text(answer))
            if text != sent:
                # An answer that could not be written to its end is replaced by quotes.
                yield text.removeprefix(sent) if text.startswith(sent) else f"\n\n{text}"
            sent = text
        if self._last and (sources := sources_text(self._last, _articles(self._library, self._last))):
            yield f"\n\n{inert(sources)}"

    def details(self) -> Json | None:
        """The complete answer for programs; None before the end."""
        return answer_details(self._library, self._last) if self._last else None


def answer_details(library: Library, answer: Answer) -> Json:
    """The answer for programs: with the exact quotes and their places."""
    articles = _articles(library, answer)
    return {
        "abstained": answer.abstained,
        "short_answer": answer.short_answer,
        "confidence": answer.confidence,
        "citations": [
            {
                "marker": citation.marker,
                "article_id": citation.article_id,
                "quote": citation.quote,
                "start": citation.start,
                "end": citation.end,
                "link": citation.link,
                **_source(articles, citation.article_id),
            }
            for citation in answer.citations
        ],
    }


def _source(articles: Mapping[int, Article], article_id: int) -> Json:
    if (article := articles.get(article_id)) is None:
        return {}
    published = article.published.isoformat() if article.published else None
    return {
        "title": article.title,
        "publisher": article.publisher,
        "published": published,
        "source": place_of(article),
    }


def _articles(library: Library, answer: Answer) -> dict[int, Article]:
    return {article.id: article for article in articles_of(library, answer)}


def _extra(details: Json | None) -> Json:
    return {} if details is None else {EXTRA_FIELD: details}
