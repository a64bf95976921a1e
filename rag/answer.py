"""Answers with their citations, and the earlier turns of a conversation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from index import Hit, Span

Mode = Literal["quotes", "written"]


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the same conversation, with the text of its answer."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """An exact quote: `article.text[start:end] == quote`.

    Attributes:
        marker: its number in the answer: 1 for [1].
        article_id: the quoted article.
        quote: the quoted words.
        start: offset of the quote in the article's text.
        end: offset of its end.
        passage_id: the passage that contains the quote, if known.
        emphasis: the words that answer, as spans in the article: the short answer, or without a reader the dates,
            numbers or names that the question asks for.
        url: the article's web address, if it has one.
        prefix: the characters before the quote in the article, at most 32.
        suffix: the characters after it, at most 32.
        directive: the text directive that finds the quote in the article's page ("text=…").
    """

    marker: int
    article_id: int
    quote: str
    start: int
    end: int
    passage_id: int | None = None
    emphasis: tuple[Span, ...] = ()
    url: str | None = None
    prefix: str = ""
    suffix: str = ""
    directive: str = ""

    @property
    def link(self) -> str | None:
        """The article's web address at the quote, which browsers highlight there; None without an address."""
        if self.url is None or not self.directive:
            return self.url
        address = self.url.split(":~:", 1)[0]
        return f"{address}{'' if '#' in address else '#'}:~:{self.directive}"

    def selector(self) -> list[dict[str, str | int]]:
        """The quote as W3C Web Annotation selectors, each of which selects it: by its words, and by its place.

        Start and end are code points of the article's text in this library.
        """
        return [
            {"type": "TextQuoteSelector", "exact": self.quote, "prefix": self.prefix, "suffix": self.suffix},
            {"type": "TextPositionSelector", "start": self.start, "end": self.end},
        ]


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A sentence by a language model that the articles don't support, and the reason."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question.

    Attributes:
        question: the question as the user asked it.
        text: the text, with markers such as [1].
        citations: the quotes, in the order of their markers.
        hits: the best passages, also if `abstained`.
        abstained: whether no answer was found; if so, there are no citations. An answer about the library itself, or to
            a greeting, has no citations either, but doesn't abstain.
        mode: "quotes" if the text consists of exact quotes; "written" if a language model generated it, with each
            sentence followed by the markers of the quotes that support it.
        rewritten_question: a follow-up question as the language model rewrote it; empty if it didn't.
        unsupported: generated sentences that the articles don't support, if they are to be shown.
        short_answer: the words of the first citation that answer: a name, a date, a number, a phrase. None if the
            question asks for more than a few words (why, how, yes or no, what someone said) or there is no reader.
        confidence: how likely the first citation answers the question, between 0 and 1.
    """

    question: str
    text: str
    citations: list[Citation] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    abstained: bool = False
    mode: Mode = "quotes"
    rewritten_question: str = ""
    unsupported: list[Unsupported] = field(default_factory=list)
    short_answer: str | None = None
    confidence: float = 0.0
