"""The outcome of adding files and addresses, one line for each source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from index import Failure, Report

from ..jobs import Job
from ..messages import library as texts
from .html import escape

MAX_FAILURES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class SourceResult:
    """A line: the source, and what happened to it. `outcome` is the CSS class: "adding", "added", "failed" …"""

    name: str
    outcome: str
    text: str


def results_html(results: Iterable[SourceResult]) -> Markup:
    """A list of results."""
    return Markup('<ul class="results">{}</ul>').format(
        Markup().join(
            Markup('<li class="{}"><strong dir="auto">{}</strong> <span>{}</span></li>').format(
                result.outcome, escape(result.name), escape(result.text)
            )
            for result in results
        )
    )


def failed_result(name: str, *reasons: str) -> SourceResult:
    """The result of a source that failed."""
    return SourceResult(name, "failed", texts.not_added(reasons))


def report_result(report: Report, name: str) -> SourceResult:
    """The result of one uploaded file."""
    if report.failed:
        reasons = [failure.reason for failure in report.failed]
        return SourceResult(name, "failed", texts.not_added(reasons, len(report.added)))
    counts = _counts(report)
    if (outcome := _first_outcome(counts)) is None:
        return SourceResult(name, "failed", texts.NO_ARTICLE_IN_FILE)
    return SourceResult(name, outcome, texts.outcomes(counts))


def job_results(job: Job) -> list[SourceResult]:
    """The progress of a job, or its outcome and failures."""
    if not job.ended.is_set():
        return [SourceResult(job.name, "adding", _progress(job))]
    failures, counts = job.report.failed, _counts(job.report)
    outcome, failed = _first_outcome(counts), len(failures) + job.more_failures
    if failed == 1 and outcome is None:
        return [failed_result(job.name, failures[0].reason)]
    summary = texts.outcomes(counts, failed, is_stopped=job.state == "stopped")
    return [
        SourceResult(job.name, outcome or ("failed" if failures else job.state), summary),
        *_failure_results(failures, job.more_failures),
    ]


def _progress(job: Job) -> str:
    if job.state == "waiting":
        return texts.WAITING_FOR_JOB
    has_several = job.total > 1
    return texts.job_progress(
        job.done,
        job.total,
        seconds_left=job.seconds_left if has_several else None,
        item=job.item if has_several else "",
        is_stopping=job.stop.is_set(),
    )


def _failure_results(failures: list[Failure], others: int) -> list[SourceResult]:
    results = [failed_result(failure.source, failure.reason) for failure in failures[:MAX_FAILURES_SHOWN]]
    if more := len(failures) + others - len(results):
        results.append(SourceResult("…", "failed", texts.more_failures(more)))
    return results


def _counts(report: Report) -> dict[str, int]:
    return {"added": len(report.added), "updated": len(report.updated), "unchanged": len(report.unchanged)}


def _first_outcome(counts: dict[str, int]) -> str | None:
    return next((outcome for outcome, count in counts.items() if count), None)
