"""The route that adds uploaded files."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import anyio
from fastapi import APIRouter, File, UploadFile

from index import Library
from index.readers import FILE_KINDS

from ..access import Role, needs
from ..background import Background
from ..jobs import JobsFull
from ..lanes import Busy, Lane
from ..limits import JOB_RETRY_SECONDS
from ..messages import api as texts
from ..uploads import UploadBatch
from .routing import route_class
from .schemas import ReportOut

_POLL_SECONDS = 0.02
_MAX_SUFFIXES = 20  # characters


def upload_routes(library: Library, background: Background, lane: Lane) -> APIRouter:
    """The route for uploads, in a lane."""
    # Refused before the files are received: what waits takes space on the disk.
    router = APIRouter(prefix="/api/v1", tags=["library"], route_class=route_class(lane, admits_before_body=True))

    @router.post("/articles", status_code=201)
    @needs(Role.WRITE)
    async def add_articles(
        files: Annotated[list[UploadFile], File(min_length=1, description=", ".join(FILE_KINDS))],
    ) -> ReportOut:
        """Add files. They can be searched by words at once, and by meaning once `GET /api/v1/status` is complete.

        If the client leaves, no further file is added.
        """
        with tempfile.TemporaryDirectory() as folder:
            saved = await lane.run(lambda: _save(files, Path(folder)))
            try:
                job = background.uploads.start(texts.UPLOAD_JOB, UploadBatch(library, saved).run)
            except JobsFull:
                raise Busy(503, texts.busy(JOB_RETRY_SECONDS), JOB_RETRY_SECONDS) from None
            try:
                while not job.ended.is_set():
                    await anyio.sleep(_POLL_SECONDS)
            finally:
                job.stop.set()
        return ReportOut.of(job.report, job.more_failures, job.more_skipped)

    return router


def _save(files: list[UploadFile], folder: Path) -> list[tuple[Path, str]]:
    """Save uploaded files in a folder. Returns path and name of each."""
    saved = []
    for number, file in enumerate(files):
        name = file.filename or "article"
        path = folder / f"{number}{''.join(Path(name).suffixes[-2:])[-_MAX_SUFFIXES:]}"  # as of ".jsonl.gz"
        with path.open("wb") as copy:
            shutil.copyfileobj(file.file, copy)
        saved.append((path, name))
    return saved
