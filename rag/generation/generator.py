"""The interface of language models: what one receives, and the unverified sentences that it returns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from index import Span

from ..answer import Turn

TIMED_OUT = "The language model took too long to answer."


@dataclass(frozen=True, slots=True)
class Source:
    """A part of an article that a language model may rely on.

    Attributes:
        number: the number by which the model refers to the source, from 1.
        article_id: the article.
        span: the position of the text in the article.
        text: the text, without invisible characters and unsafe paragraphs.
        speaker: who says it, if it is a statement.
        publisher: the outlet of the article.
        published: the date of the article.
    """

    number: int
    article_id: int
    span: Span
    text: str
    speaker: str | None = None
    publisher: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class DraftQuote:
    """Words of a source that a sentence relies on; empty if the model gave only the number of the source."""

    source: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence as a language model wrote it, not yet verified."""

    text: str
    quotes: tuple[DraftQuote, ...] = ()


class Generator(Protocol):
    """A language model that writes answers."""

    name: str
    window: int  # context window, in tokens

    def draft(self, question: str, sources: Sequence[Source], deadline: float) -> Iterator[DraftSentence]:
        """Yield the sentences of an answer as they are generated.

        Args:
            question: a standalone question.
            sources: what the answer may rely on, most relevant first.
            deadline: the time by which the answer must be complete, on the clock `time.monotonic`.

        Raises:
            GeneratorFailed: the model is unreachable, refuses, is too slow, disconnects or writes too much.
        """

    def rewrite(self, question: str, history: Sequence[Turn], deadline: float) -> str:
        """Rewrite a follow-up question as a standalone question.

        Raises:
            GeneratorFailed: as for `draft`.
        """
