"""JSON of watches and counts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from index import Where
from rag import Counts

from ...watches import Match, Watch
from ..schemas import WORDS, Body, WhereBody


class WatchBody(Body):
    """A watch to add: a name, and exactly one of `query`, `question` and `speaker`."""

    name: str = Field(examples=["Air raids"], min_length=1, max_length=200)
    query: str | None = Field(default=None, examples=["air raid Kramatorsk"], json_schema_extra=WORDS)
    question: str | None = Field(default=None, json_schema_extra=WORDS)
    speaker: str | None = Field(default=None, json_schema_extra=WORDS)
    where: WhereBody | None = Field(default=None, description="only articles that this selects match")
    webhook: str | None = Field(default=None, description="address that new matches are sent to")


class OpmlBody(Body):
    """An OPML file, as feed readers export it."""

    opml: str = Field(min_length=1, examples=['<opml version="2.0"><body/></opml>'])


class WatchOut(BaseModel):
    """A watch. `matches` is the number of matches until now; `feed` is the path of its Atom feed.

    `failure` says why the last message to the webhook wasn't received; after many failures it `is_disabled`.
    """

    id: int
    name: str
    kind: Literal["query", "question", "speaker"]
    words: str
    where: WhereBody
    created: datetime
    matches: int
    feed: str
    webhook: str | None
    failure: str | None
    is_disabled: bool

    @classmethod
    def of(cls, watch: Watch) -> Self:
        """The JSON of a watch."""
        return cls(**_values(watch))


class NewWatchOut(WatchOut):
    """A new watch. `secret` verifies the messages to its webhook; it is shown only now."""

    secret: str | None

    @classmethod
    def of(cls, watch: Watch) -> Self:
        """The JSON of a new watch."""
        return cls(**_values(watch), secret=watch.secret)


class WatchesOut(BaseModel):
    """All watches, oldest first."""

    watches: list[WatchOut]
    total: int


class MatchOut(BaseModel):
    """A new article that matches a watch: `article.text[start:end] == quote`, in code points."""

    id: int
    article_id: int
    title: str
    publisher: str | None
    published: date | None
    url: str | None
    quote: str
    start: int
    end: int
    found: datetime

    @classmethod
    def of(cls, match: Match) -> Self:
        """The JSON of a match."""
        article = match.article
        return cls(
            id=match.id,
            article_id=article.id,
            title=article.title,
            publisher=article.publisher,
            published=article.published,
            url=article.url,
            quote=match.quote,
            start=match.start,
            end=match.end,
            found=match.found,
        )


class MatchesOut(BaseModel):
    """One page of matches, newest first. `total` includes matches in articles that were removed since."""

    matches: list[MatchOut]
    total: int
    next_cursor: str | None = None


class CountOut(BaseModel):
    """The number of one period (`since` and `until` are its ends) or of one outlet."""

    model_config = ConfigDict(from_attributes=True)

    key: str
    count: int
    since: date | None
    until: date | None


class CountsOut(BaseModel):
    """Exact numbers of articles or statements. `missing` have no date or, by outlet, no outlet."""

    model_config = ConfigDict(from_attributes=True)

    by: Literal["day", "week", "month", "publisher"]
    unit: Literal["articles", "statements"]
    counts: list[CountOut]
    missing: int
    total: int

    @classmethod
    def of(cls, counts: Counts) -> Self:
        """The JSON of counts."""
        return cls.model_validate(counts)


def _values(watch: Watch) -> dict[str, Any]:
    names = ("id", "name", "kind", "words", "created", "matches", "webhook", "failure", "is_disabled")
    return {
        **{name: getattr(watch, name) for name in names},
        "feed": f"/watches/{watch.id}.atom",
        "where": _where(watch),
    }


def _where(watch: Watch) -> WhereBody:
    # Without validation, which accepts days as texts only.
    fields: dict[str, Any] = {name: getattr(watch.where, name) for name in Where.field_names()}
    return WhereBody.model_construct(
        None, **{name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}
    )
