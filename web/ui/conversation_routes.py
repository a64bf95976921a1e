"""What the page's chat asks the server: its conversations as HTML, and answers as they are written."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing

import anyio
from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from index import Library
from rag import Mode

from ..access import Role, needs
from ..api import error_response, route_class
from ..conversations import (
    Answering,
    Conversation,
    ConversationNotFound,
    Conversations,
    Exchange,
    LiveAnswer,
    QueueFull,
    State,
    StoredAnswer,
    Suggestions,
)
from ..lanes import Lane
from ..limits import READING, SUGGESTING
from ..messages import ask as texts
from ..messages import common
from ..state import StateFailed
from .turn_html import turn_html, turn_sources

TURNS_AT_ONCE = 10  # shown of a long conversation; the page asks for earlier ones
MAX_QUESTION = 10_000  # characters that are kept; the assistant answers shorter ones only
MAX_TITLE = 1_000
_LINES = "application/x-ndjson"


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AskedBody(_Body):
    """A question; without a conversation, it starts one."""

    question: str = Field(max_length=MAX_QUESTION)
    mode: Mode = "quotes"
    conversation: str | None = None
    replaces: int | None = None


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

    shown: list[TurnOut]


class StepOut(BaseModel):
    """A line of a stream: how far an answer is."""

    conversation: ConversationOut
    turn: TurnOut


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
        if body.conversation is None:
            conversation = self.conversations.create(body.question)
        else:
            conversation = self.conversations.get(body.conversation)
        return conversation, self.answering.ask(conversation.id, body.question, body.mode, body.replaces)

    def opened(self, conversation_id: str, before: int | None) -> OpenedOut:
        """A conversation with its last questions before one, the last of all with its sources."""
        conversation = self.conversations.get(conversation_id)
        exchanges = self.conversations.exchanges(conversation_id, before, TURNS_AT_ONCE)
        last = exchanges[-1].number if exchanges and before is None else 0
        shown = [self.kept(exchange, exchange.number == last) for exchange in exchanges]
        return OpenedOut(**_listed(conversation).model_dump(), shown=shown)

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

    def suggested(self, conversation_id: str | None, number: int | None) -> SuggestionsOut:
        """Questions to start with, or to go on with after a question."""
        if conversation_id is None or number is None:
            return SuggestionsOut(questions=self.suggestions.first(), is_empty=not len(self.library))
        exchange = self.conversations.exchange(conversation_id, number)
        stored = exchange.stored()
        found = self.suggestions.after(exchange.question, stored.answer) if stored and stored.answer.citations else []
        return SuggestionsOut(questions=found, is_empty=False)


def add_conversations(app: FastAPI, chat: Chat) -> None:
    """Add the routes of the chat, and what becomes of their errors."""
    for router in (_streams(chat), _readings(chat, Lane(READING)), _suggestions(chat, Lane(SUGGESTING))):
        app.include_router(router, prefix="/page", include_in_schema=False)

    @app.exception_handler(ConversationNotFound)
    async def on_missing(_: Request, error: Exception) -> JSONResponse:  # noqa: ARG001 it has the id
        return error_response(404, "not_found", texts.CONVERSATION_GONE)

    @app.exception_handler(StateFailed)
    async def on_failure(_: Request, error: Exception) -> JSONResponse:  # noqa: ARG001 it has the path
        return error_response(503, "conversations_failed", common.LIBRARY_FAILED)


def _streams(chat: Chat) -> APIRouter:
    """Routes that last as long as an answer. They need no lane: `Answering` limits the answers."""
    router = APIRouter()

    @router.post("/ask")
    @needs(Role.READ)
    async def ask(body: AskedBody) -> StreamingResponse:
        try:
            conversation, live = await anyio.to_thread.run_sync(chat.ask, body)
        except QueueFull:
            raise HTTPException(429, texts.TOO_MANY_QUESTIONS) from None
        headers = {"Conversation": conversation.id}
        return StreamingResponse(_lines(chat, conversation, live), media_type=_LINES, headers=headers)

    @router.get("/conversations/{conversation_id}/turns/{number}/steps")
    @needs(Role.READ)
    async def follow(conversation_id: str, number: int) -> StreamingResponse:
        conversation = await anyio.to_thread.run_sync(chat.conversations.get, conversation_id)
        exchange = await anyio.to_thread.run_sync(chat.conversations.exchange, conversation_id, number)
        if live := chat.answering.live(exchange):
            return StreamingResponse(_lines(chat, conversation, live), media_type=_LINES)
        turn = await anyio.to_thread.run_sync(chat.kept, exchange)
        line = StepOut(conversation=_listed(conversation), turn=turn).model_dump_json()
        return StreamingResponse(iter([line + "\n"]), media_type=_LINES)

    return router


async def _lines(chat: Chat, conversation: Conversation, live: LiveAnswer) -> AsyncIterator[str]:
    async with aclosing(live.steps()) as steps:
        async for step in steps:
            turn = await anyio.to_thread.run_sync(
                chat.turn, live.exchange, step.state, step.answer, step.reason, True, True
            )
            yield StepOut(conversation=_listed(conversation), turn=turn).model_dump_json() + "\n"


def _readings(chat: Chat, lane: Lane) -> APIRouter:
    """Routes that read and change what is kept."""
    router = APIRouter(prefix="/conversations", route_class=route_class(lane))
    conversations = chat.conversations

    @router.get("")
    @needs(Role.READ)
    def listed(matching: str = "") -> list[ConversationOut]:
        return [_listed(conversation) for conversation in conversations.all(matching)]

    @router.get("/{conversation_id}")
    @needs(Role.READ)
    def opened(conversation_id: str, before: int | None = None) -> OpenedOut:
        return chat.opened(conversation_id, before)

    @router.patch("/{conversation_id}")
    @needs(Role.READ)
    def change(conversation_id: str, body: ChangeBody) -> ConversationOut:
        conversations.rename(conversation_id, body.title)
        return _listed(conversations.get(conversation_id))

    @router.delete("/{conversation_id}", status_code=204)
    @needs(Role.READ)
    def delete(conversation_id: str) -> None:
        conversations.delete(conversation_id)

    @router.post("/{conversation_id}/restore", status_code=204)
    @needs(Role.READ)
    def restore(conversation_id: str) -> None:
        conversations.restore(conversation_id)

    @router.post("/{conversation_id}/stop", status_code=204)
    @needs(Role.READ)
    def stop(conversation_id: str) -> None:
        chat.answering.stop(conversation_id)

    @router.post("/{conversation_id}/undo", status_code=204)
    @needs(Role.READ)
    def undo(conversation_id: str) -> None:
        chat.answering.stop(conversation_id)
        conversations.undo_replacement(conversation_id)

    @router.get("/{conversation_id}/turns/{number}")
    @needs(Role.READ)
    def turn(conversation_id: str, number: int) -> TurnOut:
        return chat.kept(conversations.exchange(conversation_id, number))

    return router


def _suggestions(chat: Chat, lane: Lane) -> APIRouter:
    router = APIRouter(route_class=route_class(lane))

    @router.get("/suggestions")
    @needs(Role.READ)
    def suggested(conversation: str | None = None, number: int | None = None) -> SuggestionsOut:
        return chat.suggested(conversation, number)

    return router


def _listed(conversation: Conversation) -> ConversationOut:
    return ConversationOut(id=conversation.id, title=conversation.title, turns=conversation.turns)
