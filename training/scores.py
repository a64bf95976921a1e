"""Figures of a reader: words that answer, and whether there is an answer."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation + "“”‘’–—")


def normalize(text: str) -> list[str]:
    """Words as SQuAD compares them: lower case, without punctuation and articles."""
    return _ARTICLES.sub(" ", text.casefold().translate(_NO_PUNCTUATION)).split()


def f1(found: str, expected: str) -> float:
    """Overlap of the words of two answers."""
    ours, theirs = normalize(found), normalize(expected)
    shared = sum((Counter(ours) & Counter(theirs)).values())
    if not shared:
        return float(ours == theirs)
    precision, recall = shared / len(ours), shared / len(theirs)
    return 2 * precision * recall / (precision + recall)


def auroc(scores: Numbers, labels: npt.NDArray[np.bool_]) -> float:
    """Probability that a random positive has a higher score than a random negative."""
    order = scores.argsort(kind="stable")
    _, inverse, counts = np.unique(scores[order], return_inverse=True, return_counts=True)
    mean_rank = (counts.cumsum() - (counts - 1) / 2)[inverse]
    ranks = np.empty(len(scores))
    ranks[order] = mean_rank
    positives = int(labels.sum())
    negatives = len(labels) - positives
    if not positives or not negatives:
        return float("nan")
    return float((ranks[labels].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def refused_at(scores: Numbers, labels: npt.NDArray[np.bool_], answered: float) -> float:
    """Share of the questions without answer that are refused where this share of the others is answered."""
    threshold = np.quantile(scores[labels], 1 - answered)
    return float((scores[~labels] < threshold).mean())


def calibration_error(chances: Numbers, labels: npt.NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error, over bins of equal size."""
    order = chances.argsort()
    parts = [part for part in np.array_split(order, bins) if len(part)]
    gaps = [abs(chances[part].mean() - labels[part].mean()) * len(part) for part in parts]
    return float(sum(gaps) / len(chances))


def fit_logistic(features: Numbers, labels: npt.NDArray[np.bool_], steps: int = 200) -> tuple[Numbers, float]:
    """Weights and offset of a logistic regression from features (one row per label), by Newton's method."""
    design = np.column_stack([features, np.ones(len(labels))])
    weights = np.zeros(design.shape[1])
    for _ in range(steps):
        chances = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (labels - chances) - 1e-3 * weights
        curvature = (design * (chances * (1 - chances))[:, None]).T @ design + 1e-3 * np.eye(len(weights))
        change = np.linalg.solve(curvature, gradient)
        weights += change
        if np.abs(change).max() < 1e-9:
            break
    return weights[:-1], float(weights[-1])


def table(spans: Sequence[str], margins: Numbers, answers: Sequence[str | None]) -> dict[str, float]:
    """All figures: the best span of each passage and its margin over "not here", against the right answers."""
    labels = np.array([answer is not None for answer in answers])
    pairs = [(span, answer) for span, answer in zip(spans, answers, strict=True) if answer is not None]
    return {
        "questions": len(answers),
        "f1": float(np.mean([f1(span, answer) for span, answer in pairs])),
        "exact": float(np.mean([normalize(span) == normalize(answer) for span, answer in pairs])),
        "auroc": auroc(margins, labels),
        "refused_at_90": refused_at(margins, labels, 0.90),
        "refused_at_95": refused_at(margins, labels, 0.95),
    }
