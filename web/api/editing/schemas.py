"""JSON of changes by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..parameters import Day
from ..schemas import WORDS, ArticleId, Body

MAX_IDS = 10_000

Name = Annotated[str, Field(max_length=300, json_schema_extra=WORDS)]
Line = Annotated[str, Field(max_length=300)]


class EditBody(Body):
    """Fields to change; others stay. Null means unknown. `revert` names fields that get back what the source gives."""

    title: str = Field(default="", max_length=300, examples=["Bridge opens"], json_schema_extra=WORDS)
    publisher: Line | None = Field(default=None, examples=["Fjord Post"])
    author: Line | None = None
    published: Day | None = Field(default=None, examples=["2022-12-25"])
    revert: list[Literal["title", "publisher", "author", "published"]] = Field(default=[], max_length=4, examples=[[]])


class IdsBody(Body):
    """Articles."""

    ids: list[ArticleId] = Field(min_length=1, max_length=MAX_IDS, examples=[[1, 2]])


class RemovedOut(BaseModel):
    """An article that can be restored within a day."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    title: str
    removed: datetime


class MergeBody(Body):
    """Two speakers that are one; both get the name `other`."""

    name: Name = Field(examples=["J. Kirby"])
    other: Name = Field(examples=["John Kirby"])


class SeparateBody(Body):
    """A speaker that was merged into another one."""

    name: Name = Field(examples=["J. Kirby"])
