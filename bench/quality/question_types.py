"""Measure whether questions are parsed into the right type, speakers and topics, and how long that takes.

    python bench/quality/question_types.py [development|held-out] [--errors]

Prints the share of questions of each type that are typed right, for questions about speech also the share whose
speakers and topics are right, and the time of parsing relative to a limit. `questions_typed.jsonl` was written before
the parser, with a split that it has never been tuned on.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from rag.question import names_in, parse_question  # noqa: E402

QUESTIONS = Path(__file__).with_name("questions_typed.jsonl")


class Knowledge:
    """A library in which everybody with a capitalised name is a speaker."""

    def people_in(self, words: str) -> list[str]:
        return list(names_in(words))

    def is_speaker(self, name: str) -> bool:
        return bool(names_in(name)) and " and " not in name

    def publisher_named(self, words: str) -> str | None:
        return None

    def today(self) -> date:
        return date(2026, 3, 15)

    def newest_day(self) -> date | None:
        return None


def main() -> None:
    split = next((value for value in sys.argv[1:] if not value.startswith("-")), "development")
    rows = [row for row in map(json.loads, QUESTIONS.open(encoding="utf-8")) if row["split"] == split]
    right, totals, times = Counter[str](), Counter[str](), []
    for row in rows:
        start = time.perf_counter()
        try:
            parsed = parse_question(row["question"], [], Knowledge())
            kind, speakers, about = parsed.kind, list(parsed.speakers), parsed.about
        except Exception as e:
            kind, speakers, about = type(e).__name__, [], None
        times.append(time.perf_counter() - start)
        kind = {"statements": "speech", "article": "overview", "mentions": "overview", "NoQuestion": "small-talk"}.get(kind, kind)
        totals["all"] += 1
        right["all"] += kind == row["type"]
        totals[row["type"]] += 1
        right[row["type"]] += kind == row["type"]
        if row["type"] == "speech":
            totals["speakers"] += 1
            right["speakers"] += speakers == row["speakers"]
            totals["about"] += 1
            right["about"] += (about or "").lower() == (row["about"] or "").lower()
    for key, total in totals.items():
        print(f"{key:12} {right[key] / total:.3f} of {total}")
    print(f"p95 {np.percentile(times, 95) * 1000:.1f} ms")


main()
