"""Routes that add web addresses and follow feeds."""

from __future__ import annotations

from fastapi import APIRouter

from index import Library, SourceError
from index.fetch import normalize_url

from ..access import Role, needs
from ..background import Background
from ..lanes import Lane
from ..messages import api as texts
from ..messages import common
from .errors import NOT_FOUND
from .job_schemas import FeedBody, FeedOut, JobOut, SourcesBody
from .parameters import Id, Limit, Offset
from .routing import route_class

_MAX_NAME_CHARACTERS = 200


def job_routes(library: Library, background: Background, lane: Lane) -> APIRouter:
    """Routes for jobs and feeds, in a lane."""
    router = APIRouter(prefix="/api/v1", tags=["library"], route_class=route_class(lane))
    jobs = background.jobs

    @router.post("/jobs", status_code=202)
    @needs(Role.WRITE)
    def add_addresses(body: SourcesBody) -> JobOut:
        """Start adding web addresses. For feeds and sitemaps, all their articles are added."""
        sources = [checked_url(source) for source in body.sources]
        job = jobs.start(
            ", ".join(sources)[:_MAX_NAME_CHARACTERS],
            lambda progress, stop: library.add(*sources, progress=progress, wait=False, stop=stop),
        )
        return JobOut.of(job)

    @router.get("/jobs")
    @needs(Role.READ)
    def list_jobs(limit: Limit = 50, offset: Offset = 0) -> list[JobOut]:
        """List the jobs since the app was started, newest first."""
        return [JobOut.of(job) for job in jobs.jobs()[offset : offset + limit]]

    @router.get("/jobs/{job_id}", responses=NOT_FOUND)
    @needs(Role.READ)
    def get_job(job_id: str) -> JobOut:
        """Return the progress and the result of a job."""
        return JobOut.of(jobs.job(job_id))

    @router.post("/jobs/{job_id}/stop", status_code=202, responses=NOT_FOUND)
    @needs(Role.WRITE)
    def stop_job(job_id: str) -> JobOut:
        """Stop a job. Articles that were already added stay, and so does the job with its report."""
        return JobOut.of(jobs.stop(job_id))

    @router.get("/feeds")
    @needs(Role.READ)
    def list_feeds() -> list[FeedOut]:
        """List the followed feeds."""
        return [FeedOut.model_validate(feed) for feed in library.feeds()]

    @router.post("/feeds", status_code=202)
    @needs(Role.WRITE)
    def follow_feed(body: FeedBody) -> JobOut:
        """Start following a feed: its articles are added now and with every update."""
        url = checked_url(body.url)
        job = jobs.start(url, lambda progress, stop: library.follow(url, progress=progress, wait=False, stop=stop))
        return JobOut.of(job)

    @router.post("/feeds/update", status_code=202)
    @needs(Role.WRITE)
    def update_feeds() -> JobOut:
        """Start adding new and changed articles of all followed feeds."""
        job = jobs.start(
            common.FEEDS_JOB, lambda progress, stop: library.update(progress=progress, wait=False, stop=stop)
        )
        return JobOut.of(job)

    @router.delete("/feeds/{feed_id:int}", status_code=204, responses=NOT_FOUND)
    @needs(Role.WRITE)
    def unfollow_feed(feed_id: Id) -> None:
        """Unfollow a feed. Its articles stay."""
        library.unfollow(feed_id)

    return router


def checked_url(text: str) -> str:
    """The normalized URL. Anything but a URL is refused: a path would be a file of this machine.

    Raises:
        SourceError: the text isn't a URL that can be added.
    """
    try:
        return normalize_url(text)
    except SourceError as error:
        raise SourceError(texts.invalid_source(text, str(error))) from None
