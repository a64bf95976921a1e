"""What a question gets: an answer made of citations, or the statement that the articles don't tell."""

from __future__ import annotations

from dataclasses import dataclass, field

from index import Hit, Span


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
class Answer:
    """The answer to a question. Where it abstained there are hits to look at, but no citations."""

    question: str
    text: str
    citations: list[Citation] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    abstained: bool = False
