"""Quality doesn't fall unseen: part of the bench, on the sample articles. `make bench` runs all of it."""

from __future__ import annotations

import json

import pytest

from bench.quality.figures import Asking, Figures, measure, questions_in
from bench.quality.gate import below
from index import Library
from rag import Assistant
from tests.conftest import EXAMPLES, ROOT


@pytest.fixture(scope="module")
def figures(samples: Library) -> Figures:
    asking = Asking(samples, Assistant(samples), questions_in(None)[::3])
    return measure(asking, ["answers", "abstention", "followups"])


def test_no_figure_is_below_its_floor(figures: Figures) -> None:
    assert below("every third of samples", figures) == []
    assert {"answer@1", "answered", "refused", "followups", "unverifiable"} <= figures.keys()


def test_the_gate_tells_what_is_worse(figures: Figures) -> None:
    worse = {**figures, "answer@1": 0.1, "unverifiable": 1.0}
    assert [line.split(" is ")[0] for line in below("every third of samples", worse)] == ["answer@1", "unverifiable"]


def test_the_grounding_set_fits_the_samples() -> None:
    rows = [json.loads(line) for line in (ROOT / "bench/quality/grounding.jsonl").read_text("utf-8").splitlines()]
    assert (len(rows), sum(row["supported"] for row in rows)) == (300, 150)
    for row in rows:
        if row["set"] == "samples":
            text = (EXAMPLES / row["file"]).read_text("utf-8")
            quotes = [text[start:end] for start, end in row["quotes"]]
            assert all(quote == quote.strip() and quote[-1] in '.!?”"' for quote in quotes), row
            assert row["sentence"] not in quotes
