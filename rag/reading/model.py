"""A reader on a network with a question-answering head."""

from __future__ import annotations

import inspect
import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .network import batches, score_windows
from .reader import AnswerSpan, Reading
from .spans import best_spans
from .windows import MAX_TOKENS, Window, WindowCutter

_SPECIAL_TOKENS = 4  # room for those of any model


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns a margin into a probability by a logistic curve."""

    slope: float = 1.0
    offset: float = 0.0

    def probability(self, margin: float) -> float:
        """Probability that the passage answers."""
        return 1 / (1 + math.exp(-max(min(self.slope * margin + self.offset, 700), -700)))


class MiniLMReader:
    """A `Reader` on the bundled MiniLM, or on any other network for extractive question answering. Thread-safe."""

    def __init__(self, name: str, network: Any, tokenizer: Any, padding: int, calibration: Calibration) -> None:
        self.name = name
        self._network = network.eval()
        self._padding = padding
        self._calibration = calibration
        positions = int(getattr(network.config, "max_position_embeddings", 0) or MAX_TOKENS)
        self._cutter = WindowCutter(tokenizer, min(MAX_TOKENS, positions - _SPECIAL_TOKENS))
        self._has_types = "token_type_ids" in inspect.signature(network.forward).parameters
        self._lock = threading.Lock()  # one forward pass at a time: they share the processor's cores

    def read(
        self, question: str, passages: Sequence[str], titles: Sequence[str] | None = None, k: int = 3
    ) -> list[Reading]:
        """Read the question with each passage. A passage longer than the model's window is read in several.

        At most 96 tokens of the question and 32 of a title are read.
        """
        return self.read_pairs([question] * len(passages), passages, titles or [""] * len(passages), k)

    def read_pairs(
        self, questions: Sequence[str], passages: Sequence[str], titles: Sequence[str], k: int = 3
    ) -> list[Reading]:
        """Read each question with its own passage."""
        windows = self._cutter.cut(questions, passages, titles)
        found: list[list[AnswerSpan]] = [[] for _ in passages]
        not_here = [0.0] * len(passages)
        for group in batches(windows):
            chosen = [windows[at] for at in group]
            with self._lock:
                scored = score_windows(self._network, chosen, self._padding, self._has_types)
            for window, (first, last, null) in zip(chosen, scored, strict=True):
                # Measured from "not here" of its own window, so that windows of one passage can be compared.
                spans = best_spans(first, last, window.words, k)
                found[window.passage] += [_span(window, start, end, score - null) for start, end, score in spans]
                not_here[window.passage] = null
        return [self._reading(spans, null, k) for spans, null in zip(found, not_here, strict=True)]

    def probability(self, margin: float) -> float:
        """Probability that a passage with this margin answers."""
        return self._calibration.probability(margin)

    def _reading(self, spans: list[AnswerSpan], not_here: float, k: int) -> Reading:
        chosen: list[AnswerSpan] = []
        for span in sorted(spans, key=lambda span: (-span.score, span.start)):
            if len(chosen) < k and all(span.end <= other.start or span.start >= other.end for other in chosen):
                chosen.append(span)
        if not chosen:
            return Reading((), not_here, 0.0)
        absolute = tuple(AnswerSpan(span.start, span.end, span.score + not_here) for span in chosen)
        return Reading(absolute, not_here, self._calibration.probability(chosen[0].score))


def _span(window: Window, start: int, end: int, score: float) -> AnswerSpan:
    return AnswerSpan(int(window.starts[start]), int(window.ends[end]), score)
