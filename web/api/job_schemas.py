"""JSON of jobs and feeds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from ..jobs import Job
from .schemas import Body, ReportOut

# What is certainly accepted. Others may be, too, such as international host names: `index.fetch` explains what isn't.
_URL = r"^https?://[A-Za-z0-9]([A-Za-z0-9.-]{0,200}[A-Za-z0-9])?(:(80|443))?(/[!-\[\]-~]{0,1500})?$"
Url = Annotated[str, Field(json_schema_extra={"pattern": _URL})]


class SourcesBody(Body):
    """Web addresses to add: of articles, feeds and sitemaps."""

    sources: list[Url] = Field(min_length=1, max_length=100, examples=[["https://outlet.example/bridge"]])


class FeedBody(Body):
    """A feed to follow."""

    url: Url = Field(examples=["https://outlet.example/feed.xml"])


class FeedOut(BaseModel):
    """A followed feed; `checked` is the time of the last request, `failure` why it failed."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    url: str
    title: str
    checked: datetime | None
    failure: str | None


class JobOut(BaseModel):
    """Sources that are being added: "waiting", "running", "done" or "stopped"; `total` grows as sources are found.

    `articles` of the `found` articles in the current source are finished; `found` grows until it is read. `report` is
    complete once the job is done or stopped.
    """

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    state: str
    done: int
    total: int
    item: str
    articles: int
    found: int
    articles_per_second: float | None
    sources_per_second: float | None
    seconds_left: float | None
    report: ReportOut

    @classmethod
    def of(cls, job: Job) -> Self:
        """The JSON of a job."""
        out = cls.model_validate(job)
        return out.model_copy(update={"report": ReportOut.of(job.report, job.more_failures, job.more_skipped)})
