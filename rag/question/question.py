"""A parsed question."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import ClassVar, Literal

from ..errors import EmptyQuestion, QuestionTooLong
from .answer_type import AnswerType, expects_list
from .filters import NO_FILTERS, QuestionFilters
from .speech_acts import SpeechAct

MAX_QUESTION_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True)
class Question:
    """A parsed question, independent of earlier ones.

    Attributes:
        text: the question as typed.
        query: the search query: the question with its references to earlier ones resolved, or the subject of a
            question of kind "article" or "mentions".
        kind: "fact", "statements" (what speakers said), "article" (what an article is about) or "mentions" (which
            articles mention the subject).
        names: the capitalised names in the query.
        topic: the query without question words.
        speakers: for kind "statements", the names of the speakers; empty for anyone.
        excluded: names of speakers to leave out ("who else?").
        about: what the speakers spoke about.
        filters: the articles that the question is restricted to.
        speech_act: the speech act that was asked for.
        statements_only: only a speaker's own words are an answer.
        is_about_inherited: `about` comes from an earlier question.
        asks_for_date: the question asks when the statements were made.
        is_broad: everything that is related to the topic is an answer.
        quotation: words whose speaker the question asks for; empty for other questions.
        offset: number of statements that earlier answers have shown.
        person_antecedents: the people that "he" or "she" in the next question may refer to, most likely first.
        thing_antecedent: what "it" in the next question refers to.
    """

    MAX_STATEMENTS: ClassVar[int] = 12  # in an answer

    text: str
    query: str
    kind: Literal["fact", "statements", "article", "mentions"]
    names: tuple[str, ...]
    topic: str
    speakers: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    about: str | None = None
    filters: QuestionFilters = NO_FILTERS
    speech_act: SpeechAct | None = None
    statements_only: bool = False
    is_about_inherited: bool = False
    asks_for_date: bool = False
    is_broad: bool = False
    quotation: str = ""
    offset: int = 0
    person_antecedents: tuple[str, ...] = ()
    thing_antecedent: str | None = None

    @property
    def answer_type(self) -> AnswerType | None:
        """The type of answer that the question asks for, if it is recognised."""
        return AnswerType.of(self.query)

    @property
    def expects_list(self) -> bool:
        """True if the question asks for several things."""
        return expects_list(self.query)


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
