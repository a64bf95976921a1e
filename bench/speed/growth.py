"""Growth of costs with a library: python bench/speed/growth.py [PASSAGES …] (default: 1,000, 10,000 and 100,000)

The library is filled with copies of the sample articles with other words and perturbed vectors. Each size is measured
in a separate process. Times of search and answers are ratios to embedding a question in the same run. An exponent of 1
means that twice the passages take twice the time. Draws docs/images/growth.svg with --plot.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import mean, quantiles

os.environ["OMP_NUM_THREADS"] = "1"  # before torch is loaded

import faiss
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.speed.answers import EXAMPLES, QUESTIONS
from bench.speed.grow import grow
from index import Library
from index.embedding.codec import unpack
from index.storage.database import Database
from rag import Assistant

SIZES = (1_000, 10_000, 100_000)
_TIMES = 40
_NEAREST, _CANDIDATES = 10, 60  # passages; the ranking rescores this many candidates exactly
_PLOT = Path(__file__).parents[2] / "docs" / "images" / "growth.svg"
_numbers = count(1)

Figures = dict[str, float | str]


def times(call: Callable[[str], object]) -> tuple[float, float]:
    """Median and 95th percentile of a call over 100 different questions, in milliseconds."""
    spent = []
    for number in range(_TIMES):
        asked = f"{QUESTIONS[number % len(QUESTIONS)]} {next(_numbers)}"
        start = time.perf_counter()
        call(asked)
        spent.append(1000 * (time.perf_counter() - start))
    cuts = quantiles(spent, n=20)
    return cuts[9], cuts[18]


def recall(library: Library) -> tuple[float, float]:
    """Recall of the ten nearest passages by exact cosine, among the first ten found and among the candidates."""
    lines = (Path(__file__).parents[1] / "quality" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    vectors = [library.embedder.embed_question(json.loads(line)["question"]) for line in lines[:50]]
    database = Database.open(library.directory / "library.db", library.embedder.name)
    exact = faiss.IndexIDMap2(faiss.IndexFlatIP(library.embedder.dim))
    for batch in database.vectors.since(0):
        stored = unpack(b"".join(blob for _, blob in batch)).reshape(len(batch), -1)
        exact.add_with_ids(stored, np.array([i for i, _ in batch], np.int64))
    database.close()
    _, wanted = exact.search(np.stack(vectors), _NEAREST)
    shares: dict[int, list[float]] = {_NEAREST: [], _CANDIDATES: []}
    for vector, nearest in zip(vectors, wanted.tolist(), strict=True):
        found = [passage_id for passage_id, _ in library.passages.by_vector(vector, _CANDIDATES)]
        for k, its in shares.items():
            its.append(len(set(found[:k]).intersection(nearest)) / _NEAREST)
    return mean(shares[_NEAREST]), mean(shares[_CANDIDATES])


def measured(directory: Path) -> Figures:
    """Measure a library."""
    start = time.perf_counter()
    with Library.open(directory) as library:
        library.passages.by_words(library.passages.terms("ferry"), 1)
        library.passages.by_vector(np.zeros(384, np.float32), 1)
        opened = time.perf_counter() - start
        embedder, assistant = library.embedder, Assistant(library)
        assistant.ask(QUESTIONS[0])
        embed, _ = times(embedder.embed_question)
        vector = embedder.embed_question(QUESTIONS[1])
        dense = times(lambda _: library.passages.by_vector(vector, _CANDIDATES))
        words = times(lambda question: library.passages.by_words(library.passages.terms(question), _CANDIDATES))
        search, ask = times(assistant.search), times(assistant.ask)
        status = library.status()
        figures: Figures = {
            "passages": status.passages,
            "vectors": status.precision,
            "open s": round(opened, 2),
            "embed ms": round(embed, 1),
            "dense p50 ms": round(dense[0], 2),
            "dense p95 ms": round(dense[1], 2),
            "words p50 ms": round(words[0], 2),
            "words p95 ms": round(words[1], 2),
            "search p50/embed": round(search[0] / embed, 2),
            "search p95/embed": round(search[1] / embed, 2),
            "ask p50/embed": round(ask[0] / embed, 2),
            "ask p95/embed": round(ask[1] / embed, 2),
            "resident MB": _resident(),
            "at most MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "file MB": round((directory / "library.db").stat().st_size / 1e6),
        }
        figures["recall@10"], figures["of candidates"] = (round(share, 3) for share in recall(library))
        return figures


def grown(directory: Path, passages: int) -> Figures:
    """Fill a library and measure it in another process."""
    with Library.open(directory) as library:
        before, start = library.status().passages, time.perf_counter()
        grow(library, passages)
        stored, middle = library.status().passages - before, time.perf_counter()
    with Library.open(directory) as library:
        library.passages.by_words(library.passages.terms("ferry"), 1)  # brings the index up to date
    end = time.perf_counter()
    command = [sys.executable, __file__, "--measure", str(directory)]
    figures: Figures = json.loads(subprocess.run(command, capture_output=True, check=True).stdout.splitlines()[-1])
    figures["store ms/passage"] = round(1000 * (middle - start) / max(stored, 1), 2)
    figures["index words ms/passage"] = round(1000 * (end - middle) / max(stored, 1), 3)
    return figures


def exponents(rows: list[Figures]) -> dict[str, float]:
    """Slope of each time against the size, on logarithmic scales."""
    sizes = [math.log(float(row["passages"])) for row in rows]
    names = ("open s", "dense p50 ms", "words p50 ms", "search p50/embed", "ask p50/embed")
    return {
        name: round(float(np.polyfit(sizes, [math.log(max(float(row[name]), 1e-3)) for row in rows], 1)[0]), 2)
        for name in names
    }


def plot(rows: list[Figures]) -> None:
    """Plot times against sizes, on logarithmic scales."""
    import matplotlib as mpl  # heavy, and needed only for the plot

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "growth", "svg.fonttype": "none"})  # reproducible output
    import matplotlib.pyplot as plt

    sizes = [float(row["passages"]) for row in rows]
    lines = {
        "open": [1000 * float(row["open s"]) for row in rows],
        "ask": [float(row["ask p50/embed"]) * float(row["embed ms"]) for row in rows],
        "search": [float(row["search p50/embed"]) * float(row["embed ms"]) for row in rows],
        "embed the question": [float(row["embed ms"]) for row in rows],
        "vectors": [float(row["dense p50 ms"]) for row in rows],
        "words": [float(row["words p50 ms"]) for row in rows],
    }
    figure, axes = plt.subplots(figsize=(7, 4.5))
    for name, spent in lines.items():
        slope = np.polyfit(np.log(sizes), np.log(np.maximum(spent, 0.01)), 1)[0]
        axes.loglog(sizes, spent, marker="o", label=f"{name}, exponent {slope:.2f}")
    axes.set(xlabel="passages", ylabel="milliseconds, median")
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)
    figure.savefig(_PLOT, metadata={"Date": None, "Creator": None}, bbox_inches="tight")


def _resident() -> int:
    """Current resident memory of this process in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() >> 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=list(SIZES), metavar="PASSAGES")
    parser.add_argument("--measure", type=Path, help="only measure the library in this directory")
    parser.add_argument("--plot", action="store_true")
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(measured(args.measure)))
        return
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        with Library.open(Path(folder) / "library") as library:
            library.add(EXAMPLES)
        for size in sorted(args.sizes):
            rows.append(grown(Path(folder) / "library", size))
            print(json.dumps(rows[-1]), flush=True)
    if len(rows) > 1:
        print("exponents:", json.dumps(exponents(rows)))
    if args.plot:
        plot(rows)


if __name__ == "__main__":
    main()
