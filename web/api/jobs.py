"""The part of the HTTP API that adds what lies at addresses: jobs and feeds."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from index import Library, SourceError, normal_url

from ..background import Background
from .job_schemas import FeedBody, FeedOut, JobOut, SourcesBody
from .schemas import ErrorOut

_ERRORS: dict[int | str, dict[str, Any]] = {
    404: {"model": ErrorOut, "description": "There is no such job or feed"},
    422: {"model": ErrorOut, "description": "The request is not what the API takes"},
}


def online_routes(library: Library, background: Background) -> APIRouter:
    """Routes of jobs and feeds."""
    router = APIRouter(prefix="/api/v1", tags=["library"])
    jobs = background.jobs

    @router.post("/jobs", status_code=202, responses=_ERRORS)
    def add_addresses(body: SourcesBody) -> JobOut:
        """Begin to add what lies at addresses; of feeds and sitemaps, all articles."""
        sources = [checked_url(source) for source in body.sources]
        job = jobs.start(
            ", ".join(sources)[:200], lambda tell, stop: library.add(*sources, progress=tell, wait=False, stop=stop)
        )
        return JobOut.model_validate(job)

    @router.get("/jobs")
    def list_jobs() -> list[JobOut]:
        """The jobs since the app was started, the newest first."""
        return [JobOut.model_validate(job) for job in jobs.jobs()]

    @router.get("/jobs/{job_id}", responses=_ERRORS)
    def get_job(job_id: str) -> JobOut:
        """How far a job is, and what it did."""
        return JobOut.model_validate(jobs.job(job_id))

    @router.delete("/jobs/{job_id}", status_code=202, responses=_ERRORS)
    def stop_job(job_id: str) -> JobOut:
        """Stop a job; what it added stays."""
        return JobOut.model_validate(jobs.stop(job_id))

    @router.get("/feeds")
    def list_feeds() -> list[FeedOut]:
        """The feeds that are followed."""
        return [FeedOut.model_validate(feed) for feed in library.feeds()]

    @router.post("/feeds", status_code=202, responses=_ERRORS)
    def follow(body: FeedBody) -> JobOut:
        """Begin to follow a feed: what it lists is added, now and every time the feeds are updated."""
        url = checked_url(body.url)
        job = jobs.start(url, lambda tell, stop: library.follow(url, progress=tell, wait=False, stop=stop))
        return JobOut.model_validate(job)

    @router.post("/feeds/update", status_code=202)
    def update() -> JobOut:
        """Begin to add what is new in the feeds that are followed."""
        job = jobs.start("the feeds", lambda tell, stop: library.update(progress=tell, wait=False, stop=stop))
        return JobOut.model_validate(job)

    @router.delete("/feeds/{feed_id}", status_code=204, responses=_ERRORS)
    def unfollow(feed_id: int) -> None:
        """Follow a feed no longer; its articles stay."""
        library.unfollow(feed_id)

    return router


def checked_url(text: str) -> str:
    """The address that a text is. Nothing else is added: a path would be one of this machine's files.

    Raises:
        SourceError: it is none.
    """
    try:
        return normal_url(text)
    except SourceError as error:
        raise SourceError(f"{text[:200]!r} can't be added: {error}") from None
