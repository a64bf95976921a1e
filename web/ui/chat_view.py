"""Conversations as the page shows them: what its chat sends and gets."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from index import Library, Where
from rag import Mode

from ..conversations import (
    WHERE_JSON,
    Answering,
    Conversation,
    Conversations,
    Exchange,
    LiveAnswer,
    State,
    StoredAnswer,
    Suggestions,
)
from .html import title_of
from .turn_html import turn_html, turn_sources

TURNS_AT_ONCE = 10  # shown of a long conversation; the page asks for earlier ones
MAX_QUESTION = 10_000  # characters that are kept; the assistant answers shorter ones only
MAX_TITLE = 1_000
MAX_CHOICES = 1_000  # of each kind in a filter


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AskedBody(_Body):
    """A question; without a conversation, it starts one."""

    question: str = Field(max_length=MAX_QUESTION)
    mode: Mode = "quotes"
    conversation: str | None = None
    replaces: int | None = None
    where: Where = Where()


class ChangeBody(_Body):
    """What changes of a conversation."""

    title: str = Field(max_length=MAX_TITLE)


class TurnOut(BaseModel):
    """A question and its answer as HTML; `sources` only if they were asked for."""

    number: int
    html: str
    sources: str | None = None
    is_waiting: bool


class ConversationOut(BaseModel):
    """A conversation in the list."""

    id: str
    title: str
    turns: int


class OpenedOut(ConversationOut):
    """A conversation with the last of its questions."""

    where: dict[str, Any]
    titles: dict[int, str]  # of the articles in the filter
    shown: list[TurnOut]


class StepOut(BaseModel):
    """A line of a stream: how far an answer is."""

    conversation: ConversationOut
    turn: TurnOut


class FiltersOut(BaseModel):
    """What a filter can choose from; articles are titles by id, those that were added last."""

    publishers: list[str]
    collections: list[str]
    articles: dict[int, str]


class SuggestionsOut(BaseModel):
    """Questions that the library can answer, and whether it has articles at all."""

    questions: list[str]
    is_empty: bool


class Chat:
    """Conversations, as the page shows them."""

    def __init__(
        self, library: Library, conversations: Conversations, answering: Answering, suggestions: Suggestions
    ) -> None:
        self.library = library
        self.conversations = conversations
        self.answering = answering
        self.suggestions = suggestions

    def ask(self, body: AskedBody) -> tuple[Conversation, LiveAnswer]:
        """Keep a question and start to answer it."""
        where = WHERE_JSON.dump_json(body.where, exclude_defaults=True).decode()
        if body.conversation is None:
            conversation = self.conversations.create(body.question)
        else:
            conversation = self.conversations.get(body.conversation)
        return conversation, self.answering.ask(conversation.id, body.question, body.mode, body.replaces, where)

    def opened(self, conversation_id: str, before: int | None) -> OpenedOut:
        """A conversation with its last questions before one, the last of all with its sources."""
        conversation = self.conversations.get(conversation_id)
        exchanges = self.conversations.exchanges(conversation_id, before, TURNS_AT_ONCE)
        last = exchanges[-1].number if exchanges and before is None else 0
        shown = [self.kept(exchange, exchange.number == last) for exchange in exchanges]
        where = WHERE_JSON.validate_json(conversation.where)
        return OpenedOut(
            **listed(conversation).model_dump(),
            where=WHERE_JSON.dump_python(where, mode="json", exclude_defaults=True),
            titles={one.id: title_of(one) for one in self.library.catalog.by_id(where.article_ids).values()},
            shown=shown,
        )

    def kept(self, exchange: Exchange, with_sources: bool = True) -> TurnOut:
        """A question as it is kept, or as far as its answer is written."""
        if live := self.answering.live(exchange):
            step = live.step
            return self.turn(exchange, step.state, step.answer, step.reason, True, with_sources)
        return self.turn(exchange, exchange.state, exchange.stored(), exchange.notice, False, with_sources)

    def turn(
        self,
        exchange: Exchange,
        state: State,
        answer: StoredAnswer | None,
        reason: str,
        is_live: bool,
        with_sources: bool,
    ) -> TurnOut:
        """A question and its answer as HTML."""
        articles = answer.articles_in(self.library) if answer and with_sources else {}
        return TurnOut(
            number=exchange.number,
            html=str(turn_html(exchange, state, answer, reason, is_live)),
            sources=str(turn_sources(exchange, answer, articles)) if with_sources else None,
            is_waiting=is_live and state == "waiting",
        )

    def filters(self) -> FiltersOut:
        """What a filter can choose from."""
        return FiltersOut(
            publishers=self.library.publishers()[:MAX_CHOICES],
            collections=[label.name for label in self.library.collections.list()][:MAX_CHOICES],
            articles={article.id: title_of(article) for article in self.library.articles(limit=MAX_CHOICES)},
        )

    def suggested(self, conversation_id: str | None, number: int | None) -> SuggestionsOut:
        """Questions to start with, or to go on with after a question."""
        if conversation_id is None or number is None:
            return SuggestionsOut(questions=self.suggestions.first(), is_empty=not len(self.library))
        exchange = self.conversations.exchange(conversation_id, number)
        stored = exchange.stored()
        found = self.suggestions.after(exchange.question, stored.answer) if stored and stored.answer.citations else []
        return SuggestionsOut(questions=found, is_empty=False)


def listed(conversation: Conversation) -> ConversationOut:
    """A conversation in the list."""
    return ConversationOut(id=conversation.id, title=conversation.title, turns=conversation.turns)
