"""What the page says about files and addresses that are added."""

from __future__ import annotations

import pytest

from index import Failure, Progress, Report, Skipped, Status
from web.jobs import Job
from web.ui.page import status_line
from web.ui.results import MAX_FAILURES_SHOWN, job_results, report_result

FAILURE = Failure("a.txt", "the file is empty")


def make_job(report: Report | None = None, *, is_stopped: bool = False) -> Job:
    """A job; one with a report has ended."""
    job = Job("https://outlet.example/feed", lambda progress, stop: report or Report())
    if is_stopped:
        job.stop.set()
    if report:
        job.mark_running()
        job.run()
    return job


@pytest.mark.parametrize(
    ("report", "outcome", "text"),
    [
        (Report(added=[1]), "added", "1 article added"),
        (Report(added=[1, 2], unchanged=[3]), "added", "2 articles added, 1 unchanged"),
        (Report(updated=[1]), "updated", "1 article updated"),
        (Report(unchanged=[1]), "unchanged", "1 article unchanged"),
        (Report(failed=[FAILURE]), "failed", "Not added — the file is empty"),
        (Report(added=[1], failed=[FAILURE]), "failed", "Not added — the file is empty (1 article added)"),
        (Report(), "failed", "Not added — the file contains no articles"),
        (
            Report(added=[1], skipped=[Skipped("a.txt", "not used: tags"), Skipped("b.doc", "can't be read")]),
            "added",
            "1 article added. Skipped: not used: tags; b.doc: can't be read",
        ),
    ],
)
def test_the_result_of_a_file(report: Report, outcome: str, text: str) -> None:
    result = report_result(report, "a.txt")
    assert (result.name, result.outcome, result.text) == ("a.txt", outcome, text)


def test_the_progress_of_a_job() -> None:
    job = make_job()
    assert [(one.outcome, one.text) for one in job_results(job)] == [("adding", "Waiting for another job to finish")]
    job.mark_running()
    assert job_results(job)[0].text == "Contacting the server…"
    job.update_progress(Progress("add", 1, 1, "https://outlet.example/feed"))
    assert job_results(job)[0].text == "1 of 1"
    job.update_progress(Progress("add", 3, 10, "https://outlet.example/bridge"))
    job.stop.set()
    assert job_results(job)[0].text.startswith("3 of 10 · about ")
    assert job_results(job)[0].text.endswith(" left · stopping · https://outlet.example/bridge")


@pytest.mark.parametrize(
    ("report", "is_stopped", "outcome", "text"),
    [
        (Report(added=[1, 2], failed=[FAILURE]), False, "added", "2 articles added, 1 failed"),
        (Report(failed=[FAILURE]), False, "failed", "Not added — the file is empty"),
        (Report(failed=[FAILURE, FAILURE]), False, "failed", "2 failed"),
        (Report(), False, "done", "No new articles"),
        (Report(added=[1]), True, "added", "1 article added. Stopped; added articles stay in your library."),
    ],
)
def test_the_result_of_a_job(report: Report, is_stopped: bool, outcome: str, text: str) -> None:
    result = job_results(make_job(report, is_stopped=is_stopped))[0]
    assert (result.name, result.outcome, result.text) == ("https://outlet.example/feed", outcome, text)


def test_only_some_failures_of_a_job_are_listed() -> None:
    results = job_results(make_job(Report(failed=[FAILURE] * (MAX_FAILURES_SHOWN + 5))))
    assert len(results) == 1 + MAX_FAILURES_SHOWN + 1
    assert results[1].name == "a.txt"
    assert results[-1].text == "5 more failed"


def test_the_status_line() -> None:
    done = Status(12, 40, 40, 12, 90, 30, "model", "exact", "full", "library")
    assert status_line(done) == ""
    working = Status(24, 40, 10, 12, 90, 30, "model", "exact", "full", "library")
    line = status_line(working)
    assert "10 of 40 passages" in line
    assert "Identifying speakers: 12 of 24 articles." in line
    assert line.endswith("You can already search.")
    assert status_line(done, make_job()).startswith("https://outlet.example/feed: 0 of 1 source added.")


def test_what_a_job_skipped_is_listed_by_reason() -> None:
    skipped = [Skipped(f"{number}.doc", ".doc files can't be read") for number in range(5)]
    results = job_results(make_job(Report(added=[1], skipped=[*skipped, Skipped("a.csv", "not used: tags")])))
    assert [(result.name, result.outcome, result.text) for result in results[1:]] == [
        ("0.doc, 1.doc, 2.doc and 2 others", "skipped", "Skipped — .doc files can't be read"),
        ("a.csv", "skipped", "Skipped — not used: tags"),
    ]
