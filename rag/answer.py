"""What a question gets: an answer made of citations, or the statement that the articles don't tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from index import Hit, Span

Mode = Literal["quotes", "written"]


def checked_mode(word: str) -> Mode:
    """The way of answering that a word names.

    Raises:
        ValueError: it names none.
    """
    for mode in get_args(Mode):
        if word == mode:
            return mode  # type: ignore[no-any-return]
    raise ValueError(f"the mode is {word!r}; it must be one of {', '.join(get_args(Mode))}")


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the same conversation, with the text of its answer."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """An exact quote: `article.text[start:end] == quote`. `marker` is its number in the answer, [1] and so on.

    `emphasis` are the dates, numbers or names in it that were asked for, as spans in the article.
    """

    marker: int
    article_id: int
    quote: str
    start: int
    end: int
    passage_id: int | None = None
    emphasis: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A sentence of a language model that the articles don't support, and why not."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question. Where it abstained there are hits to look at, but no citations.

    Attributes:
        mode: "quotes" where the text is made of exact quotes, "written" where a language model worded it; then each
            sentence stands before the markers of the quotes that support it.
        rewritten_question: the question as a language model rewrote it after the turns before; empty where it didn't.
        unsupported: what a language model wrote and the articles don't support, where that is to be shown.
    """

    question: str
    text: str
    citations: list[Citation] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    abstained: bool = False
    mode: Mode = "quotes"
    rewritten_question: str = ""
    unsupported: list[Unsupported] = field(default_factory=list)
