"""A full disk and damaged files: nothing is lost, and damage is detected or harmless."""

from __future__ import annotations

import json
import logging
import random
import resource
import shutil
import signal
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from bench.durability.processes import Report, run_forked
from bench.durability.stand_ins import article, fill, open_library
from index import Library, LibraryError


def full(sizes: int, seed: int = 1) -> list[str]:
    """Problems after the disk was full, simulated by a limit on file sizes, at a number of random sizes."""
    chance, wrong = random.Random(seed), []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        run_forked(lambda _: fill(folder))
        (folder / "more").mkdir()
        for number in range(8):
            (folder / "more" / f"{100 + number}.txt").write_text(article(100 + number, number), encoding="utf-8")
        for _ in range(sizes):
            copy = folder / "copy"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(folder / "library", copy / "library")
            limit = int(10 ** chance.uniform(1, 6))

            def work(report: Report, limit: int = limit, copy: Path = copy) -> None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                library = open_library(copy / "library")
                before = {one.source: one.text for one in library.articles()}
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
                added = library.add(folder / "more").added
                accepted = {one.source: one.text for one in library.articles()}
                if not before.items() <= accepted.items() or len(accepted) != len(before) + len(added):
                    report(["wrong", "articles are not as reported"])
                try:
                    library.remove(3)
                    library.passages.by_words(library.passages.terms("ferry"), 5)
                except LibraryError as error:
                    report(["error", str(error)])
                resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
                library.catch_up()
                for problem in library.check():
                    report(["wrong", problem])

            sent, _ = run_forked(work)
            sent += run_forked(lambda report, copy=copy: _check(copy / "library", report))[0]
            wrong += [f"limit {limit}: {values[0]}" for what, *values in sent if what in ("wrong", "raised")]
    return wrong


def _check(directory: Path, report: Report) -> None:
    with open_library(directory) as library:
        library.catch_up()
        for problem in library.check():
            report(["wrong", problem])


def _snapshot(library: Library) -> list[Any]:
    """Everything that a library returns about its contents."""
    articles = [(one.id, one.title, one.text, one.source) for one in library.articles()]
    statements = [(one.speaker, one.text, one.start, one.end) for one in library.statements()]
    terms = library.passages.terms("ferry version3 kirby")
    words = sorted((i, round(score, 4)) for i, score in library.passages.by_words(terms, 1_000))
    vectors = library.passages.by_vector(library.embedder.embed_question("ferry"), 1_000)
    return json.loads(json.dumps([articles, statements, words, vectors]))


def damage(files: int, seed: int = 1) -> Counter[str]:
    """Counts of how damaged files were handled: refused, reported or right. "unnoticed" must not occur."""
    chance, outcomes = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        run_forked(lambda _: fill(folder))
        [right], _ = run_forked(lambda report: report(_snapshot(open_library(folder / "library"))))
        for number in range(files):
            copy = folder / "copy"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(folder / "library", copy)
            names = (
                [copy / "library.db"] if number % 2 else sorted(p for p in (copy / "words").iterdir() if p.is_file())
            )
            _damage(chance.choice([path for path in names if path.stat().st_size]), chance)

            def look(report: Report, copy: Path = copy) -> None:
                logging.disable()
                try:
                    library = open_library(copy)
                    problems = library.check()
                    report("reported" if problems else "right" if _snapshot(library) == right else "unnoticed")
                except LibraryError:
                    report("refused")

            sent, status = run_forked(look)
            outcomes[sent[0] if sent and isinstance(sent[0], str) else f"{sent} {status}"] += 1
    return outcomes


def _damage(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    if chance.random() < 0.25:
        content = content[: chance.randrange(len(content))]
    else:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
