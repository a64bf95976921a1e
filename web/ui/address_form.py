"""The form of the Library tab that adds web addresses and follows feeds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import gradio as gr
from gradio.events import Dependency

from index import Feed, FeedNotFound, Library, LibraryError, SourceError
from index.fetch import normalize_url

from ..access import Role, record_change
from ..jobs import Job, JobNotFound, Jobs, JobsFull, Work
from ..messages import common
from ..messages import library as texts
from .html import notice_html
from .panel import connect, html_panel
from .results import SourceResult, failed_result, job_results, results_html

_POLL_SECONDS = 0.3
_MAX_WATCHED_JOBS = 8  # jobs that pages may wait for at the same time

Updates = tuple[Any, ...]


def build_address_form(
    page: gr.Blocks, tab: gr.Tab, library: Library, jobs: Jobs, results: gr.Markdown
) -> list[Dependency]:
    """Add the form to the open context. Returns the events after which there may be new articles."""
    job_id = gr.State("")
    with gr.Row(elem_id="online"):
        address = gr.Textbox(
            "", label=texts.ADDRESS, placeholder=texts.ADDRESS_HINT, max_lines=1, scale=4, elem_id="address"
        )
        add = gr.Button(texts.ADD, size="sm", scale=0, min_width=80, elem_id="add-address")
        follow = gr.Button(texts.FOLLOW, size="sm", scale=0, min_width=110, elem_id="follow")
        stop = gr.Button(
            texts.STOP, variant="stop", visible=False, size="sm", scale=0, min_width=80, elem_id="stop-job"
        )
    with gr.Accordion(texts.FOLLOWED_FEEDS, open=False, elem_id="feeds"):
        hint = html_panel(notice_html(texts.NO_FEEDS), elem_id="no-feeds")
        feeds = gr.Radio([], label=texts.FEEDS, visible=False, elem_id="feed-list")
        with gr.Row(visible=False) as buttons:
            update = gr.Button(texts.UPDATE_FEEDS, size="sm", elem_id="update-feeds")
            unfollow = gr.Button(texts.UNFOLLOW, size="sm", elem_id="unfollow")

    handlers = _Handlers(library, jobs)
    feed_list = [hint, feeds, buttons]
    ended = []
    for event, handler, inputs in (
        (add.click, handlers.add, address),
        (address.submit, handlers.add, address),
        (follow.click, handlers.follow, address),
        (update.click, handlers.update, None),
    ):
        started = connect(
            event, handler, inputs, [results, stop, job_id], concurrency_limit=_MAX_WATCHED_JOBS, role=Role.WRITE
        )
        ended.append(connect(started.then, handlers.list_feeds, None, feed_list, role=Role.READ))
    connect(page.load, handlers.find_running_job, None, [stop, job_id], role=Role.READ)
    connect(stop.click, handlers.stop, job_id, stop, role=Role.WRITE)
    unfollowed = connect(unfollow.click, handlers.unfollow, feeds, [results, feeds], role=Role.WRITE)
    for event in (page.load, tab.select, unfollowed.then):
        connect(event, handlers.list_feeds, None, feed_list, role=Role.READ)
    return ended


class _Handlers:
    """Event handlers of the form. Those that start a job yield updates of the results, the Stop button and its id."""

    def __init__(self, library: Library, jobs: Jobs) -> None:
        self._library = library
        self._jobs = jobs

    def add(self, text: str) -> Iterator[Updates]:
        """Add an address."""
        url = text.strip()
        yield from self._run(
            url, lambda progress, stop: self._library.add(url, progress=progress, wait=False, stop=stop)
        )

    def follow(self, text: str) -> Iterator[Updates]:
        """Follow a feed."""
        url = text.strip()
        yield from self._run(
            url, lambda progress, stop: self._library.follow(url, progress=progress, wait=False, stop=stop)
        )

    def update(self) -> Iterator[Updates]:
        """Update all feeds."""
        yield from self._start(
            common.FEEDS_JOB, lambda progress, stop: self._library.update(progress=progress, wait=False, stop=stop)
        )

    def _run(self, url: str, work: Work) -> Iterator[Updates]:
        try:
            name = normalize_url(url)
        except SourceError as error:
            yield _refused(failed_result(url, str(error)) if url else SourceResult("", "failed", texts.ENTER_ADDRESS))
            return
        yield from self._start(name, work)

    def _start(self, name: str, work: Work) -> Iterator[Updates]:
        try:
            job = self._jobs.start(name, work)
        except JobsFull as error:
            yield _refused(failed_result(name, str(error)))
            return
        yield from self._watch(job)

    def _watch(self, job: Job) -> Iterator[Updates]:
        while not job.ended.wait(_POLL_SECONDS):
            yield str(results_html(job_results(job))), gr.update(visible=True), job.id
        yield str(results_html(job_results(job))), gr.update(visible=False), ""

    def find_running_job(self) -> Updates:
        """Let a page that was opened meanwhile stop the running job; the status line shows its progress."""
        job = self._jobs.running()
        return gr.update(visible=job is not None), job.id if job else ""

    def stop(self, job_id: str) -> Any:
        """Stop a job."""
        with suppress(JobNotFound):
            self._jobs.stop(job_id)
        return gr.update(visible=False)

    def unfollow(self, feed_id: int | None) -> tuple[str, Any]:
        """Stop following the selected feed."""
        if feed_id is None:
            return str(notice_html(texts.NO_FEED_SELECTED)), gr.update()
        try:
            title = next((feed.title for feed in self._library.feeds() if feed.id == feed_id), "")
            self._library.unfollow(feed_id)
            record_change("unfollow", [feed_id])
        except FeedNotFound:
            return str(notice_html(texts.ALREADY_UNFOLLOWED)), gr.update(value=None)
        except LibraryError as error:
            return str(notice_html(str(error))), gr.update()
        return str(notice_html(texts.unfollowed(title))), gr.update(value=None)

    def list_feeds(self) -> Updates:
        """Show the followed feeds, or a hint if there are none."""
        feeds = self._library.feeds()
        has_feeds = bool(feeds)
        choices = [(feed_label(feed), feed.id) for feed in feeds]
        return (
            gr.update(visible=not has_feeds),
            gr.update(choices=choices, visible=has_feeds),
            gr.update(visible=has_feeds),
        )


def _refused(result: SourceResult) -> Updates:
    return str(results_html([result])), gr.update(visible=False), ""


def feed_label(feed: Feed) -> str:
    """A feed in the list, as two lines of plain text: its title, then its address and state."""
    checked = f"{common.long_date(feed.checked)}, {feed.checked:%H:%M}" if feed.checked else None
    return f"{feed.title}\n{texts.feed_details(feed.url, checked, feed.failure)}"
