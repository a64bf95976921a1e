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
MAX_NOTES = 10
MAX_FILES_SHOWN, FILES_SHOWN = 20, 5  # of an upload, and of one with more
SOURCES_SHOWN = 3  # of those that were skipped for the same reason


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
    counts, notes = _counts(report), _notes(report, name)
    if report.failed:
        reasons = _reasons(report.failed, name)
        text = texts.not_added(reasons, len(report.added))
        return SourceResult(name, "failed", texts.with_notes(text, notes))
    if (outcome := _first_outcome(counts)) is None:
        return SourceResult(name, "failed", texts.with_notes(texts.NO_ARTICLE_IN_FILE, notes))
    return SourceResult(name, outcome, texts.with_notes(texts.outcomes(counts), notes))


def job_results(job: Job) -> list[SourceResult]:
    """The progress of a job, or its outcome and failures."""
    if not job.ended.is_set():
        return [SourceResult(job.name, "adding", _progress(job))]
    failures, counts = job.report.failed, _counts(job.report)
    outcome, failed = _first_outcome(counts), len(failures) + job.more_failures
    if failed == 1 and outcome is None and not job.report.skipped:
        return [failed_result(job.name, failures[0].reason)]
    summary = texts.outcomes(counts, failed, is_stopped=job.state == "stopped")
    return [
        SourceResult(job.name, outcome or ("failed" if failures else job.state), summary),
        *_failure_results(failures, job.more_failures),
        *_skipped_results(job.report, job.more_skipped),
    ]


def upload_results(job: Job) -> list[SourceResult]:
    """The progress of an upload and its results by file. Of many files, the latest and those that failed."""
    if not job.parts and job.ended.is_set():
        return job_results(job)
    finished = [report_result(report, name) for name, report in list(job.parts)]
    failed = [result for result in finished if result.outcome == "failed"]
    results = finished
    if len(finished) > MAX_FILES_SHOWN:
        others = [] if job.ended.is_set() else [one for one in finished if one.outcome != "failed"][-FILES_SHOWN:]
        results = [*failed[:MAX_FAILURES_SHOWN], *others]
        if more := len(failed) - MAX_FAILURES_SHOWN:
            results += [SourceResult("…", "failed", texts.more_failures(more))] if more > 0 else []
    if not job.ended.is_set():
        return [SourceResult(job.name, "adding", _progress(job)), *results]
    if job.state == "stopped" or len(finished) > MAX_FILES_SHOWN:
        summary = texts.outcomes(_counts(job.report), len(failed), is_stopped=job.state == "stopped")
        return [SourceResult(job.name, _first_outcome(_counts(job.report)) or job.state, summary), *results]
    return results


def _progress(job: Job) -> str:
    if job.state == "waiting":
        return texts.WAITING_FOR_JOB
    if job.found > 1 or job.parts:
        return texts.upload_progress(
            job.done + 1,
            job.total,
            job.item if job.item != job.name else "",
            (job.articles, job.found) if job.found > 1 else None,
            job.articles_per_second if job.found > 1 else job.sources_per_second,
            job.seconds_left,
            is_stopping=job.stop.is_set(),
        )
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


def _skipped_results(report: Report, others: int) -> list[SourceResult]:
    groups = list(report.skipped_by_reason().items())
    results = [
        SourceResult(texts.skipped_sources(sources, SOURCES_SHOWN), "skipped", texts.skipped(reason))
        for reason, sources in groups[:MAX_FAILURES_SHOWN]
    ]
    if more := sum(len(sources) for _, sources in groups[MAX_FAILURES_SHOWN:]) + others:
        results.append(SourceResult("…", "skipped", texts.more_skipped(more)))
    return results


def _reasons(failures: list[Failure], name: str) -> list[str]:
    """Why an uploaded file failed, or the addresses that it lists."""
    return [item.reason if item.source == name else f"{item.source}: {item.reason}" for item in failures]


def _notes(report: Report, name: str) -> list[str]:
    """What was skipped of an uploaded file, and of the addresses that it lists."""
    notes = [
        reason if sources == [name] else f"{texts.skipped_sources(sources, SOURCES_SHOWN)}: {reason}"
        for reason, sources in report.skipped_by_reason().items()
    ]
    return notes[:MAX_NOTES] + ([f"{len(notes) - MAX_NOTES:,} more"] if len(notes) > MAX_NOTES else [])


def _counts(report: Report) -> dict[str, int]:
    return {"added": len(report.added), "updated": len(report.updated), "unchanged": len(report.unchanged)}


def _first_outcome(counts: dict[str, int]) -> str | None:
    return next((outcome for outcome, count in counts.items() if count), None)
