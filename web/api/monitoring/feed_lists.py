"""Lists of feeds as OPML, from and for feed readers."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from fastapi import APIRouter, Response

from index import Library, Report
from index.ingest import OnProgress, opml

from ...access import Role, needs
from ...background import Background
from ...lanes import Lane
from ...messages import watches as texts
from ..errors import Responses
from ..job_schemas import JobOut
from ..routing import route_class
from .schemas import OpmlBody

_OPML = "text/x-opml"
_FILE: Responses = {200: {"description": "The OPML file", "content": {_OPML: {"schema": {"type": "string"}}}}}


def feed_list_routes(library: Library, background: Background, lane: Lane) -> APIRouter:
    """Routes for lists of feeds, in a lane."""
    router = APIRouter(prefix="/api/v1", tags=["library"], route_class=route_class(lane))

    @router.get("/feeds.opml", response_class=Response, responses=_FILE)
    @needs(Role.READ)
    def export_feeds() -> Response:
        """The followed feeds as an OPML file."""
        headers = {"Content-Disposition": 'attachment; filename="feeds.opml"'}
        return Response(opml(library.feeds()), media_type=_OPML, headers=headers)

    @router.post("/feeds.opml", status_code=202)
    @needs(Role.WRITE)
    def import_feeds(body: OpmlBody) -> JobOut:
        """Start following all feeds of an OPML file. Its report lists those that can't be followed."""
        return JobOut.of(
            background.jobs.start(texts.OPML_JOB, lambda progress, stop: follow(progress, stop, body.opml))
        )

    def follow(progress: OnProgress, stop: threading.Event, text: str) -> Report:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "feeds.opml"
            file.write_text(text, "utf-8")
            return library.follow(file, progress=progress, wait=False, stop=stop)

    return router
