"""A library as far as parsing questions depends on it, and a shortcut to parse with it."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from index.embedding import SentenceTransformerEmbedder, Vector
from rag import Turn
from rag.grammar import names_in
from rag.knowledge import QuestionKind, Senses, words_of_kind
from rag.question import Question, QuestionParser


class Knowledge:
    """A library in which everybody with a capitalised name is a speaker."""

    def __init__(self) -> None:
        self._embedder = SentenceTransformerEmbedder.load()
        self._senses = Senses(self._embedder)

    def people_in(self, words: str) -> list[str]:
        return list(names_in(words))

    def is_speaker(self, name: str) -> bool:
        return bool(names_in(name)) and " and " not in name

    def occurs(self, word: str) -> bool:
        return False

    def embed(self, question: str) -> Vector:
        return self._embedder.embed_question(question)

    def kind_of(self, question: Vector) -> QuestionKind:
        return self._senses.kind_of(question)

    def words_of_kind(self, kind: QuestionKind) -> frozenset[str]:
        return words_of_kind(kind)

    def is_speech_verb(self, verb: str) -> bool:
        return self._senses.is_speech_verb(verb)

    def is_view(self, noun: str) -> bool:
        return self._senses.is_view(noun)

    def publisher_named(self, words: str) -> str | None:
        return "The Post" if words.lower() in ("the post", "post") else None

    def today(self) -> date:
        return date(2026, 3, 15)

    def newest_day(self) -> date | None:
        return None


@cache
def question_parser() -> QuestionParser:
    """One parser for all tests: loading it takes seconds."""
    return QuestionParser(Knowledge())


def parse_question(text: str, history: Sequence[Turn] = ()) -> Question:
    """Parse a question against the stub."""
    return question_parser().parse(text, history)
