"""One process writes while others ask: every citation must be a statement by the person asked about."""

from __future__ import annotations

import random
import re
import tempfile
import time
from pathlib import Path

from bench.durability.processes import Report, run_forked, start_forked, wait_for
from bench.durability.stand_ins import ARTICLES, PEOPLE, article, fill, open_library
from rag import Assistant


def together(seconds: float, readers: int = 4) -> tuple[list[str], int]:
    """Problems while one process writes and others ask, and the number of checked citations."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        run_forked(lambda _: fill(folder))
        end = time.monotonic() + seconds
        children = [start_forked(lambda report: _write_until(folder, end, report))]
        children += [start_forked(lambda report, s=seed: _ask_until(folder, end, s, report)) for seed in range(readers)]
        sent = [value for child, out in children for value in wait_for(child, out)]
    return [values[0] for what, *values in sent if what != "seen"], sum(v[0] for what, *v in sent if what == "seen")


def _write_until(folder: Path, end: float, report: Report) -> None:
    chance, library = random.Random(1), open_library(folder / "library")
    while time.monotonic() < end:
        source = folder / f"{chance.randrange(ARTICLES)}.txt"
        source.write_text(article(int(source.stem), chance.randrange(10**6)), encoding="utf-8")
        for failure in library.add(source, wait=chance.random() < 0.2).failed:
            report(["wrong", failure.reason])
        if chance.random() < 0.2:
            library.remove(next(iter(library.articles())).id)


def _ask_until(folder: Path, end: float, seed: int, report: Report) -> None:
    chance, seen = random.Random(seed), 0
    assistant = Assistant(open_library(folder / "library"), "eager")
    while time.monotonic() < end:
        who = chance.choice(PEOPLE)
        for citation in assistant.ask(f"What did {who} say?").citations:
            seen += 1
            if not re.fullmatch(rf"{who} said that ferry\d+ has version\d+ in part \d\.", citation.quote):
                report(["wrong", f"{who}: {citation.quote!r}"])
    report(["seen", seen])
