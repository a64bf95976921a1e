"""What is kept of a conversation: frozen values, and the JSON of an answer."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter

from index import Article, Library, Where
from rag import Answer, Mode, Turn

from ..answer_articles import articles_of

State = Literal["waiting", "answered", "stopped", "failed"]


class ConversationNotFound(LookupError):
    """No conversation has this id, or it was deleted, or it has no such question."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation.

    Attributes:
        id: unguessable; whoever knows it may be shown the conversation.
        title: the first question, until it is renamed.
        where: the filter of its questions, in JSON.
        turns: the number of its questions.
    """

    id: str
    title: str
    created: datetime
    updated: datetime
    where: str = "{}"
    turns: int = 0


@dataclass(frozen=True, slots=True)
class RemovedArticle(Article):
    """An article that was removed from the library. Its text has only what an answer quotes, at the same places."""


@dataclass(frozen=True)
class StoredAnswer:
    """An answer with what was known of its articles when it was given, so that it outlasts them."""

    answer: Answer
    articles: list[Article] = field(default_factory=list)

    @classmethod
    def of(cls, answer: Answer, articles: list[Article]) -> StoredAnswer:
        """An answer to keep. Of the articles, everything but the text is kept."""
        return cls(answer, [replace(article, text="", origins={}) for article in articles])

    @classmethod
    def from_json(cls, text: str) -> StoredAnswer:
        """Read what `to_json` wrote. Fields that are missing have their defaults; others are ignored."""
        return _JSON.validate_json(text)

    def to_json(self) -> str:
        """The JSON to keep."""
        return _JSON.dump_json(self).decode("utf-8")

    def articles_in(self, library: Library) -> dict[int, Article]:
        """The articles of the answer by id, as the library has them now.

        Of a removed one, the text consists of its quotes and passages at their places, with spaces between them.
        """
        found = {article.id: article for article in articles_of(library, self.answer)}
        return {article.id: found.get(article.id) or self._removed(article) for article in self.articles}

    def _removed(self, article: Article) -> Article:
        known = [(c.start, c.quote) for c in self.answer.citations if c.article_id == article.id]
        passages = [hit.passage for hit in self.answer.hits]
        known += [(passage.start, passage.text) for passage in passages if passage.article_id == article.id]
        text = ""
        for start, words in sorted(known):
            text = text[:start].ljust(start) + words + text[start + len(words) :]
        return RemovedArticle(**{item.name: getattr(article, item.name) for item in fields(article)} | {"text": text})


_JSON = TypeAdapter(StoredAnswer)
WHERE_JSON = TypeAdapter(Where)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of a conversation, and its answer.

    Attributes:
        id: of the row; unique for good.
        number: its place in the conversation, from 1.
        state: "waiting" until there is an answer; "stopped" by the user; "failed", with a `notice` that says why.
        where: its filter, in JSON.
        answer: in JSON, see `StoredAnswer`; a stopped one may be incomplete, or missing.
    """

    id: int
    conversation: str
    number: int
    question: str
    mode: Mode
    state: State = "waiting"
    notice: str = ""
    answer: str | None = None
    where: str = "{}"

    def filter(self) -> Where | None:
        """The filter of the question; None for all articles."""
        where = WHERE_JSON.validate_json(self.where)
        return None if where.is_empty else where

    def stored(self) -> StoredAnswer | None:
        """The answer, if there is one."""
        return StoredAnswer.from_json(self.answer) if self.answer else None

    def turn(self) -> Turn | None:
        """The exchange as context of the questions after it; None without an answer."""
        stored = self.stored()
        return Turn(self.question, stored.answer.text) if stored else None
