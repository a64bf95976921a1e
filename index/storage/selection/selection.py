"""A choice of articles, as a condition in SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from ...records import Period
from .labels import Kind, label_key

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Selection:
    """A choice of articles. Valid until the library changes.

    Attributes:
        conditions: conditions on the columns of `articles`, each with its value; all must be true.
        speakers: stored names of the speakers whose statements are chosen; None for all.
        passages: ids of the passages that are chosen for search; None for all of the articles.
    """

    conditions: tuple[tuple[str, str], ...] = ()
    speakers: tuple[str, ...] | None = None
    passages: tuple[int, ...] | None = None

    @property
    def is_everything(self) -> bool:
        """Whether all articles are chosen."""
        return not self.conditions and self.passages is None

    def only(self, passage_ids: Iterable[int]) -> Selection:
        """This selection with these passages only."""
        return replace(self, passages=tuple(passage_ids))

    @property
    def sql(self) -> str:
        """The condition on the columns of `articles`, with parameters marked by "?"."""
        return " AND ".join(["true", *(sql for sql, _ in self.conditions)])

    @property
    def values(self) -> tuple[str, ...]:
        """The values of the parameters."""
        return tuple(value for _, value in self.conditions)

    def __and__(self, other: Selection) -> Selection:
        """The articles of both selections."""
        conditions = tuple(dict.fromkeys([*self.conditions, *other.conditions]))
        return Selection(conditions, _both(self.speakers, other.speakers), _both(self.passages, other.passages))


EVERYTHING = Selection()


def _both(one: tuple[T, ...] | None, other: tuple[T, ...] | None) -> tuple[T, ...] | None:
    """What is in both; None means everything."""
    if one is None or other is None:
        return other if one is None else one
    allowed = set(other)
    return tuple(item for item in one if item in allowed)


def one_of(column: str, values: Iterable[Any]) -> Selection:
    """The articles with one of these values in a column."""
    return Selection(((f"articles.{column} IN (SELECT value FROM json_each(?))", json.dumps(list(values))),))


def outlet_like(part: str) -> Selection:
    """The articles of outlets whose name contains this."""
    return Selection((("articles.publisher LIKE ? ESCAPE '\\'", like_pattern(part)),))


def like_pattern(words: str) -> str:
    """A LIKE pattern that matches texts containing these words."""
    escaped = words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def published_in(period: Period) -> Selection:
    """The articles published in a period."""
    days = ((">=", period.since), ("<=", period.until))
    return Selection(tuple((f"articles.published {sign} ?", day.isoformat()) for sign, day in days if day))


def labelled(kind: Kind, names: Iterable[str]) -> Selection:
    """The articles with one of these tags or collections."""
    query = (
        "SELECT article_id FROM labelled JOIN labels ON labels.id = label_id"
        f" WHERE kind = '{kind}' AND key IN (SELECT value FROM json_each(?))"
    )
    return Selection(((f"articles.id IN ({query})", json.dumps([label_key(name) for name in names])),))


def quoting(stored_names: Iterable[str]) -> Selection:
    """The articles with statements of these stored speakers."""
    names = tuple(stored_names)
    query = (
        "SELECT article_id FROM statements WHERE speaker_id IN"
        " (SELECT id FROM speakers WHERE name IN (SELECT value FROM json_each(?)))"
    )
    return Selection(((f"articles.id IN ({query})", json.dumps(names)),), names)
