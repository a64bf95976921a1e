"""Counts over time."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response

from rag import Assistant
from rag.counts import By, counts_csv

from ...access import Role, needs
from ...lanes import Lane
from ..errors import Responses
from ..parameters import OutletFilters
from ..routing import route_class
from ..schemas import WORDS
from .schemas import CountsOut

_CSV: Responses = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}


def count_routes(assistant: Assistant, lane: Lane) -> APIRouter:
    """The route for counts, in a lane."""
    router = APIRouter(prefix="/api/v1", tags=["questions"], route_class=route_class(lane))

    @router.get("/counts", response_model=CountsOut, responses=_CSV)
    @needs(Role.READ)
    def counts(
        filters: Annotated[OutletFilters, Depends()],
        query: Annotated[str | None, Query(json_schema_extra=WORDS, description="all these words")] = None,
        speaker: Annotated[str | None, Query(json_schema_extra=WORDS)] = None,
        by: By = "month",
        format: Literal["json", "csv"] = "json",  # noqa: A002 the name of the parameter
    ) -> CountsOut | Response:
        """Count articles that contain all words of a query, or statements of a speaker, over time or by outlet.

        The numbers are exact. Periods without any are listed too; articles without a date are counted in `missing`.
        """
        found = assistant.counts(
            query,
            speaker=speaker,
            by=by,
            publisher=filters.publisher,
            where=filters.where,
        )
        if format == "csv":
            headers = {"Content-Disposition": 'attachment; filename="counts.csv"'}
            return Response(counts_csv(found), media_type="text/csv", headers=headers)
        return CountsOut.of(found)

    return router
