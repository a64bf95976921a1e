"""Measure grounding, the check of written answers: python bench/quality/grounding.py [FILE …] [--library DIR] [-v]

Reads `grounding.jsonl`, `grounding-second.jsonl` and `grounding-third.jsonl`, or the given files. Prints the shares of
unsupported sentences that are caught and of supported sentences that are kept. For the first file, at least .97 must be
caught and .90 kept. `-v` prints the errors.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

BENCH = Path(__file__).parent
sys.path.insert(0, str(BENCH.parents[1]))

from index import Article, Library, Span
from rag.verification.grounding import Grounding

EVAL = BENCH.parents[2] / "shared" / "eval"
FOLDERS = {
    "samples": BENCH.parents[1] / "examples" / "articles",
    "squad-visible": EVAL / "squad-visible" / "articles",
    "polnear-dev": EVAL / "polnear-dev" / "articles",
}
FILES = [BENCH / f"{name}.jsonl" for name in ("grounding", "grounding-second", "grounding-third")]
MIN_SHARES = {"caught": 0.97, "kept": 0.9}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=FILES)
    parser.add_argument("--library", type=Path, help="where to store the articles; default: a temporary directory")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    sets = {file.stem: [json.loads(line) for line in file.read_text("utf-8").splitlines()] for file in options.files}
    with tempfile.TemporaryDirectory() as folder, Library.open(options.library or folder) as library:
        library.add(*sorted({path_of(case) for cases in sets.values() for case in cases}))
        results = {name: figures(library, cases, options.verbose) for name, cases in sets.items()}
    for name, shares in results.items():
        print(name, json.dumps(shares))
    return int(any(results.get("grounding", MIN_SHARES)[share] < minimum for share, minimum in MIN_SHARES.items()))


def path_of(case: dict[str, Any]) -> Path:
    return FOLDERS[case["set"]] / case["file"]


def figures(library: Library, cases: list[dict[str, Any]], is_verbose: bool) -> dict[str, float]:
    """Return the share of supported sentences kept, and of unsupported ones caught, in all and by kind."""
    articles = {Path(article.source).name: article for article in library.articles()}
    grounding = Grounding(library)
    correct: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        article = articles[case["file"]]
        raw = path_of(case).read_text(encoding="utf-8")
        verdict = grounding.judge(case["sentence"], [(article, locate(article, raw[a:b])) for a, b in case["quotes"]])
        is_correct = verdict.is_supported == case["supported"]
        correct["kept" if case["supported"] else "caught"].append(is_correct)
        if not case["supported"]:
            correct[f"caught: {case['kind']}"].append(is_correct)
        if is_verbose and not is_correct:
            print(f"{case['kind']}: {case['sentence']}  <{verdict.reason}>")
            for a, b in case["quotes"]:
                print(f"    {raw[a:b]}")
    return {kind: round(sum(hits) / len(hits), 4) for kind, hits in sorted(correct.items())}


def locate(article: Article, quote: str) -> Span:
    """Return the position in the article of a quote from the file, whose white space may differ."""
    words = r"\s+".join(map(re.escape, quote.split()))
    match = re.search(words, article.text)
    if match is None:
        raise ValueError(f"{article.source} doesn't contain {quote!r}")
    return Span(*match.span())


if __name__ == "__main__":
    sys.exit(main())
