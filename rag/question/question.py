"""Parsed questions: a type for each kind of question, independent of earlier questions."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import ClassVar, Literal

from ..errors import EmptyQuestion, QuestionTooLong
from .filters import NO_FILTERS, QuestionFilters
from .search_query import SearchQuery
from .speech_acts import SpeechAct

MAX_QUESTION_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """A question about a fact.

    Attributes:
        text: the question as typed.
        query: the question with its references to earlier ones resolved.
        topic: the query without question words.
        filters: the articles that the question is restricted to.
        compared: in a comparison, the side that the question is about, and the other side; sentences about the other
            side alone don't answer.
    """

    text: str
    query: SearchQuery
    topic: str
    filters: QuestionFilters = NO_FILTERS
    compared: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class SpeechQuestion:
    """A question about what speakers said, or about who said something.

    Attributes:
        text: the question as typed.
        query: the question with its references to earlier ones resolved.
        topic: the names of the speakers and what they spoke about.
        speakers: the names of the speakers; empty for anyone.
        about: what the speakers spoke about.
        filters: the articles that the question is restricted to.
        speech_act: the speech act that was asked for.
        statements_only: only a speaker's own words are an answer.
        is_broad: everything that is related to the topic is an answer.
        quotation: words whose speaker the question asks for; empty for other questions.
        may_be_deed: the question may ask for what the speakers did rather than said.
        excluded: names of speakers to leave out ("who else?").
        is_about_inherited: `about` comes from an earlier question.
        asks_for_date: the question asks when the statements were made.
        offset: number of statements that earlier answers have shown.
    """

    MAX_STATEMENTS: ClassVar[int] = 12  # in an answer

    text: str
    query: SearchQuery
    topic: str
    speakers: tuple[str, ...] = ()
    about: str | None = None
    filters: QuestionFilters = NO_FILTERS
    speech_act: SpeechAct | None = None
    statements_only: bool = False
    is_broad: bool = False
    quotation: str = ""
    may_be_deed: bool = False
    excluded: tuple[str, ...] = ()
    is_about_inherited: bool = False
    asks_for_date: bool = False
    offset: int = 0


@dataclass(frozen=True, slots=True)
class OverviewQuestion:
    """A question about articles as wholes.

    Attributes:
        text: the question as typed.
        query: the subject.
        kind: "article" (what an article about the subject says) or "mentions" (which articles mention it).
        filters: the articles that the question is restricted to.
    """

    text: str
    query: SearchQuery
    kind: Literal["article", "mentions"]
    filters: QuestionFilters = NO_FILTERS

    @property
    def topic(self) -> str:
        """The subject."""
        return self.query.text


@dataclass(frozen=True, slots=True)
class LibraryQuestion:
    """A question about the library itself.

    Attributes:
        text: the question as typed.
        kind: what is asked for: the number of articles, the newest or oldest ones, the outlets, or what is in it.
        filters: the articles that the question is restricted to.
    """

    text: str
    kind: Literal["count", "newest", "oldest", "outlets", "contents"]
    filters: QuestionFilters = NO_FILTERS


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """A text that asks nothing about articles: a greeting, thanks, a farewell or a request for help."""

    text: str
    kind: Literal["greeting", "thanks", "farewell", "help"]


# Questions that the articles answer.
ArticleQuestion = FactQuestion | SpeechQuestion | OverviewQuestion
Question = ArticleQuestion | LibraryQuestion | SmallTalk


def normalize_question(text: str) -> str:
    """Normalise the white space and the Unicode form of a question, a search query or a name.

    Raises:
        EmptyQuestion: the text contains no words.
        QuestionTooLong: the text is too long.
    """
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")  # lone surrogates can't be encoded
    words = " ".join(unicodedata.normalize("NFC", text).split())
    if len(words) > MAX_QUESTION_CHARACTERS:
        raise QuestionTooLong(len(words), MAX_QUESTION_CHARACTERS)
    if not any(character.isalnum() for character in words):
        raise EmptyQuestion
    return words
