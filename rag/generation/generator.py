"""The seam to language models: what is asked of one, and what it gives back before anything is checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from index import Span

from ..answer import Turn


class GeneratorFailed(Exception):
    """A language model gave no answer; the message says why, as what follows "the language model"."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a language model is given to read: `text` is what the article has at `span`, with hidden signs left out.

    `number` is the one by which the model refers to it, from 1 on. `speaker` is who says it, where it is a statement.
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
    """The words of a source that a sentence is said to rely on; empty where only the number was given."""

    source: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence as a language model wrote it, unchecked."""

    text: str
    quotes: tuple[DraftQuote, ...] = ()


class Generator(Protocol):
    """Something that words an answer."""

    name: str
    window: int  # tokens that it reads and writes in all

    def draft(self, question: str, sources: Sequence[Source], until: float) -> Iterator[DraftSentence]:
        """The sentences of an answer, as they come.

        Args:
            question: a question that stands by itself.
            sources: what it may rely on, the nearest first.
            until: when it has to be done, by `time.monotonic`.

        Raises:
            GeneratorFailed: it can't be reached, refuses, takes too long, breaks off or writes no end.
        """

    def rewrite(self, question: str, history: Sequence[Turn], until: float) -> str:
        """The question so that it stands by itself, after the turns before it.

        Raises:
            GeneratorFailed: as above.
        """
