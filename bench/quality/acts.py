"""Scores whether acts are distinguished from statements: python bench/quality/acts.py [FILE] [--misses]

Each line of the file is a sentence, and whether it reports a statement ("attacked the plan as reckless") or only an act
("attacked the convoy").
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from index.chunking.sentences import sentence_spans
from index.statements.parser import Parser
from index.statements.statements import find_statements

SENTENCES = Path(__file__).parent / "acts.jsonl"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", type=Path, nargs="?", default=SENTENCES)
    options.add_argument("--misses", action="store_true", help="print the sentences that were judged wrongly")
    chosen = options.parse_args()
    parser = Parser()
    counts: Counter[tuple[bool, bool]] = Counter()
    for line in chosen.file.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        sentence, expected = entry["sentence"], entry["is_statement"]
        is_found = bool(find_statements(0, sentence, sentence_spans(sentence), parser))
        counts[expected, is_found] += 1
        if chosen.misses and is_found != expected:
            print("missed" if expected else "act   ", sentence)
    right = counts[True, True]
    print(f"statements found: precision {100 * right / max(1, right + counts[False, True]):.1f} %", end="")
    print(f", recall {100 * right / max(1, right + counts[True, False]):.1f} % of {right + counts[True, False]}")
    print(f"acts taken for statements: {counts[False, True]} of {counts[False, True] + counts[False, False]}")


if __name__ == "__main__":
    main()
