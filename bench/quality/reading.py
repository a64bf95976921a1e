"""Quality of the reader on questions with one passage each: python bench/quality/reading.py FILE [--reader SETTING]

FILE has lines of JSON as in training/examples.py. Prints F1 and exact matches of the words that answer, AUROC of
answerable questions against the others, the share of the others that is refused where 90 or 95 % are answered, and the
calibration of `Reading.answerable`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from rag.reading import load_reader
from rag.reading.model import MiniLMReader
from training.examples import load_examples, split, untitled
from training.reader import predict, print_table, tables
from training.scores import calibration_error

BINS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--reader", default="bundled", help="bundled, or the folder of a Hugging Face model")
    parser.add_argument("--aside", type=float, default=0, help="only the groups that training keeps aside, as there")
    parser.add_argument("--untitled", action="store_true", help="read passages without their titles")
    parser.add_argument("--limit", type=int, default=0, help="only the first questions")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()

    examples = load_examples(options.file)
    if options.aside:
        _, examples = split(examples, options.aside, 1)
    examples = examples[: options.limit or None]
    if options.untitled:
        examples = untitled(examples)
    reader = load_reader(options.reader)
    if not isinstance(reader, MiniLMReader):
        parser.error("--reader none has nothing to measure")
    begun = time.perf_counter()
    spans, margins = predict(reader, examples)
    seconds = time.perf_counter() - begun
    figures = tables(examples, spans, margins)
    print_table({reader.name: figures})

    chances = np.array([reader.probability(margin) for margin in margins])
    labels = np.array([example.answer is not None for example in examples])
    print(
        f"\ncalibration error {calibration_error(chances, labels, BINS):.3f}, {len(examples) / seconds:.1f} passages/s"
    )
    print("probability: mean in each tenth, share that is answerable")
    for part in np.array_split(chances.argsort(), BINS):
        if len(part):
            print(f"{chances[part].mean():8.2f}{labels[part].mean():8.2f}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
