"""The subject of a verb in a parsed sentence, also where it depends on another verb or on a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

from ...text import DATE_WORDS, word_set
from .cues import MEDIA_NOUNS

_INFINITIVES = {"xcomp", "advcl", "acl", "pcomp"}
_MAX_STEPS_TO_SUBJECT = 6
_MESSAGING_FORMS = word_set("emailed emails email texted texts text phoned wrote tweeted told telling telephoned")


def find_subject(verb: Token) -> Token | None:
    """Return the subject of a verb: its own, or that of the verb on which it depends."""
    for _ in range(_MAX_STEPS_TO_SUBJECT):
        own = [child for child in verb.children if child.dep_ == "nsubj" and child.lower_ not in DATE_WORDS]
        if own:  # of several, the nearest: "the message that Kirby's allies expect"
            return min(own, key=lambda child: abs(child.i - verb.i))
        if _is_noun_participle(verb) and not (_follows_comma(verb) or _is_addressee(verb.head)):
            return verb.head  # "a man saying that"
        governor = _governing_verb(verb)
        if governor is None:
            return None
        verb = governor
    return None


def _governing_verb(verb: Token) -> Token | None:
    """Return the verb whose subject is also the subject of this verb."""
    head = verb.head
    if head == verb:
        return None
    if verb.dep_ == "conj" and _is_verb(head):
        return head
    if verb.dep_ in _INFINITIVES and _is_verb(head):
        has_object = verb.dep_ == "xcomp" and any(child.dep_ == "dobj" for child in head.children)
        return None if has_object else head  # "asked him to say"
    if verb.dep_ == "pcomp" and head.dep_ == "prep" and _is_verb(head.head):
        return head.head
    if _is_media_clause(verb):
        return head.head
    return _next_verb_above(head) if _is_noun_participle(verb) else None


def _is_addressee(noun: Token) -> bool:
    """Return whether a noun names who gets a message: "emailed supporters saying …", "in a memo to employees"."""
    if noun.dep_ == "dobj":
        return noun.head.lower_ in _MESSAGING_FORMS
    to = noun.head
    if noun.dep_ != "pobj" or to.lower_ != "to":
        return False
    messages = [to.head, *(child for child in to.head.children if child.dep_ == "dobj")]
    return any(message.lower_ in MEDIA_NOUNS for message in messages)


def _is_verb(token: Token) -> bool:
    return bool(token.tag_.startswith("V"))


def _is_media_clause(verb: Token) -> bool:
    """Return whether a verb depends on the object of another one: "released a statement saying"."""
    return verb.dep_ == "acl" and verb.head.lower_ in MEDIA_NOUNS and _is_verb(verb.head.head)


def _is_noun_participle(verb: Token) -> bool:
    is_participle = verb.dep_ in ("relcl", "acl") and verb.tag_ == "VBG"
    return is_participle and verb.head.tag_.startswith("N") and not _is_media_clause(verb)


def _follows_comma(verb: Token) -> bool:
    """Return whether a comma separates a participle from the noun before it."""
    head = verb.head
    has_comma = any(child.text == "," for child in head.children if head.i < child.i < verb.i)
    return has_comma or (verb.i > 0 and verb.nbor(-1).text == ",")


def _next_verb_above(token: Token) -> Token:
    while token.dep_ != "ROOT" and not _is_verb(token):
        token = token.head
    return token
