"""How well the checker tells supported sentences from others: python bench/grounding.py [FILE …] [--library DIR] [-v]

Reads `grounding.jsonl`, `grounding-second.jsonl` and `grounding-third.jsonl`, or the FILEs. Of the first one,
unsupported sentences are to be caught (≥ .97) and supported ones kept (≥ .90). `-v` shows the wrong ones.
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
LEAST = {"caught": 0.97, "kept": 0.9}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=FILES)
    parser.add_argument("--library", type=Path, help="where to keep the articles; a temporary folder without it")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    sets = {file.stem: [json.loads(line) for line in file.read_text("utf-8").splitlines()] for file in options.files}
    with tempfile.TemporaryDirectory() as folder, Library.open(options.library or folder) as library:
        library.add(*sorted({path_of(case) for cases in sets.values() for case in cases}))
        found = {name: figures(library, cases, options.verbose) for name, cases in sets.items()}
    for name, shares in found.items():
        print(name, json.dumps(shares))
    return int(any(found.get("grounding", LEAST)[share] < least for share, least in LEAST.items()))


def path_of(case: dict[str, Any]) -> Path:
    return FOLDERS[case["set"]] / case["file"]


def figures(library: Library, cases: list[dict[str, Any]], is_verbose: bool) -> dict[str, float]:
    """Share of the unsupported sentences that are caught and of the supported ones that are kept, by kind."""
    articles = {Path(article.source).name: article for article in library.articles()}
    grounding = Grounding(library)
    right: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        article = articles[case["file"]]
        raw = path_of(case).read_text(encoding="utf-8")
        verdict = grounding.judge(case["sentence"], [(article, placed(article, raw[a:b])) for a, b in case["quotes"]])
        is_right = verdict.is_supported == case["supported"]
        right["kept" if case["supported"] else "caught"].append(is_right)
        if not case["supported"]:
            right[f"caught: {case['kind']}"].append(is_right)
        if is_verbose and not is_right:
            print(f"{case['kind']}: {case['sentence']}  <{verdict.reason}>")
            for a, b in case["quotes"]:
                print(f"    {raw[a:b]}")
    return {kind: round(sum(found) / len(found), 4) for kind, found in sorted(right.items())}


def placed(article: Article, quote: str) -> Span:
    """Where a quote of the file stands in the article, whose white space is folded."""
    words = r"\s+".join(map(re.escape, quote.split()))
    found = re.search(words, article.text)
    if found is None:
        raise ValueError(f"{article.source} doesn't hold {quote!r}")
    return Span(*found.span())


if __name__ == "__main__":
    sys.exit(main())
