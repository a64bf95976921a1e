"""Questions about a noun of speech: "What was Merkel's reaction?", "Any comment from Boeing?", "Kirby quotes"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.text import SPEECH_NOUNS, word_set

from .parts import AUXILIARIES, FORMS_OF_BE, QUESTION_WORDS, TOPIC_PREPOSITIONS, Clause, Complement, words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BEFORE_NOUN = QUESTION_WORDS | FORMS_OF_BE | word_set("any there the compare contrast some no have")
_OWNER_PREPOSITIONS = word_set("of by from")
_OWNER_END = word_set("on about to towards toward regarding concerning over")


def parse_noun_clause(doc: Doc) -> Clause | None:
    """Return the clause of a question that asks for somebody's statement by a noun; None for other questions."""
    for noun in doc:
        base = singular_speech_noun(noun.lower_)
        if base and noun.tag_.startswith("NN") and _is_asked(noun):
            owner, after = _owner(noun)
            if owner:
                while after and after[0].lower_ in TOPIC_PREPOSITIONS:
                    after = after[1:]
                first = doc[0].lower_
                word = first if first in QUESTION_WORDS else ""
                return Clause(word, base, Complement(owner, words_of(after)), is_noun=True)
    return None


def singular_speech_noun(noun: str) -> str:
    """Return the singular of a noun of speech, in lower case; empty for other words."""
    return next((one for one in (noun, noun.removesuffix("s"), noun.removesuffix("es")) if one in SPEECH_NOUNS), "")


def _is_asked(noun: Token) -> bool:
    """Return whether nothing but words of the question stands before a noun and its owner."""
    return all(token.lower_ in _BEFORE_NOUN or token.is_punct for token in noun.doc[: noun.left_edge.i])


def _owner(noun: Token) -> tuple[str, list[Token]]:
    """Return whose a noun is, and the words after that: "Merkel's reaction", "reaction of Merkel"."""
    doc = noun.doc
    after = [token for token in doc[noun.i + 1 :] if not token.is_punct]
    possessor = next((child for child in noun.lefts if child.dep_ == "poss"), None)
    if possessor is not None:
        return words_of(doc[possessor.left_edge.i : possessor.i + 1]), after
    if after and after[0].lower_ in _OWNER_PREPOSITIONS:
        end = next((n for n in range(1, len(after)) if after[n].lower_ in _OWNER_END), len(after))
        return words_of(after[1:end]), after[end:]
    if noun.i and noun.dep_ == "ROOT" and doc[0].lower_ not in QUESTION_WORDS | AUXILIARIES:
        return words_of(doc[: noun.i]), after  # "Kirby quotes"
    return "", after
