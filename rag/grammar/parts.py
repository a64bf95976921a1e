"""The parts of a clause, and words by what they do in a question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.text import QUESTION_VERBS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

QUESTION_WORDS = word_set("what who whom whose which how when where why whether")
# Auxiliaries before a verb in its base form.
BASE_FORM_AUXILIARIES = word_set("do does did would will can could should may might must 'd")
FORMS_OF_BE = word_set("is was are were am 's")
AUXILIARIES = BASE_FORM_AUXILIARIES | FORMS_OF_BE | word_set("has have had 've")
NEGATIONS = word_set("n't not")
# Adverbs that belong to the verb.
ADVERBS = NEGATIONS | word_set(
    "else also actually publicly just ever really both finally first even exactly then again"
)
# Prepositions and conjunctions before what was spoken about.
TOPIC_PREPOSITIONS = word_set(
    "about on regarding concerning over of to against for at with in into that whether if towards"
)


@dataclass(frozen=True, slots=True)
class Complement:
    """What follows a verb.

    Attributes:
        agent: who did it, in a passive clause: "by Kirby".
        topic: what follows the verb, without particles, listeners, agents and a preposition before it.
        preposition: the preposition before the topic; empty without one.
        target: the head noun of the verb's object; empty without an object.
        particle: the particle of a phrasal verb: "in" of "weighed in".
        has_clause: it contains a clause: "that Mars is habitable".
        has_predicate: the object has a predicate: "called the plan reckless", "hailed it as a miracle".
    """

    agent: str = ""
    topic: str = ""
    preposition: str = ""
    target: str = ""
    particle: str = ""
    has_clause: bool = False
    has_predicate: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """The main clause of a question.

    Attributes:
        question_word: "who", "what", "how", … in lower case, "by" for "by whom"; empty without one.
        verb: the base form of the main verb, or the noun of speech that the question is about: "reaction".
        kind: the noun of "which politicians" and "what promises", the adjective of "how many"; empty without one.
        is_noun: `verb` is a noun, and the agent of the complement is whose it is.
        is_passive: the subject is what the verb is done to.
        subject: the words of the subject; empty if the question word is the subject.
        complement: what follows the verb.
    """

    question_word: str
    verb: str
    complement: Complement
    kind: str = ""
    is_noun: bool = False
    is_passive: bool = False
    subject: str = ""


def base_form(verb: Token) -> str:
    """Return the base form of a verb."""
    return QUESTION_VERBS.get(verb.lower_) or verb.lemma_.lower()


def words_of(tokens: Iterable[Token]) -> str:
    """Return the words of tokens with single spaces between them."""
    return " ".join("".join(token.text_with_ws for token in tokens).split())
