"""The JSON of the HTTP API: what it takes and gives, with examples."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from index import Article, Hit, Library, Report, Statement
from rag import Answer

EXAMPLE_QUESTION = "What did Kirby say?"


class Body(BaseModel):
    """A request: what it doesn't know is an error."""

    model_config = ConfigDict(extra="forbid")


class SearchBody(Body):
    """What to search for."""

    query: str = Field(examples=["air raid Kramatorsk"])
    k: int = Field(default=10, description="at most that many hits, 1 to 100", examples=[3])


class PassageOut(BaseModel):
    """A slice of an article: `article.text[start:end] == text`, in code points."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    article_id: int
    text: str
    start: int
    end: int


class HitOut(BaseModel):
    """A passage that fits, with its score: higher is better. `also_in` are near-duplicates that hold most of it too."""

    model_config = ConfigDict(from_attributes=True)

    passage: PassageOut
    score: float
    also_in: list[int]


class ArticleOut(BaseModel):
    """An article without its text."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    title: str
    source: str
    sources: list[str]
    url: str | None
    publisher: str | None
    author: str | None
    published: date | None
    modified: date | None
    language: str | None
    origins: dict[str, str]
    added: datetime
    replaced: datetime | None
    replaced_by: int | None


class ArticleWithText(ArticleOut):
    """An article with its text, in which all offsets count.

    `revisions` are the ids of its earlier texts, the latest first. An article that was `replaced` tells by which.
    """

    text: str
    revisions: list[int] = []


class SpanOut(BaseModel):
    """A half-open range of code points of an article's text."""

    model_config = ConfigDict(from_attributes=True)

    start: int
    end: int


class StatementOut(BaseModel):
    """Something a speaker said: `article.text[start:end] == text`, whole sentences, in code points.

    `said` are the words that were said; outside of their sentence they may mean the opposite ("denied that …").
    `mention` is the speaker as written there; where `inferred`, it stands for `speaker` by a pronoun, a role or a
    quotation that goes on.
    """

    model_config = ConfigDict(from_attributes=True)

    article_id: int
    speaker: str
    role: str | None
    mention: str
    cue: str
    text: str
    start: int
    end: int
    content: list[SpanOut]
    is_direct: bool
    inferred: bool


class SpeakerOut(BaseModel):
    """Somebody who speaks in the articles; `names` are all the names under which the statements are kept."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    names: list[str]
    roles: list[str]
    statements: int
    articles: int
    first: date | None
    last: date | None
    is_person: bool


class SpeakersOut(BaseModel):
    """One page of speakers, those with the most statements first."""

    speakers: list[SpeakerOut]
    total: int


class FailureOut(BaseModel):
    """A source that could not be added, and why."""

    model_config = ConfigDict(from_attributes=True)

    source: str
    reason: str


class ReportOut(BaseModel):
    """What adding did: article ids, and the sources that failed."""

    model_config = ConfigDict(from_attributes=True)

    added: list[int]
    updated: list[int]
    unchanged: list[int]
    failed: list[FailureOut]


class ArticlesOut(BaseModel):
    """One page of the list of articles, last added first."""

    articles: list[ArticleOut]
    total: int


class StatementsOut(BaseModel):
    """One page of statements."""

    statements: list[StatementOut]
    total: int


class StatusOut(BaseModel):
    """What is in the library; `embedded` passages can be found by meaning, `articles_read` were read for statements.

    `language_model` is the name of what words answers in mode "written", if anything does.
    """

    model_config = ConfigDict(from_attributes=True)

    articles: int
    passages: int
    embedded: int
    articles_processed: int
    statements: int
    speakers: int
    embedder: str
    precision: str
    is_complete: bool
    language_model: str | None = None


# What people are told where the library's files fail; the log has the reason, which names places of the machine.
LIBRARY_FAILED = "The library can't be read or written just now; the app's log says why."


class ErrorDetail(BaseModel):
    """What went wrong, for programs (`code`) and for people (`message`)."""

    code: str
    message: str


class ErrorOut(BaseModel):
    """The body of every error."""

    error: ErrorDetail


def hits_out(hits: list[Hit]) -> list[HitOut]:
    """The JSON of hits."""
    return [HitOut.model_validate(hit) for hit in hits]


def statements_out(statements: list[Statement]) -> list[StatementOut]:
    """The JSON of statements."""
    return [StatementOut.model_validate(statement) for statement in statements]


def report_out(report: Report) -> ReportOut:
    """The JSON of a report."""
    return ReportOut.model_validate(report)


def articles_of(library: Library, answer: Answer) -> list[Article]:
    """The articles that an answer mentions, in the order of its citations and hits."""
    ids = dict.fromkeys([c.article_id for c in answer.citations] + [h.passage.article_id for h in answer.hits])
    found = library.articles_by_id(ids)
    return [found[article_id] for article_id in ids if article_id in found]
