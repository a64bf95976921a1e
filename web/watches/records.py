"""A watch, a match, and their errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from index import Article, Span, Where

Kind = Literal["query", "question", "speaker"]


class WatchError(ValueError):
    """A watch can't be made as asked; the message says why."""


class WatchNotFound(LookupError):
    """No watch has this id."""

    def __init__(self, watch_id: int) -> None:
        super().__init__(f"No watch has the id {watch_id}.")
        self.watch_id = watch_id


@dataclass(frozen=True, slots=True)
class Watch:
    """A saved search, question or speaker.

    Attributes:
        kind: what `words` are: "query", "question" or "speaker".
        where: only articles that this filter selects match.
        key: a random name, part of the ids of its feed and messages.
        seen: the id of the last article that was compared with it.
        matches: number of matches until now, those in removed articles included.
        webhook: the address that new matches are sent to; None if they aren't sent.
        failure: why the last message couldn't be sent; None if it was sent.
        is_disabled: nothing is sent any more, after many failures.
        secret: the key of the signatures; only in what `Watches.watch` returns.
    """

    id: int
    name: str
    kind: Kind
    words: str
    where: Where
    key: str
    created: datetime
    seen: int
    matches: int = 0
    webhook: str | None = None
    failure: str | None = None
    is_disabled: bool = False
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Match:
    """An article that was added and matches a watch: `article.text[start:end] == quote`."""

    id: int
    watch_id: int
    article: Article = field(repr=False)
    start: int
    end: int
    found: datetime

    @property
    def quote(self) -> str:
        """The sentences that match best."""
        return Span(self.start, self.end).of(self.article.text)
