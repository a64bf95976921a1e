"""The part of the library tab that adds what lies at addresses, and follows feeds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import gradio as gr
from gradio.events import Dependency

from index import Feed, FeedNotFound, Library, LibraryError, Progress, Report, SourceError, normal_url

from ..jobs import Job, JobNotFound, Jobs
from .html import long_date, note_html, results_html
from .panel import html_panel

_LOOK_SECONDS = 0.3
_SHOWN_FAILURES = 20
_TOGETHER = 8  # pages that may wait for a job at once
HINT = "https://… of an article, an RSS or Atom feed, or a sitemap"
NO_FEEDS = "No feed is followed yet. Put a feed's address above and choose “Follow feed”."

Result = tuple[str, str, str]
Tell = Callable[[Progress], None]


def build_online_form(
    page: gr.Blocks, tab: gr.Tab, library: Library, jobs: Jobs, results: gr.Markdown
) -> list[Dependency]:
    """Put the form into the open context. Returns the events after which there may be new articles."""
    job_id = gr.State("")
    with gr.Row(elem_id="online"):
        address = gr.Textbox("", label="Add an address", placeholder=HINT, max_lines=1, scale=4, elem_id="address")
        add = gr.Button("Add", size="sm", scale=0, min_width=80, elem_id="add-address")
        follow = gr.Button("Follow feed", size="sm", scale=0, min_width=110, elem_id="follow")
        stop = gr.Button("Stop", variant="stop", visible=False, size="sm", scale=0, min_width=80, elem_id="stop-job")
    with gr.Accordion("Followed feeds", open=False, elem_id="feeds"):
        none = html_panel(note_html(NO_FEEDS), elem_id="no-feeds")
        feeds = gr.Radio([], label="Feeds", visible=False, elem_id="feed-list")
        with gr.Row(visible=False) as buttons:
            update = gr.Button("Look for new articles now", size="sm", elem_id="update-feeds")
            unfollow = gr.Button("Stop following the chosen feed", size="sm", elem_id="unfollow")

    shown = [results, stop, job_id]

    def begin(text: str, name: str, work: Callable[[Tell, threading.Event], Report]) -> Iterator[tuple[Any, ...]]:
        try:
            job = jobs.start(name or normal_url(text), work)
        except SourceError as error:
            yield str(results_html([(text or "address", "failed", str(error))])), gr.update(visible=False), ""
            return
        while not job.ended.wait(_LOOK_SECONDS):
            yield str(results_html(job_results(job))), gr.update(visible=True), job.id
        yield str(results_html(job_results(job))), gr.update(visible=False), ""

    def take_up() -> tuple[Any, ...]:
        """Let the job at hand be stopped on a page that was opened meanwhile; the status line tells how far it is."""
        job = jobs.running()
        return gr.update(visible=job is not None), job.id if job else ""

    def add_address(text: str) -> Iterator[tuple[Any, ...]]:
        text = text.strip()
        yield from begin(text, "", lambda tell, end: library.add(text, progress=tell, wait=False, stop=end))

    def follow_feed(text: str) -> Iterator[tuple[Any, ...]]:
        text = text.strip()
        yield from begin(text, "", lambda tell, end: library.follow(text, progress=tell, wait=False, stop=end))

    def update_feeds() -> Iterator[tuple[Any, ...]]:
        yield from begin("", "the feeds", lambda tell, end: library.update(progress=tell, wait=False, stop=end))

    def stop_job(current: str) -> Any:
        with suppress(JobNotFound):
            jobs.stop(current)
        return gr.update(visible=False)

    def stop_following(feed_id: int | None) -> tuple[str, Any]:
        try:
            if feed_id is None:
                return str(note_html("Choose a feed first.")), gr.update()
            library.unfollow(feed_id)
        except FeedNotFound:
            return str(note_html("That feed isn't followed any more.")), gr.update(value=None)
        except LibraryError as error:
            return str(note_html(str(error))), gr.update()
        return str(note_html("The feed is followed no longer. Its articles stay.")), gr.update(value=None)

    def list_feeds() -> tuple[Any, ...]:
        found = library.feeds()
        choices = [(describe_feed(feed), feed.id) for feed in found]
        any_there = gr.update(visible=bool(found))
        return gr.update(visible=not found), gr.update(choices=choices, visible=bool(found)), any_there

    def listen(event: Any, function: Any, inputs: Any, outputs: Any, **more: Any) -> Dependency:
        heard: Dependency = event(function, inputs, outputs, api_visibility="private", show_progress="hidden", **more)
        return heard

    ended = []
    for event, function, inputs in (
        (add.click, add_address, address),
        (address.submit, add_address, address),
        (follow.click, follow_feed, address),
        (update.click, update_feeds, None),
    ):
        heard = listen(event, function, inputs, shown, concurrency_limit=_TOGETHER)
        ended.append(listen(heard.then, list_feeds, None, [none, feeds, buttons]))
    listen(page.load, take_up, None, [stop, job_id])
    listen(stop.click, stop_job, job_id, stop)
    gone = listen(unfollow.click, stop_following, feeds, [results, feeds])
    for event in (page.load, tab.select, gone.then):
        listen(event, list_feeds, None, [none, feeds, buttons])
    return ended


def describe_feed(feed: Feed) -> str:
    """Two lines of plain text: the feed's title, and its address with when it was asked."""
    asked = f"asked {long_date(feed.checked)}, {feed.checked:%H:%M} UTC" if feed.checked else "not read whole yet"
    return f"{feed.title}\n{feed.url} · {f'failed: {feed.failure}' if feed.failure else asked}"


def job_results(job: Job) -> list[Result]:
    """What to show of a job: how far it is, or what it did and what failed."""
    if job.state == "waiting" and not job.ended.is_set():
        return [(job.name, "adding", "waiting for what is being added now")]
    if not job.ended.is_set():
        parts = [f"{job.done:,} of {job.total:,}" if job.total else "asking the server"]
        if job.seconds_left is not None and job.total > 1:
            parts.append(f"about {_duration(job.seconds_left)} left")
        parts += ["stopping"] if job.stop.is_set() else []
        return [(job.name, "adding", " · ".join(part for part in (*parts, job.item if job.total > 1 else "") if part))]
    counts = {
        "added": len(job.report.added),
        "updated": len(job.report.updated),
        "unchanged": len(job.report.unchanged),
    }
    failed = job.report.failed
    outcome = next((kind for kind, count in counts.items() if count), "failed" if failed else job.state)
    parts = [f"{count:,} {kind}" for kind, count in counts.items() if count]
    if len(failed) == 1 and not parts:
        return [(job.name, "failed", failed[0].reason)]
    parts += [f"{len(failed):,} failed"] if failed else []
    parts += ["stopped; what was added stays"] if job.state == "stopped" else []
    told = [(failure.source, "failed", failure.reason) for failure in failed[:_SHOWN_FAILURES]]
    more = [("…", "failed", f"{len(failed) - _SHOWN_FAILURES:,} more")] if len(failed) > _SHOWN_FAILURES else []
    return [(job.name, outcome, ", ".join(parts) or "nothing new"), *told, *more]


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < 90 else f"{seconds / 60:.0f} minutes"
