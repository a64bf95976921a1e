"""Whether a cue is negated: "did not dispute", "refused to criticise", "no longer believes", "neither A nor B said"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

from ...text import NEGATORS, VERB_LEMMAS, word_set
from .cues import NEGATING_VERBS

# Verbs and adjectives that say that what they govern didn't happen: "stopped short of calling", "is unwilling to say".
_PREVENTING = NEGATING_VERBS | word_set("""
    refusing declining failing stops stop stopping ceased ceases cease ceasing avoided avoids avoid avoiding refrained
    refrains refrain refraining hesitated hesitates hesitate hesitating unwilling unable reluctant refusal short
""")
_EXTENDING = {"only", "just", "merely", "simply", "least"}  # "not only said": the negation is of the word
_GOVERNED = {"xcomp", "pcomp", "ccomp", "acl"}
_MAX_STEPS = 4  # to the verb on which a cue depends


def is_negated(cue: Token) -> bool:
    """Return whether a sentence says that a cue didn't happen. Two negations cancel out ("did not hesitate to say")."""
    negated = _is_negated_itself(cue) != _prevents_cue(cue)
    if cue.dep_ == "acomp":  # "is not confident"
        negated ^= _is_negated_itself(cue.head)
    for _ in range(_MAX_STEPS):
        governor = _governor(cue)
        if governor is None:
            break
        negated ^= _prevents(governor) != _is_negated_itself(governor)
        cue = governor
    return negated


def _prevents(governor: Token) -> bool:
    has_yet = any(child.lower_ == "yet" for child in governor.children)  # "has yet to say"
    return governor.lower_ in _PREVENTING or has_yet


def _prevents_cue(verb: Token) -> bool:
    """Return whether a verb says that a cue that depends on it didn't happen: "refused to criticise"."""
    complements = (child for child in verb.children if child.dep_ in ("xcomp", "acl") and child.i > verb.i)
    return verb.lower_ in _PREVENTING and any(child.lower_ in VERB_LEMMAS for child in complements)


def _governor(verb: Token) -> Token | None:
    """Return the word of which a verb without a subject of its own is the complement: "refused" for "to criticise"."""
    if verb.dep_ not in _GOVERNED or any(child.dep_ in ("nsubj", "nsubjpass", "mark") for child in verb.children):
        return None
    head = verb.head
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        head = head.head
    return None if verb.dep_ in ("acl", "pcomp") and head.lower_ not in _PREVENTING else head


def _is_negated_itself(word: Token) -> bool:
    if any(_is_negation(child) for child in word.children):
        return True
    if any(child.dep_ == "nsubj" and _has_neither(child) for child in word.children):
        return True
    return _shares_negation(word)


def _is_negation(child: Token) -> bool:
    if child.lower_ == "longer":
        return child.i > 0 and child.nbor(-1).lower_ == "no"
    is_word = child.dep_ in ("neg", "advmod", "preconj", "cc") and child.lower_ in NEGATORS
    if not is_word or (child.i > child.head.i and child.dep_ != "neg"):
        return False
    following = child.nbor() if child.i + 1 < len(child.doc) else child
    return following.lower_ not in _EXTENDING


def _has_neither(subject: Token) -> bool:
    """ "Neither Kirby nor Lee said"."""
    return any(child.lower_ in ("neither", "no", "none") for child in subject.children)


def _shares_negation(word: Token) -> bool:
    """Return whether a verb shares the negation of the one before it: "did not confirm or deny", "… nor denied"."""
    if word.dep_ != "conj" or word.head == word:
        return False
    conjunctions = [child.lower_ for child in word.head.children if child.dep_ == "cc" and child.i < word.i]
    has_own_auxiliary = any(child.dep_ in ("aux", "nsubj") for child in word.children)
    if "nor" in conjunctions:
        return True
    is_shared = "or" in conjunctions and word.tag_ == "VB" and not has_own_auxiliary
    return is_shared and _is_negated_itself(word.head)
