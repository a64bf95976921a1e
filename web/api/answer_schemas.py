"""JSON of questions and answers."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from index import Article
from rag import Answer, Mode, Turn

from .schemas import EXAMPLE_QUESTION, WORDS, ArticleOut, Body, HitOut, SpanOut, WhereBody


class TurnBody(Body):
    """An earlier question and its answer."""

    question: str
    answer: str = ""


class AskBody(Body):
    """A question, with the earlier turns of the conversation."""

    question: str = Field(examples=[EXAMPLE_QUESTION], json_schema_extra=WORDS)
    history: list[TurnBody] = Field(default=[], max_length=100, examples=[[]])
    mode: Mode | None = Field(
        default=None,
        description="“quotes” for exact quotes; “written” for checked sentences of the configured language model",
    )

    where: WhereBody | None = Field(default=None, description="answer only from articles that this selects")

    def turns(self) -> list[Turn]:
        """The earlier turns."""
        return [Turn(turn.question, turn.answer) for turn in self.history]


class CitationOut(BaseModel):
    """An exact quote: `article.text[start:end] == quote`, in code points.

    `emphasis` are the words in it that answer the question. `link` is the article's web address at the quote, with a
    text fragment; null if the article has no address. `prefix` and `suffix` are up to 32 characters around the quote,
    as in a W3C TextQuoteSelector.
    """

    model_config = ConfigDict(from_attributes=True)

    marker: int
    article_id: int
    quote: str
    start: int
    end: int
    emphasis: list[SpanOut]
    link: str | None
    prefix: str
    suffix: str


class UnsupportedOut(BaseModel):
    """A sentence of the language model that the articles don't support, and the reason."""

    model_config = ConfigDict(from_attributes=True)

    text: str
    reason: str


class AnswerOut(BaseModel):
    """An answer; if `abstained`, it has hits but no citations. `articles` are those of its citations and hits.

    `short_answer` are the words of the first citation that answer, null if there are none; `confidence` is how likely
    the first citation answers, between 0 and 1. `mode` is "quotes" or "written"; `rewritten_question` is the question
    as the language model rewrote it, if it did; `unsupported` are its sentences that the articles don't support, if the
    app is set to return them.
    """

    question: str
    rewritten_question: str
    mode: Mode
    text: str
    short_answer: str | None
    confidence: float
    abstained: bool
    unsupported: list[UnsupportedOut]
    citations: list[CitationOut]
    hits: list[HitOut]
    articles: list[ArticleOut]

    @classmethod
    def of(cls, answer: Answer, articles: list[Article]) -> Self:
        """The JSON of an answer."""
        return cls(
            question=answer.question,
            rewritten_question=answer.rewritten_question,
            mode=answer.mode,
            text=answer.text,
            short_answer=answer.short_answer,
            confidence=answer.confidence,
            unsupported=[UnsupportedOut.model_validate(sentence) for sentence in answer.unsupported],
            abstained=answer.abstained,
            citations=[CitationOut.model_validate(citation) for citation in answer.citations],
            hits=[HitOut.model_validate(hit) for hit in answer.hits],
            articles=[ArticleOut.model_validate(article) for article in articles],
        )
