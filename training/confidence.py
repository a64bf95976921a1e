"""Fit the confidence after reading (`rag.quotes.abstention.with_reading`): how likely the best quote answers.

python -m training.confidence DATA [DATA …]

Asks the questions of the groups that the reader was not trained on, over a library of their passages, and prints the
weights of a logistic regression with its calibration: fitted on half of the groups and measured on the others.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

import rag.reading
from index import Library
from rag import OptionalReader
from rag.knowledge import IndexedKnowledge, SpeakerFinder
from rag.question import FactQuestion, QuestionParser
from rag.quotes.abstention import THRESHOLDS, measure_support, with_reading
from rag.quotes.reading import read_best_passages
from rag.quotes.sentences import find_quotes
from rag.retrieval import rank_for_question

from .examples import Example, load_examples, split
from .scores import Numbers, auroc, calibration_error, fit_logistic

FEATURES = ("nearness", "margin")
_CARD = Path(rag.reading.__file__).parent / "weights" / "reader.json"


def kept_aside(paths: Sequence[Path]) -> list[Example]:
    """The examples of the groups that the bundled reader wasn't trained on; `paths` are the data of its training."""
    settings = json.loads(_CARD.read_text("utf-8"))["runs"][-1]["settings"]
    examples = [example for path in paths for example in load_examples(path)]
    return split(examples, settings["aside"], settings["split_seed"])[1]


def fill(library: Library, examples: Sequence[Example], folder: Path) -> None:
    """Add one article per group: its title and its passages."""
    passages: dict[str, dict[str, str]] = defaultdict(dict)
    for example in examples:
        passages[example.group][example.passage] = example.title
    for number, (group, texts) in enumerate(passages.items()):
        title = next(iter(texts.values())) or group
        (folder / f"{number}.txt").write_text("\n\n".join([title, *texts]), encoding="utf-8")
    library.add(folder)


def rows(library: Library, examples: Sequence[Example]) -> Iterator[tuple[dict[str, float], bool, str]]:
    """For each question that is read: the features, whether the best quote answers, and the group."""
    reader = OptionalReader().load()
    if reader is None:
        raise SystemExit("The reader can't be used; see the log.")
    parser = QuestionParser(IndexedKnowledge(library, SpeakerFinder(library)))
    for example in examples:
        question = parser.parse(example.question)
        if not isinstance(question, FactQuestion):
            continue
        ranking = rank_for_question(library, question)
        support = measure_support(library, question, ranking)
        if support.confidence < THRESHOLDS["balanced"]:
            continue
        readings = read_best_passages(library, reader, question.query, ranking)
        quotes = find_quotes(library, question, ranking, readings)
        if not quotes:
            continue
        best = quotes[0]
        answers = example.answer is not None and example.answer in best.text and best.text in example.passage
        yield with_reading(support, best).features, answers, example.group


def report(features: Numbers, labels: np.ndarray, groups: Sequence[str]) -> None:
    """Print the calibration on groups that the fit didn't see, then the weights fitted on all of them."""
    chances = np.empty(len(labels))
    half = np.array([sorted(set(groups)).index(group) % 2 for group in groups], dtype=bool)
    for fitted in (half, ~half):
        weights, bias = fit_logistic(features[fitted], labels[fitted])
        chances[~fitted] = 1 / (1 + np.exp(-(features[~fitted] @ weights + bias)))
    print(f"{len(labels)} questions, {labels.mean():.3f} answered right, AUROC {auroc(chances, labels):.3f},", end=" ")
    print(f"calibration error {calibration_error(chances, labels):.3f} on the groups left out")
    weights, bias = fit_logistic(features, labels)
    print("bias", round(bias, 2), {name: round(float(value), 3) for name, value in zip(FEATURES, weights, strict=True)})


def main() -> None:
    """Ask, fit and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("data", nargs="+", type=Path)
    examples = kept_aside(options.parse_args().data)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "articles"
        folder.mkdir()
        with Library.open(Path(scratch) / "library") as library:
            fill(library, examples, folder)
            found = list(rows(library, examples))
    features = np.array([[row[name] for name in FEATURES] for row, _, _ in found])
    report(features, np.array([right for _, right, _ in found]), [group for _, _, group in found])


if __name__ == "__main__":
    main()
