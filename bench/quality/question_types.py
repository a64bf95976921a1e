"""Measure whether questions are parsed into the right type, speakers and topics, and how long that takes.

    python bench/quality/question_types.py [development|held-out] [--errors]

Prints the share of questions of each type that are typed right; for questions about speech also the share whose
speakers and topics are right; and the time of parsing a question. `questions_typed.jsonl` was written before the
parser. The split "held-out" is for measuring only: don't look at its errors.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from rag import QuestionError
from rag.question import (
    LibraryQuestion,
    OverviewQuestion,
    Question,
    QuestionParser,
    SmallTalk,
    SpeechQuestion,
)
from tests.rag.question.stub_knowledge import Knowledge

QUESTIONS = Path(__file__).with_name("questions_typed.jsonl")


def type_of(question: Question) -> str:
    """The name of a question's type in the data set."""
    match question:
        case SpeechQuestion():
            return "speech"
        case OverviewQuestion():
            return "overview"
        case LibraryQuestion():
            return "library"
        case SmallTalk():
            return "small-talk"
    return "fact"


def main() -> None:
    """Parse all questions of a split and print the figures."""
    split = next((value for value in sys.argv[1:] if not value.startswith("-")), "development")
    rows = [row for row in map(json.loads, QUESTIONS.open(encoding="utf-8")) if row["split"] == split]
    parser = QuestionParser(Knowledge())
    for warming_up in ("What did Kirby say?", "Who attacked the harbour?", "Who blurted that he won?"):
        parser.parse(warming_up)
    right, totals, times = Counter[str](), Counter[str](), []
    for row in rows:
        start = time.perf_counter()
        try:
            question = parser.parse(row["question"])
        except QuestionError as error:
            print(f"{row['question']}: {error}")
            continue
        times.append(time.perf_counter() - start)
        checks = {"all": type_of(question) == row["type"], row["type"]: type_of(question) == row["type"]}
        if row["type"] == "speech":
            is_speech = isinstance(question, SpeechQuestion)
            checks["speakers"] = is_speech and list(question.speakers) == row["speakers"]
            checks["about"] = is_speech and (question.about or "").lower() == (row["about"] or "").lower()
        totals.update(checks.keys())
        right.update(name for name, is_right in checks.items() if is_right)
        if "--errors" in sys.argv and not all(checks.values()):
            print(f"{row['type']}: {row['question']}\n    {question}")
    for name, total in totals.items():
        print(f"{name:12}{right[name] / total:.3f} of {total}")
    print(f"time        {np.percentile(times, 50) * 1000:.1f} ms p50, {np.percentile(times, 95) * 1000:.1f} ms p95")


if __name__ == "__main__":
    main()
