"""The best spans of a passage by the scores of their first and last tokens."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .windows import Numbers

_MAX_TOKENS = 40  # in one span; 99 % of answers have fewer

Scores = npt.NDArray[np.float32]


def best_spans(first: Scores, last: Scores, words: Numbers, k: int) -> list[tuple[int, int, float]]:
    """The best spans that don't overlap, best first: first and last token, and the sum of their scores.

    A span covers whole words: tokens that are the middle of a word don't begin it, nor do they end it.
    """
    count = len(first)
    length = min(_MAX_TOKENS, count)
    begins = np.concatenate([[True], words[1:] != words[:-1]])
    ends = np.concatenate([words[1:] != words[:-1], [True]])
    first = np.where(begins, first, -np.inf)
    last = np.concatenate([np.where(ends, last, -np.inf), np.full(length - 1, -np.inf)])
    sums = first[:, None] + np.lib.stride_tricks.sliding_window_view(last, length)  # [token, tokens after it]
    order = _top(sums.ravel(), k)
    found: list[tuple[int, int, float]] = []
    for at in order:
        start, after = divmod(int(at), length)
        score = float(sums[start, after])
        if not np.isfinite(score) or len(found) == k:
            break
        if all(start + after < other or start > end for other, end, _ in found):
            found.append((start, start + after, score))
    return found


def _top(scores: Scores, k: int) -> Sequence[int]:
    """Indexes of the best scores, best first: enough for k spans that don't overlap, usually."""
    if k == 1:
        return [int(scores.argmax())]
    many = min(len(scores), 100 * k)
    best = np.argpartition(-scores, many - 1)[:many]
    return [int(at) for at in best[np.argsort(-scores[best], kind="stable")]]
