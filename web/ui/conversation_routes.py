"""What the page's chat asks the server: its conversations as HTML, and answers as they are written."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing

import anyio
from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, StreamingResponse

from ..access import Role, needs
from ..api import error_response, route_class
from ..conversations import Conversation, ConversationNotFound, LiveAnswer, QueueFull
from ..lanes import Lane
from ..limits import READING, SUGGESTING
from ..messages import ask as texts
from ..messages import common
from ..state import StateFailed
from .chat_view import (
    AskedBody,
    ChangeBody,
    Chat,
    ConversationOut,
    FiltersOut,
    OpenedOut,
    StepOut,
    SuggestionsOut,
    TurnOut,
    listed,
)

_LINES = "application/x-ndjson"


def add_conversations(app: FastAPI, chat: Chat) -> None:
    """Add the routes of the chat, and what becomes of their errors."""
    reading = Lane(READING)
    routers = (_streams(chat), _readings(chat, reading), _filters(chat, reading), _suggestions(chat, Lane(SUGGESTING)))
    for router in routers:
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
        line = StepOut(conversation=listed(conversation), turn=turn).model_dump_json()
        return StreamingResponse(iter([line + "\n"]), media_type=_LINES)

    return router


async def _lines(chat: Chat, conversation: Conversation, live: LiveAnswer) -> AsyncIterator[str]:
    async with aclosing(live.steps()) as steps:
        async for step in steps:
            turn = await anyio.to_thread.run_sync(
                chat.turn, live.exchange, step.state, step.answer, step.reason, True, True
            )
            yield StepOut(conversation=listed(conversation), turn=turn).model_dump_json() + "\n"


def _readings(chat: Chat, lane: Lane) -> APIRouter:
    """Routes that read and change what is kept."""
    router = APIRouter(prefix="/conversations", route_class=route_class(lane))
    conversations = chat.conversations

    @router.get("")
    @needs(Role.READ)
    def all_of_them(matching: str = "") -> list[ConversationOut]:
        return [listed(conversation) for conversation in conversations.all(matching)]

    @router.get("/{conversation_id}")
    @needs(Role.READ)
    def opened(conversation_id: str, before: int | None = None) -> OpenedOut:
        return chat.opened(conversation_id, before)

    @router.patch("/{conversation_id}")
    @needs(Role.READ)
    def change(conversation_id: str, body: ChangeBody) -> ConversationOut:
        conversations.rename(conversation_id, body.title)
        return listed(conversations.get(conversation_id))

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


def _filters(chat: Chat, lane: Lane) -> APIRouter:
    router = APIRouter(route_class=route_class(lane))

    @router.get("/filters")
    @needs(Role.READ)
    def filters() -> FiltersOut:
        return chat.filters()

    return router


def _suggestions(chat: Chat, lane: Lane) -> APIRouter:
    router = APIRouter(route_class=route_class(lane))

    @router.get("/suggestions")
    @needs(Role.READ)
    def suggested(conversation: str | None = None, number: int | None = None) -> SuggestionsOut:
        return chat.suggested(conversation, number)

    return router
