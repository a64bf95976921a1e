"""Kill a process at random moments and at each named step; what was accepted must be there, and nothing else."""

from __future__ import annotations

import os
import random
import re
import signal
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from bench.durability.processes import Report, run_forked
from bench.durability.stand_ins import ARTICLES, article, open_library
from index.search.word_index import WordIndex
from index.storage.curation import RemovedStore
from index.storage.database import Database
from index.storage.duplicates import DuplicateStore
from index.storage.statements import StatementStore
from index.storage.vectors import VectorStore

STEPS: dict[str, tuple[type, str]] = {
    "accept": (Database, "put"),
    "remove": (RemovedStore, "remove"),
    "vectors": (VectorStore, "put"),
    "statements": (StatementStore, "put"),
    "near-duplicates": (DuplicateStore, "assign"),
    "word index": (WordIndex, "_write"),
    "position": (WordIndex, "_add_changes"),
    "repair": (WordIndex, "rebuild"),
}


def _work_on(folder: Path, seed: float, step: str | None, report: Report) -> None:
    """Add, replace, remove, catch up and repair until killed; at a named step, the process kills itself."""
    chance = random.Random(seed)
    if step is not None:
        _kill_at(*STEPS[step], at=chance.randrange(1, 6), after=chance.random() < 0.5)
    library = open_library(folder / "library")
    while True:
        number, what = chance.randrange(ARTICLES), chance.random()
        source = folder / f"{number}.txt"
        if what < 0.55:
            version = chance.randrange(10**9)
            source.write_text(article(number, version), encoding="utf-8")
            report(["begin", number, version])
            library.add(source, wait=False)
            report(["done", number, version])
        elif what < 0.75:
            for one in [one for one in library.articles() if Path(one.source).stem == str(number)]:
                report(["begin", number, None])
                library.remove(one.id)
                report(["done", number, None])
        elif what < 0.95:
            library.catch_up()
        else:
            library.repair()


def _kill_at(owner: type, name: str, at: int, *, after: bool) -> None:
    method, calls = getattr(owner, name), Counter[str]()

    def killing(*values: Any, **more: Any) -> Any:
        calls[name] += 1
        if calls[name] == at and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = method(*values, **more)
        if calls[name] == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, killing)


def _inspect(folder: Path, report: Report) -> None:
    """Report the versions of the articles in the library, and all its problems."""
    with open_library(folder / "library") as library:
        articles = {int(Path(one.source).stem): one for one in library.articles()}
        versions = {number: int(re.findall(r"version(\d+)", one.text)[0]) for number, one in articles.items()}
        report(["versions", list(versions.items())])
        for number, version in versions.items():
            if articles[number].text != article(number, version).split("\n\n")[1]:
                report(["wrong", f"article {number} is incomplete"])
            found = library.passages.by_words(library.passages.terms(f"version{version}"), 5)
            if [p.article_id for p in library.passages.by_id([i for i, _ in found]).values()] != [articles[number].id]:
                report(["wrong", f"article {number} is not found by its words"])
        library.catch_up()
        for problem in library.check():
            report(["wrong", problem])
        nearest = library.passages.by_vector(library.embedder.embed_question("ferry"), 10_000)
        if len(nearest) != library.status().passages:
            report(["wrong", "not all passages are found by meaning"])


def kills(rounds: int, seed: int = 1) -> list[str]:
    """Problems after kills at random moments and at each named step in turn."""
    chance, wrong = random.Random(seed), []
    steps = [None, *STEPS]
    with tempfile.TemporaryDirectory() as scratch:
        allowed: dict[int, set[int | None]] = {number: {None} for number in range(ARTICLES)}
        for number in range(rounds):
            step = steps[number % len(steps)]
            wait = chance.random() * (0.8 if step is None else 3.0)
            sent, _ = run_forked(lambda report, s=step: _work_on(Path(scratch), chance.random(), s, report), wait)
            for what, *values in sent:
                if what == "raised":
                    wrong.append(f"round {number}, {step}: {values[0]}")
                elif what == "begin":
                    allowed[values[0]] |= {values[1]}
                else:
                    allowed[values[0]] = {values[1]}
            sent, status = run_forked(lambda report: _inspect(Path(scratch), report))
            wrong += [f"round {number}, {step}: {values[0]}" for what, *values in sent if what in ("wrong", "raised")]
            versions = dict(next((values[0] for what, *values in sent if what == "versions"), []))
            wrong += [
                f"round {number}, {step}: article {one} has {versions.get(one)}, it may have {may}"
                for one, may in allowed.items()
                if versions.get(one) not in may
            ]
            allowed = {one: {versions.get(one)} for one in allowed}
            if status:
                break
    return wrong
