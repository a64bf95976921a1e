"""Routes that answer questions and search, and list what was said."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from index import Library, Statement
from rag import Answer, Assistant, Mode

from ..access import Role, needs
from ..answer_articles import articles_of
from ..lanes import Lane
from ..threads import iterate_in_thread
from .answer_schemas import AnswerOut, AskBody
from .errors import NOT_FOUND
from .events import answer_events
from .exports import statements_csv
from .parameters import OutletFilters, Page
from .routing import route_class
from .schemas import WORDS, HitOut, SearchBody, SpeakerOut, SpeakersOut, StatementOut, StatementsOut, filter_of


def question_routes(library: Library, assistant: Assistant, lane: Lane) -> APIRouter:
    """Routes for questions and search, in a lane."""
    router = APIRouter(prefix="/api/v1", tags=["questions"], route_class=route_class(lane))
    default_mode: Mode = "written" if assistant.writer else "quotes"

    async def start_answer(body: AskBody) -> Iterator[Answer]:
        # Before the response starts, so that an invalid question is an error response rather than an event.
        return await lane.run(
            lambda: assistant.stream(
                body.question, body.turns(), body.mode or default_mode, where=filter_of(body.where)
            )
        )

    @router.post("/ask")
    @needs(Role.READ)
    def ask(body: AskBody) -> AnswerOut:
        """Answer a question with exact quotes, or abstain if the articles don't contain the answer."""
        answer = assistant.ask(body.question, body.turns(), body.mode or "quotes", where=filter_of(body.where))
        return AnswerOut.of(answer, articles_of(library, answer))

    @router.post("/ask/stream", response_class=EventSourceResponse)
    @needs(Role.READ)
    async def stream_answer(answers: Iterator[Answer] = Depends(start_answer)) -> AsyncIterator[ServerSentEvent]:  # noqa: B008 a closure
        """The same as server-sent events: a `partial` answer for each step, then the complete `answer`.

        The default `mode` is "written" if a language model is configured. If something fails on the way, the last event
        is an `error`.
        """
        async for event in iterate_in_thread(answer_events(library, answers), lane.threads):
            yield event

    @router.post("/search")
    @needs(Role.READ)
    def search(body: SearchBody) -> list[HitOut]:
        """Find passages, best first."""
        hits = assistant.search(body.query, k=body.k, where=filter_of(body.where))
        return [HitOut.model_validate(hit) for hit in hits]

    return router


def speech_routes(library: Library, assistant: Assistant, lane: Lane) -> APIRouter:
    """Routes for statements and speakers, in a lane."""
    router = APIRouter(prefix="/api/v1", tags=["questions"], route_class=route_class(lane))

    @router.get(
        "/statements",
        response_model=StatementsOut,
        responses={200: {"content": {"text/csv": {}}}, **NOT_FOUND},
    )
    @needs(Role.READ)
    def list_statements(
        request: Request,
        filters: Annotated[OutletFilters, Depends()],
        page: Annotated[Page, Depends()],
        speaker: Annotated[str | None, Query(json_schema_extra=WORDS)] = None,
        about: Annotated[str | None, Query(json_schema_extra=WORDS)] = None,
        format: Annotated[Literal["json", "csv"], Query(description="csv: all, or up to `limit`")] = "json",  # noqa: A002
    ) -> Any:
        """List statements of a speaker, or of all: by date and position, or about a topic, most relevant first."""

        def fetch(limit: int | None, offset: int) -> tuple[list[Statement], int]:
            return assistant.page_of_statements(
                speaker,
                about,
                publisher=filters.publisher,
                limit=limit,
                offset=offset,
                where=filters.where,
            )

        if format == "csv":
            limit = page.limit if "limit" in request.query_params else None
            return statements_csv(library, fetch, lane, speaker or "", limit, page.start)
        found, total = fetch(page.limit, page.start)
        return StatementsOut(statements=[StatementOut.model_validate(statement) for statement in found], total=total)

    @router.get("/speakers", responses=NOT_FOUND)
    @needs(Role.READ)
    def list_speakers(
        filters: Annotated[OutletFilters, Depends()], page: Annotated[Page, Depends()], matching: str = ""
    ) -> SpeakersOut:
        """List speakers whose name contains `matching`, most statements first."""
        found = library.speech.speakers(matching, within=library.select(filters.where, publisher=filters.publisher))
        shown = [SpeakerOut.model_validate(speaker) for speaker in found[page.start : page.start + page.limit]]
        cursor = page.cursor_after(len(shown), len(found))
        return SpeakersOut(speakers=shown, total=len(found), next_cursor=cursor)

    return router
