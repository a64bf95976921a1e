"""Adding files and the samples: jobs with their progress, a button to stop them, and their results."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import gradio as gr
from gradio.events import Dependency

from index import Library
from index.readers import FILE_KINDS

from ...access import Role
from ...jobs import Job, JobNotFound, Jobs, JobsFull
from ...messages import library as texts
from ...uploads import SAMPLES, UploadBatch
from ..panel import connect
from ..results import failed_result, results_html, upload_results

_POLL_SECONDS: Final = 0.3
_MAX_WATCHED_JOBS: Final = 8  # jobs that pages may wait for at the same time

READ, WRITE = Role.READ, Role.WRITE
Updates = tuple[Any, ...]


class UploadForm:
    """The box for files, in the open context of a page, and the button that stops their job."""

    def __init__(self, library: Library, jobs: Jobs) -> None:
        self._library = library
        self._jobs = jobs
        self._job_id = gr.State("")
        self._files = gr.File(
            label=texts.UPLOAD, file_count="multiple", file_types=list(FILE_KINDS), height=130, elem_id="upload"
        )

    def stop_button(self) -> None:
        """Add the button that stops the job."""
        self._stop = gr.Button(texts.STOP_ADDING, variant="stop", visible=False, size="sm", elem_id="stop-upload")

    def connect(self, page: gr.Blocks, results: gr.Markdown, samples: gr.Button) -> list[Dependency]:
        """Connect the events. Returns those that follow the adding of articles."""
        shown = [results, self._stop, self._job_id]
        connect(self._stop.click, self._stop_job, self._job_id, self._stop, role=WRITE)
        write: dict[str, Any] = {"concurrency_limit": _MAX_WATCHED_JOBS, "role": WRITE}
        return [
            connect(self._files.upload, self.add_files, self._files, [self._files, *shown], **write),
            connect(samples.click, self._add_samples, None, shown, **write),
            connect(page.load, self._watch_running, None, shown, **(write | {"role": READ})),
        ]

    def add_files(self, paths: list[str] | None) -> Iterator[Updates]:
        """Add uploaded files. The box is emptied at once."""
        folder = Path(tempfile.mkdtemp(prefix="articles-"))
        files = _taken(paths or [], folder)
        batch = UploadBatch(self._library, files, folder)
        name = files[0][1] if len(files) == 1 else texts.files(len(files))
        try:
            job = self._jobs.start(name, batch.run, batch.reports)
        except JobsFull:
            batch.forget()
            yield None, str(results_html([failed_result(name, texts.UPLOADS_BUSY)])), gr.update(), gr.update()
            return
        for updates in self._watch(job):
            yield None, *updates

    def _add_samples(self) -> Iterator[Updates]:
        try:
            job = self._jobs.start(
                texts.SAMPLES,
                lambda progress, stop: self._library.add(SAMPLES, progress=progress, wait=False, stop=stop),
            )
        except JobsFull:
            yield str(results_html([failed_result(texts.SAMPLES, texts.UPLOADS_BUSY)])), gr.update(), gr.update()
            return
        yield from self._watch(job)

    def _watch_running(self) -> Iterator[Updates]:
        """Let a page that was opened meanwhile show the running job."""
        if (job := self._jobs.running()) is not None:
            yield from self._watch(job)
        else:
            yield gr.update(), gr.update(), ""

    def _watch(self, job: Job) -> Iterator[Updates]:
        while not job.ended.wait(_POLL_SECONDS):
            yield str(results_html(upload_results(job))), gr.update(visible=True), job.id
        yield str(results_html(upload_results(job))), gr.update(visible=False), ""

    def _stop_job(self, job_id: str) -> Any:
        with suppress(JobNotFound):
            self._jobs.stop(job_id)
        return gr.update(visible=False)


def _taken(paths: list[str], folder: Path) -> list[tuple[Path, str]]:
    """Move uploaded files to a folder: Gradio would delete them after an hour, and a job may wait longer."""
    taken = []
    for number, path in enumerate(map(Path, paths)):
        place = folder / str(number)
        place.mkdir()
        shutil.move(path, place / path.name)
        taken.append((place / path.name, path.name))
    return taken
