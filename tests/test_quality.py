"""Quality doesn't fall unseen: part of the bench, on the sample articles. `make bench` runs all of it."""

from __future__ import annotations

import pytest

from bench.gate import below
from bench.quality import Asking, Figures, measure, questions_in
from index import Library
from rag import Assistant


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
