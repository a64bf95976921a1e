"""Training of the reader: labels, figures, and runs that resume."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from index.embedding import bundled_model_folder
from rag.reading.load import load_bundled
from rag.reading.windows import WindowCutter
from tests.conftest import ROOT
from training import publish, reader
from training.examples import Example, load_examples, other_passages, split, with_titles
from training.scores import auroc, calibration_error, f1, fit_logistic, normalize, refused_at, table

DATA = ROOT / "training" / "data" / "news.jsonl"


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return load_examples(DATA)


def test_the_answers_are_in_their_passages(examples: list[Example]) -> None:
    assert len(examples) == 3_183
    assert sum(example.answer is None for example in examples) == 1_512


def test_an_answer_at_the_wrong_offset_is_refused(tmp_path: Path) -> None:
    row = {"source": "news", "group": "1", "question": "Who?", "context": "Ann left.", "answer": "Ann", "start": 1}
    (tmp_path / "data.jsonl").write_text(json.dumps(row), "utf-8")
    with pytest.raises(ValueError, match="line 1"):
        load_examples(tmp_path / "data.jsonl")


def test_whole_groups_are_kept_aside(examples: list[Example]) -> None:
    training, aside = split(examples, 0.1, 1)
    assert len(training) + len(aside) == len(examples)
    assert not {example.group for example in training} & {example.group for example in aside}
    assert len({example.group for example in aside}) == 32
    assert split(examples, 0.1, 1) == (training, aside)
    assert split(examples, 0.1, 2) != (training, aside)


def test_other_passages_do_not_contain_the_answer(examples: list[Example]) -> None:
    answers = {example.question: str(example.answer) for example in examples}
    negatives = other_passages(examples, 0.2, 1)
    assert len(negatives) > 400
    assert all(example.answer is None for example in negatives)
    assert not [example for example in negatives if answers[example.question] in example.passage]


def test_titles_are_dropped_for_a_share() -> None:
    titled = [Example("wikipedia", "Rhine", "Who?", "Ann left.", None, None, "Rhine")] * 100
    kept = sum(bool(example.title) for example in with_titles(titled, 0.5, random.Random(1)))
    assert 30 < kept < 70


def test_labels_are_the_tokens_of_the_answer(examples: list[Example]) -> None:
    cutter = WindowCutter(Tokenizer.from_file(str(bundled_model_folder() / "tokenizer.json")))
    for window, first, last in reader.label_windows(reader.windows_of(cutter, examples), examples):
        example = examples[window.passage]
        if example.answer is None:
            assert (first, last) == (0, 0)
        else:
            start, end = window.starts[first - window.first], window.ends[last - window.first]
            assert example.answer in example.passage[start:end]
            assert len(example.passage[start:end]) < len(example.answer) + 3


def test_only_the_window_with_the_whole_answer_is_labelled() -> None:
    cutter = WindowCutter(Tokenizer.from_file(str(bundled_model_folder() / "tokenizer.json")), 40)
    passage = "The town met in the hall. " * 20 + "Ann Cole left the room. " + "The town met in the hall. " * 20
    start = passage.index("Ann Cole")
    examples = [Example("news", "1", "Who left?", passage, start, start + 8)]
    labelled = reader.label_windows(reader.windows_of(cutter, examples), examples)
    assert len(labelled) > 5
    found = [(window, first, last) for window, first, last in labelled if first]
    assert found
    for window, first, last in found:
        assert passage[window.starts[first - window.first] : window.ends[last - window.first]] == "Ann Cole"


@pytest.mark.parametrize(
    ("found", "expected", "score"),
    [("The Bergen", "Bergen", 1), ("Kari Nilsen", "Nilsen", 2 / 3), ("212", "213", 0), ("", "Bergen", 0)],
)
def test_f1_compares_words(found: str, expected: str, score: float) -> None:
    assert f1(found, expected) == pytest.approx(score)
    assert (normalize(found) == normalize(expected)) == (score == 1)


def test_figures_of_a_perfect_and_of_a_blind_reader() -> None:
    answers = ["a1", None, "b2", None]
    perfect = table(["a1", "x", "b2", "y"], np.array([2.0, -1.0, 1.0, -2.0]), answers)
    assert (perfect["f1"], perfect["exact"], perfect["auroc"], perfect["refused_at_90"]) == (1, 1, 1, 1)
    assert auroc(np.zeros(4), np.array([True, False, True, False])) == 0.5
    assert refused_at(np.zeros(4), np.array([True, False, True, False]), 0.9) == 0


def test_the_logistic_curve_is_found_again() -> None:
    chance = np.random.default_rng(1)
    scores = chance.normal(size=20_000) * 3
    labels = chance.random(20_000) < 1 / (1 + np.exp(-(0.7 * scores - 0.5)))
    (slope,), offset = fit_logistic(scores[:, None], labels)
    assert slope == pytest.approx(0.7, abs=0.05)
    assert offset == pytest.approx(-0.5, abs=0.05)
    assert calibration_error(1 / (1 + np.exp(-(slope * scores + offset))), labels) < 0.02
    assert calibration_error(np.full(20_000, 0.99), labels) > 0.3


def test_a_resumed_run_ends_with_the_same_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
    few = [row for row in rows if row["group"] <= "own-03"]
    data = tmp_path / "data.jsonl"
    data.write_text("\n".join(json.dumps(row) for row in few), "utf-8")
    options = ["--data", str(data), "--batch", "4", "--epochs", "0.8", "--save-every", "2", "--out"]

    reader.main([*options, str(tmp_path / "whole")])
    learn = reader.Run.learn

    def stopped(run: reader.Run, loss: torch.Tensor) -> None:
        if run.step == 3:
            raise KeyboardInterrupt
        learn(run, loss)

    with monkeypatch.context() as patch:
        patch.setattr(reader.Run, "learn", stopped)
        with pytest.raises(KeyboardInterrupt):
            reader.main([*options, str(tmp_path / "resumed")])
    reader.main([*options, str(tmp_path / "resumed")])

    states: list[dict[str, Any]] = [
        torch.load(tmp_path / name / "checkpoint.pt", weights_only=True) for name in ("whole", "resumed")
    ]
    assert states[0]["step"] == states[1]["step"] == 5
    for name, value in states[0]["average"].items():
        assert torch.allclose(value, states[1]["average"][name], atol=1e-6), name

    weights = tmp_path / "weights" / "reader.safetensors"
    publish.main([str(tmp_path / "whole"), str(tmp_path / "resumed"), "--data", str(data), "--out", str(weights)])
    card = json.loads(weights.with_suffix(".json").read_text("utf-8"))
    assert card["data"] == {"project": len(few)}
    [reading] = load_bundled(weights).read(few[0]["question"], [few[0]["context"]])
    assert reading.spans
