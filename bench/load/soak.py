"""Many users ask for minutes while articles come and go, in one process.

`python bench/load/soak.py [--minutes 10] [--users 50] [--think 0] [--asks N]` reports errors, wrong citations, times
and the growth of memory and open files. Each citation is compared with the text of its article, which the API returns.
"""

from __future__ import annotations

import argparse
import random
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx
import numpy as np

from bench.load.app_process import AppProcess, running_app

SAMPLE_SECONDS = 2.0
WARM_UP = 0.25  # part of the time that isn't counted for the growth
PARTS = 6  # of the time, whose means are reported
KEPT_ARTICLES = 20
PEOPLE = ("Kirby", "Okafor", "Jensen", "Lopez", "Tanaka")
TOPICS = ("bridge", "ferry", "harbour", "library", "tram")
QUESTIONS = (
    "What did Kirby say?",
    "What did Putin say about the war?",
    "What blocked the Suez Canal?",
    "Who won the Nobel Prize for the mRNA vaccines?",
    "When did Silicon Valley Bank collapse?",
    "What did Tedros say?",
    "How many articles are there?",
    "Who won the football world cup?",
    *(f"What did {person} say about the {topic}?" for person in PEOPLE for topic in TOPICS),
)


@dataclass
class Result:
    """What happened. Shared by all threads: they only append and count."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    checked: int = 0
    removed: int = 0  # citations whose article was removed in the meantime
    wrong: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    samples: list[tuple[float, float, int, int]] = field(default_factory=list)  # seconds, MB, handles, threads
    changes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> int:
    """Run the bench. Returns the exit status: 1 after any error or wrong citation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--think", type=float, default=0, help="mean seconds between an answer and the next question")
    parser.add_argument("--asks", type=int, default=0, help="end after so many answers")
    options = parser.parse_args()
    result, is_over = Result(), threading.Event()
    with running_app() as app:
        work: list[Callable[[], None]] = [
            lambda: change_articles(app, result, is_over),
            lambda: sample(app, result, is_over),
            *(
                lambda number=number: ask(app, number, options.think, result, is_over)
                for number in range(options.users)
            ),
        ]
        threads = [threading.Thread(target=one) for one in work]
        started = time.monotonic()
        for thread in threads:
            thread.start()
        while time.monotonic() - started < options.minutes * 60:
            time.sleep(1)
            if options.asks and len(result.seconds) >= options.asks:
                break
        is_over.set()
        for thread in threads:
            thread.join()
        report(result, time.monotonic() - started)
    return int(bool(result.errors or result.wrong))


def ask(app: AppProcess, user: int, think: float, result: Result, is_over: threading.Event) -> None:
    """Ask one question after another, and check the citations."""
    rng = random.Random(user)
    with httpx.Client(base_url=app.url, timeout=60, headers={"X-Forwarded-For": f"198.51.100.{user}"}) as http:
        while not is_over.is_set():
            try:
                started = time.monotonic()
                response = http.post("/api/v1/ask", json={"question": rng.choice(QUESTIONS)})
                seconds = time.monotonic() - started
                with result.lock:
                    result.statuses[str(response.status_code)] += 1
                if response.status_code in (429, 503):  # it says when to come back
                    is_over.wait(float(response.headers["Retry-After"]))
                    continue
                response.raise_for_status()
                with result.lock:
                    result.seconds.append(seconds)
                check_citations(http, response.json(), result)
            except (httpx.HTTPError, KeyError) as error:
                with result.lock:
                    result.errors.append(f"{type(error).__name__}: {error}")
            if think:
                is_over.wait(rng.expovariate(1 / think))


def check_citations(http: httpx.Client, answer: dict[str, Any], result: Result) -> None:
    """Compare each citation with the text of its article."""
    for article_id in {citation["article_id"] for citation in answer["citations"]}:
        response = http.get(f"/api/v1/articles/{article_id}")
        own = [citation for citation in answer["citations"] if citation["article_id"] == article_id]
        if response.status_code == 404:
            with result.lock:
                result.removed += len(own)
            continue
        if response.status_code in (429, 503):
            continue
        text = response.raise_for_status().json()["text"]
        with result.lock:
            result.checked += len(own)
            result.wrong += [str(one) for one in own if text[one["start"] : one["end"]] != one["quote"]]


def change_articles(app: AppProcess, result: Result, is_over: threading.Event) -> None:
    """Add and remove articles."""
    rng, present, number = random.Random(0), deque[int](), 0
    with httpx.Client(base_url=app.url, timeout=60, headers={"X-Forwarded-For": "203.0.113.1"}) as http:
        while not is_over.wait(0.5):
            number += 1
            try:
                response = http.post("/api/v1/articles", files={"files": (f"news-{number}.txt", news(rng, number))})
                if response.status_code in (429, 503):
                    is_over.wait(float(response.headers["Retry-After"]))
                    continue
                present += response.raise_for_status().json()["added"]
                if len(present) > KEPT_ARTICLES:
                    http.delete(f"/api/v1/articles/{present.popleft()}").raise_for_status()
                result.changes += 1
            except (httpx.HTTPError, KeyError) as error:
                with result.lock:
                    result.errors.append(f"adding: {type(error).__name__}: {error}")


def news(rng: random.Random, number: int) -> str:
    """An article in which people say things."""
    lines = [
        f"{rng.choice(PEOPLE)} said that the {rng.choice(TOPICS)} number {rng.randrange(1000)} would open in May."
        for _ in range(8)
    ]
    return f"News of day {number}\n\n" + "\n\n".join(lines)


def sample(app: AppProcess, result: Result, is_over: threading.Event) -> None:
    """Measure the process from time to time."""
    started = time.monotonic()
    while not is_over.wait(SAMPLE_SECONDS):
        result.samples.append((time.monotonic() - started, app.memory_mb(), app.handles(), app.threads()))


def report(result: Result, seconds: float) -> None:
    """Print the figures."""
    times = np.array(result.seconds or [0.0])
    print(
        f"{len(result.seconds):,} answers in {seconds:.0f} s ({len(result.seconds) / seconds:.1f} a second),", end=" "
    )
    print(f"{result.changes:,} articles added; responses by status {dict(result.statuses)}")
    print(f"errors: {len(result.errors)}; citations checked: {result.checked:,}, wrong: {len(result.wrong)}", end=" ")
    print(f"(article removed in the meantime: {result.removed})")
    print(
        "seconds: "
        + ", ".join(f"p{p} {np.percentile(times, p):.2f}" for p in (50, 95, 99))
        + f", max {times.max():.2f}"
    )
    samples = np.array(result.samples)
    counted = samples[samples[:, 0] > seconds * WARM_UP]
    for column, name, unit in ((1, "memory", "MB"), (2, "handles", ""), (3, "threads", "")):
        slope = np.polyfit(counted[:, 0] / 60, counted[:, column], 1)[0] if len(counted) > 2 else float("nan")
        path = " → ".join(f"{part[:, column].mean():.0f}" for part in np.array_split(counted, PARTS) if len(part))
        most = samples[:, column].max()
        print(f"{name}: {path} {unit}, slope {slope:+.2f} {unit} a minute, max {most:.0f}")
    print(*(result.errors + result.wrong)[:20], sep="\n")


if __name__ == "__main__":
    sys.exit(main())
