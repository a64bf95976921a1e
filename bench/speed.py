"""How costs grow with a library: python bench/speed.py [PASSAGES …] (1,000, 10,000 and 100,000 by default)

The library is filled up with copies of the sample articles, whose vectors are moved a little. Times of search and
answers are ratios to what embedding a question takes in the same run; exponents are 1 where twice the passages take
twice the time.
"""

from __future__ import annotations

import json
import math
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import mean, quantiles

import faiss
import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.answers import EXAMPLES, QUESTIONS, grow
from index import Library
from index.database import Database
from index.packed import unpack
from rag import Assistant

SIZES = (1_000, 10_000, 100_000)
_TIMES = 40
_COMPARED = 10  # nearest passages
_numbers = count(1)


def times(call: Callable[[str], object]) -> tuple[float, float]:
    """Milliseconds that a call takes on questions, median and 95th of 100; no two questions are the same words."""
    spent = []
    for number in range(_TIMES):
        asked = f"{QUESTIONS[number % len(QUESTIONS)]} {next(_numbers)}"
        start = time.perf_counter()
        call(asked)
        spent.append(1000 * (time.perf_counter() - start))
    cuts = quantiles(spent, n=20)
    return cuts[9], cuts[18]


def recall(library: Library) -> float:
    """Share of the nearest passages by exact cosines that the vector index finds too."""
    database = Database.open(library.directory / "library.db", library.embedder.name)
    exact = faiss.IndexIDMap2(faiss.IndexFlatIP(384))
    for batch in database.vectors.since(0):
        exact.add_with_ids(np.stack([unpack(blob) for _, blob in batch]), np.array([i for i, _ in batch], np.int64))
    database.close()
    shares = []
    for question in QUESTIONS:
        vector = library.embedder.embed_question(question)
        _, wanted = exact.search(vector.reshape(1, -1), _COMPARED)
        # The ranking compares all candidates exactly: what counts is that they are among them.
        found = {i for i, _ in library.search_vectors(vector, 6 * _COMPARED)}
        shares.append(len(found.intersection(wanted[0].tolist())) / _COMPARED)
    return mean(shares)


def measured(directory: Path, passages: int) -> dict[str, float | str]:
    """The figures of a library with so many passages."""
    with Library.open(directory) as library:
        start = time.perf_counter()
        before = library.status().passages
        grow(library, passages)
        grown = (time.perf_counter() - start) / max(library.status().passages - before, 1)
    with Library.open(directory) as library:
        library.search_words(library.terms("ferry"), 1)  # takes in what is new
    start = time.perf_counter()
    with Library.open(directory) as library:
        library.search_words(library.terms("ferry"), 1)
        library.search_vectors(np.zeros(384, np.float32), 1)
        opened = time.perf_counter() - start
        embedder, assistant = library.embedder, Assistant(library)
        assistant.ask(QUESTIONS[0])
        embed, _ = times(embedder.embed_question)
        vector = embedder.embed_question(QUESTIONS[1])
        dense = times(lambda _: library.search_vectors(vector, 60))
        words = times(lambda question: library.search_words(library.terms(question), 60))
        search, ask = times(assistant.search), times(assistant.ask)
        status = library.status()
        return {
            "passages": status.passages,
            "vectors": status.precision,
            "open s": round(opened, 2),
            "store ms/passage": round(1000 * grown, 2),
            "embed ms": round(embed, 1),
            "dense ms": round(dense[0], 2),
            "words ms": round(words[0], 2),
            "search p50/embed": round(search[0] / embed, 2),
            "search p95/embed": round(search[1] / embed, 2),
            "ask p50/embed": round(ask[0] / embed, 2),
            "ask p95/embed": round(ask[1] / embed, 2),
            "recall": round(recall(library), 3),
            "resident MB, at most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "file MB": round((directory / "library.db").stat().st_size / 1e6),
        }


def exponents(rows: list[dict[str, float | str]]) -> dict[str, float]:
    """The slope of each time against the size, both as logarithms."""
    sizes = [math.log(float(row["passages"])) for row in rows]
    names = ("open s", "dense ms", "words ms", "search p50/embed", "ask p50/embed")
    return {
        name: round(float(np.polyfit(sizes, [math.log(max(float(row[name]), 1e-3)) for row in rows], 1)[0]), 2)
        for name in names
    }


def main() -> None:
    sizes = sorted(int(argument.replace(",", "")) for argument in sys.argv[1:]) or list(SIZES)
    with tempfile.TemporaryDirectory() as folder:
        with Library.open(Path(folder) / "library") as library:
            library.add(EXAMPLES)
        rows = []
        for size in sizes:
            rows.append(measured(Path(folder) / "library", size))
            print(json.dumps(rows[-1]), flush=True)
    if len(rows) > 1:
        print("exponents:", json.dumps(exponents(rows)))


if __name__ == "__main__":
    main()
