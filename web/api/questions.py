"""Routes that answer questions and search."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from index import Library
from rag import Answer, Assistant

from ..answer_articles import articles_of
from ..threads import iterate_in_thread
from .answer_schemas import AnswerOut, AskBody
from .errors import BAD_QUESTION, INVALID
from .events import answer_events
from .parameters import Filters, Page
from .schemas import HitOut, SearchBody, SpeakerOut, SpeakersOut, StatementOut, StatementsOut

_ERRORS = BAD_QUESTION | INVALID


def question_routes(library: Library, assistant: Assistant) -> APIRouter:
    """Routes for questions, search, statements and speakers."""
    router = APIRouter(prefix="/api/v1", tags=["questions"])

    def start_answer(body: AskBody) -> Iterator[Answer]:
        # Before the response starts, so that an invalid question is an error response rather than an event.
        return assistant.stream(body.question, body.turns(), body.mode or "written")

    @router.post("/ask", responses=_ERRORS)
    def ask(body: AskBody) -> AnswerOut:
        """Answer a question with exact quotes, or abstain if the articles don't contain the answer."""
        answer = assistant.ask(body.question, body.turns(), body.mode or "quotes")
        return AnswerOut.of(answer, articles_of(library, answer))

    @router.post("/ask/stream", response_class=EventSourceResponse, responses=_ERRORS)
    async def stream(answers: Iterator[Answer] = Depends(start_answer)) -> AsyncIterator[ServerSentEvent]:  # noqa: B008 a closure
        """The same as server-sent events: a `partial` answer for each step, then the complete `answer`.

        The default `mode` is "written". If something fails on the way, the last event is an `error`.
        """
        async for event in iterate_in_thread(answer_events(library, answers)):
            yield event

    @router.post("/search", responses=_ERRORS)
    def search(body: SearchBody) -> list[HitOut]:
        """Find passages, best first."""
        return [HitOut.model_validate(hit) for hit in assistant.search(body.query, k=body.k)]

    @router.get("/statements", responses=_ERRORS)
    def statements(
        filters: Annotated[Filters, Depends()],
        page: Annotated[Page, Depends()],
        speaker: str | None = None,
        about: str | None = None,
    ) -> StatementsOut:
        """List statements of a speaker, or of all: by date and position, or about a topic, most relevant first."""
        found, total = assistant.page_of_statements(
            speaker,
            about,
            publisher=filters.publisher,
            since=filters.since,
            until=filters.until,
            limit=page.limit,
            offset=page.offset,
        )
        return StatementsOut(statements=[StatementOut.model_validate(statement) for statement in found], total=total)

    @router.get("/speakers", responses=_ERRORS)
    def speakers(
        filters: Annotated[Filters, Depends()], page: Annotated[Page, Depends()], matching: str = ""
    ) -> SpeakersOut:
        """List speakers whose name contains `matching`, most statements first."""
        found = library.speech.speakers(matching, filters.publisher, filters.period)
        part = found[page.offset : page.offset + page.limit]
        return SpeakersOut(speakers=[SpeakerOut.model_validate(speaker) for speaker in part], total=len(found))

    return router
