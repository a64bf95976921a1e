"""What a reader does: it finds the words of a passage that answer a question, or that there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class ReaderUnavailable(Exception):
    """The reader can't be used. The message names the file and what to do; go on without a reader and show it."""


@dataclass(frozen=True, slots=True)
class AnswerSpan:
    """Words of a passage that may answer: `passage[start:end]`. Never empty; comparable within one `Reading`."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in one passage.

    Attributes:
        spans: the best spans, best first. They don't overlap. Empty only if the passage contains no words.
        not_here: score of "the passage doesn't answer", comparable with the scores of the spans.
        answerable: probability that the best span answers the question, between 0 and 1; comparable between passages.
    """

    spans: tuple[AnswerSpan, ...]
    not_here: float
    answerable: float

    @property
    def margin(self) -> float:
        """Score of the best span above "not here", comparable between passages. Minus infinity without spans."""
        return self.spans[0].score - self.not_here if self.spans else float("-inf")


class Reader(Protocol):
    """Reads a question together with passages. Thread-safe."""

    name: str

    def read(
        self, question: str, passages: Sequence[str], titles: Sequence[str] | None = None, k: int = 3
    ) -> list[Reading]:
        """One reading per passage, each with up to `k` spans. `titles` are those of the passages' articles."""
