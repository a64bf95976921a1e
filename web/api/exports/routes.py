"""Routes that take answers and references elsewhere."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from index import Library
from rag.export import export_claim, reference_of

from ...access import Role, needs
from ...lanes import Lane
from ..errors import NOT_FOUND
from ..parameters import Id
from ..routing import route_class
from .formats import EXPORT_CONTENT, REFERENCE_CONTENT, ReferenceFormat, exchanges_response, references_response
from .schemas import ExportBody


def export_routes(library: Library, lane: Lane) -> APIRouter:
    """Routes for references to articles, and for answers as files."""
    router = APIRouter(prefix="/api/v1", tags=["exports"], route_class=route_class(lane))

    @router.get(
        "/articles/{article_id}/citation",
        response_class=Response,
        responses={**NOT_FOUND, 200: {"description": "The reference, as a file", "content": REFERENCE_CONTENT}},
    )
    @needs(Role.READ)
    def get_citation(
        article_id: Id,
        format: Annotated[ReferenceFormat, Query(description="CSL-JSON, BibTeX or RIS")] = "csl",  # noqa: A002 its name
    ) -> Response:
        """Return the reference to an article for citation managers. Earlier revisions have ids too."""
        reference = reference_of(library.article(article_id))
        return references_response([reference], format, reference.title)

    @router.post(
        "/export",
        response_class=Response,
        responses={200: {"description": "The answers, as a file", "content": EXPORT_CONTENT}},
    )
    @needs(Role.READ)
    def export(body: ExportBody) -> Response:
        """Return answers as a file: Markdown, Word, text, HTML, CSV, or references to the articles that they quote.

        Each quote is compared with its article: one that differs is left out, with a note. Speakers, sources and links
        are the library's. Text that isn't quoted is exported only from written answers and from answers without
        citations, marked as not checked.
        """
        exchanges = [export_claim(library, turn.claim()) for turn in body.turns]
        return exchanges_response(exchanges, body.format, body.title)

    return router
