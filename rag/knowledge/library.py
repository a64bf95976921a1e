"""What parsing a question needs to know about a library."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Protocol

from index import Library
from index.embedding import Vector
from index.text import FUNCTION_WORDS, fold_name

from .senses import QuestionKind, Senses, words_of_kind
from .speakers import SpeakerFinder

_MIN_LETTERS = 3  # of a word of a name


class FilterContext(Protocol):
    """What parsing the filters of a question depends on."""

    def today(self) -> date:
        """Return the user's current date."""

    def newest_day(self) -> date | None:
        """Return the publication day of the newest article, if any has a date."""

    def publisher_named(self, words: str) -> str | None:
        """Return the outlet with this name, with or without "the"."""


class LibraryKnowledge(FilterContext, Protocol):
    """What parsing a question depends on."""

    def is_speaker(self, name: str) -> bool:
        """Return whether the articles quote a speaker of this name, which may be misspelt."""

    def people_in(self, words: str) -> list[str]:
        """Return the people in a text who are speakers in the articles, in order of mention, by their fullest names."""

    def occurs(self, word: str) -> bool:
        """Return whether an article contains a word."""

    def embed(self, question: str) -> Vector:
        """Return the embedding of a question: float32 [dim]."""

    def kind_of(self, question: Vector) -> QuestionKind:
        """Return the kind of a question, given its embedding."""

    def words_of_kind(self, kind: QuestionKind) -> frozenset[str]:
        """Return the words, in lower case, of known questions of a kind."""

    def is_speech_verb(self, verb: str) -> bool:
        """Return whether a verb, in its base form, reports words rather than deeds."""

    def is_view(self, noun: str) -> bool:
        """Return whether a noun names what one may be for or against rather than a thing."""


class IndexedKnowledge:
    """`LibraryKnowledge` that reads the indexes of a library."""

    def __init__(self, library: Library, speakers: SpeakerFinder) -> None:
        self._library = library
        self._speakers = speakers

    @cached_property
    def _senses(self) -> Senses:
        return Senses(self._library.embedder)  # loads the model, which the app does after its page is built

    def is_speaker(self, name: str) -> bool:
        """Return whether the articles quote a speaker of this name, which may be misspelt."""
        return bool(self._speakers.find(name).speakers)

    def people_in(self, words: str) -> list[str]:
        """Return the people in a text who are speakers in the articles, in order of mention, by their fullest names."""
        named = [word for word in fold_name(words) if len(word) >= _MIN_LETTERS and word not in FUNCTION_WORDS]
        names = self._library.speech.names_with(named)
        speakers = self._library.speech.speakers(names=names) if names else []
        positions = {
            speaker.name: [named.index(word) for word in fold_name(speaker.name) if word in named]
            for speaker in speakers
            if speaker.is_person
        }
        return sorted((name for name, found in positions.items() if found), key=lambda name: min(positions[name]))

    def occurs(self, word: str) -> bool:
        """Return whether an article contains a word."""
        return any(self._library.passages.occurs(term) for term in self._library.passages.terms(word))

    def embed(self, question: str) -> Vector:
        """Return the embedding of a question: float32 [dim]."""
        return self._library.embedder.embed_question(question)

    def kind_of(self, question: Vector) -> QuestionKind:
        """Return the kind of a question, given its embedding."""
        return self._senses.kind_of(question)

    def words_of_kind(self, kind: QuestionKind) -> frozenset[str]:
        """Return the words, in lower case, of known questions of a kind."""
        return words_of_kind(kind)

    def is_speech_verb(self, verb: str) -> bool:
        """Return whether a verb, in its base form, reports words rather than deeds."""
        return self._senses.is_speech_verb(verb)

    def is_view(self, noun: str) -> bool:
        """Return whether a noun names what one may be for or against rather than a thing."""
        return self._senses.is_view(noun)

    def publisher_named(self, words: str) -> str | None:
        """Return the outlet with this name, with or without "the"."""
        wanted = fold_name(words)
        return next((name for name in self._library.publishers() if fold_name(name) == wanted), None)

    def today(self) -> date:
        """Return the user's current date."""
        return date.today()

    def newest_day(self) -> date | None:
        """Return the publication day of the newest article, if any has a date."""
        return self._library.catalog.newest_day()
