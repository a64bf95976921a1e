"""JSON of requests and responses, with examples."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from index import Report, Where
from index.storage import MAX_IDS

from ..messages import api as texts
from .parameters import MAX_SAFE_INTEGER, Day, Languages, Names

EXAMPLE_QUESTION = "What did Kirby say?"
# Of texts that have to contain a word. Not checked here: the assistant explains what is wrong.
WORDS: dict[str, Any] = {"minLength": 1, "pattern": r"[\p{L}\p{N}]"}


def _require_whole_number(value: object) -> object:
    if isinstance(value, bool | str):  # pydantic would accept true and "3"
        raise ValueError("must be a whole number")
    return value


WholeNumber = Annotated[int, BeforeValidator(_require_whole_number)]
# The limits first: after a validator, they would be missing from the schema.
ArticleId = Annotated[int, Field(ge=1, le=MAX_SAFE_INTEGER), BeforeValidator(_require_whole_number)]


class Body(BaseModel):
    """A request. Unknown fields are an error."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def refuse_unknown_fields(cls, value: object) -> object:
        """Name the first unknown field, and those that are known.

        Raises:
            ValueError: there is one.
        """
        if isinstance(value, dict) and (unknown := [name for name in value if name not in cls.model_fields]):
            raise ValueError(texts.unknown_field(str(unknown[0])[:100], ", ".join(sorted(cls.model_fields))))
        return value


class WhereBody(Body):
    """Selects articles: those that match every field that is given, by one of its values.

    Names are compared without regard to case and accents: outlets in full, authors and speakers also in part.
    `speakers` selects articles with statements by them. Undated articles match neither `since` nor `until`.
    """

    publishers: Names = Field(default=[], description="outlets", examples=[["Daily Post"]])
    authors: Names = Field(default=[], description="authors", examples=[[]])
    since: Day | None = Field(default=None, description="first day of publication", examples=["2022-01-01"])
    until: Day | None = Field(default=None, description="last day of publication", examples=[None])
    languages: Languages = Field(default=[], description="ISO 639-1 codes", examples=[["en"]])
    tags: Names = Field(default=[], description="tags", examples=[[]])
    collections: Names = Field(default=[], description="collections", examples=[[]])
    speakers: Names = Field(default=[], description="speakers with statements in the articles", examples=[[]])
    article_ids: list[ArticleId] = Field(default=[], max_length=MAX_IDS, description="ids of articles", examples=[[]])


def filter_of(body: WhereBody | None) -> Where | None:
    """The filter of a request."""
    return Where(**dict(body)) if body else None


class SearchBody(Body):
    """A search query."""

    query: str = Field(examples=["air raid Kramatorsk"], json_schema_extra=WORDS)
    k: WholeNumber = Field(default=10, ge=1, le=100, description="maximum number of hits", examples=[3])
    where: WhereBody | None = Field(default=None, description="search only in articles that this selects")


class PassageOut(BaseModel):
    """A slice of an article: `article.text[start:end] == text`, in code points."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    article_id: int
    text: str
    start: int
    end: int


class HitOut(BaseModel):
    """A relevant passage; higher scores are better. `also_in` are near-duplicate articles that contain most of it."""

    model_config = ConfigDict(from_attributes=True)

    passage: PassageOut
    score: float
    also_in: list[int]


class ArticleOut(BaseModel):
    """An article without its text. `edited` names the fields that were edited by hand."""

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
    edited: list[str]
    added: datetime
    replaced: datetime | None
    replaced_by: int | None


class ArticleWithText(ArticleOut):
    """An article with its text, to which all offsets refer.

    `revisions` are the ids of its earlier versions, latest first. If it was `replaced` itself, `replaced_by` is the
    id of the newest version.
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

    `content` is what was said, as spans; without its sentence it may mean the opposite ("denied that …").
    `mention` is the speaker as written in the sentence; if `inferred`, it is a pronoun or a role, or the sentence
    continues a quotation. `is_direct`: all words of the content are in quotation marks. `via` is who reports the
    statement, if not the author of the article ("he said it was over, sources reported"), or empty. `is_negated`: the
    article says that this was not said ("did not dispute", "refused to criticise").
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
    via: str
    is_negated: bool


class SpeakerOut(BaseModel):
    """A person or group with statements in the articles; `names` are all names under which these are stored.

    `merged` are names of other speakers that were merged into this one by hand.
    """

    model_config = ConfigDict(from_attributes=True)

    name: str
    names: list[str]
    roles: list[str]
    statements: int
    articles: int
    first: date | None
    last: date | None
    is_person: bool
    merged: list[str]


class SpeakersOut(BaseModel):
    """One page of speakers, those with the most statements first."""

    speakers: list[SpeakerOut]
    total: int
    next_cursor: str | None = None


class FailureOut(BaseModel):
    """A source that couldn't be added, and why."""

    model_config = ConfigDict(from_attributes=True)

    source: str
    reason: str


class SkippedOut(BaseModel):
    """A part of a source that wasn't read although nothing failed, such as a column, and why."""

    model_config = ConfigDict(from_attributes=True)

    source: str
    reason: str


class ReportOut(BaseModel):
    """The result of adding: article ids, and the first sources that failed or were skipped.

    `more_failures` and `more_skipped` are the numbers of others.
    """

    model_config = ConfigDict(from_attributes=True)

    added: list[int]
    updated: list[int]
    unchanged: list[int]
    failed: list[FailureOut]
    more_failures: int = 0
    skipped: list[SkippedOut]
    more_skipped: int = 0

    @classmethod
    def of(cls, report: Report, more_failures: int, more_skipped: int) -> Self:
        """The JSON of a report."""
        counts = {"more_failures": more_failures, "more_skipped": more_skipped}
        return cls.model_validate(report).model_copy(update=counts)


class ArticlesOut(BaseModel):
    """One page of articles, last added first. `next_cursor` is the `cursor` of the next page, null on the last one."""

    articles: list[ArticleOut]
    total: int
    next_cursor: str | None = None


class StatementsOut(BaseModel):
    """One page of statements."""

    statements: list[StatementOut]
    total: int
    next_cursor: str | None = None


class StatusOut(BaseModel):
    """The state of the library.

    `embedded` passages can be found by meaning; the statements of `articles_processed` articles are known.
    `arithmetic` is the number format in which the embedding model multiplies: "full" or "bfloat16".
    `reader` is the model that reads passages: "bundled", a folder or "none", or why it can't be used.
    `language_model` is the model that generates answers in mode "written"; null if none is configured.
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
    arithmetic: str
    is_complete: bool
    language_model: str | None = None
    reader: str = ""


class ErrorDetail(BaseModel):
    """An error, for programs (`code`) and for people (`message`)."""

    code: str
    message: str


class ErrorOut(BaseModel):
    """The body of every error."""

    error: ErrorDetail
