"""Verbs that name a statement or an act: "attacked the plan as reckless", "attacked the convoy"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

from ...text import (
    CHARACTERISING_VERBS,
    DATE_WORDS,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    VERB_LEMMAS,
    gender_of_title,
    is_title,
    word_set,
)
from .grammar import QUOTING_VERBS

# With an object that isn't a view, these name an act.
_ACT_VERBS = word_set("""
    attack oppose back support defend challenge embrace welcome favor favour blast slam bash savage hail question
    dismiss reject credit encourage discourage champion taunt claim threaten offer doubt brand label
""")
# A named person who does this to another one does it in words.
_PERSONAL_VERBS = word_set("attack blast slam bash savage back taunt")
# What follows "for", "on" or "over" is the reproach: "attacked her for her remarks".
_REPROACHING_VERBS = word_set("attack blast slam bash savage credit taunt")
# With two objects, these name an act: "denied her entry".
_GIVING_VERBS = word_set("deny refuse offer promise")

# Nouns for what can be said, thought or decided, other than those with the suffixes below.
_VIEW_NOUNS = word_set("""
    idea plan bill law act proposal policy measure deal pact agreement treaty merger move step ruling verdict judgment
    claim charge report finding view stance argument notion theory premise remark comment speech attack story narrative
    film book article ad tax tariff cut increase rise hike raise wage budget subsidy reform change ban war strike
    strategy approach effort bid vote candidacy request demand call appeal offer right freedom rule programme program
    scheme project initiative system practice tactic behaviour behavior conduct record handling use attempt concept
    cause principle value formula delay path compromise talk result outcome news role motive wisdom rumor rumour label
    analysis crisis thesis hypothesis doctrine ideology platform message word answer question doubt fear hope
    concern critic critique warning suggestion promise pledge threat boycott embargo trade credit victory blame wrong
    innocence guilt choice case lawsuit complaint protest march design draft deadline price cost risk reason theme
    refusal denial approval withdrawal removal disposal renewal trial tribute apology explanation excuse lie fact
    evidence truth status quo standard target goal timetable debate advice detail opinion guide proof insight glimpse
    health need character life record loophole tactic tweet post letter past view
""")
_VIEW_SUFFIXES = ("tion", "sion", "ment", "ism", "ity", "ness", "ance", "ence", "acy", "ship")
_NOT_VIEWS = word_set("""
    station pension population nation government department parliament regiment apartment basement monument garment
    equipment city university community charity facility entity celebrity minority majority locality audience
    residence ambulance witness harness ship entrance battleship warship flagship township congregation delegation
    corporation organisation organization association commission television mansion document instrument
    establishment regimentation
""")
_PRONOUN_OBJECTS = {"it", "this", "that", "what", "which", "these", "those"}


def is_act(verb: Token, lemma: str, source: Token, quoted: Sequence[bool]) -> bool:
    """Return whether a verb names an act rather than a statement, because of its subject, object and complements.

    `quoted` says of each token whether it is in a quotation.
    """
    if lemma in _GIVING_VERBS and _gives_thing(verb):
        return True
    if lemma not in _ACT_VERBS:
        return False
    target = next((child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")), None)
    if target is None or target == source or _has_words(verb, target, lemma, quoted):
        return False
    if is_view(target):
        return lemma == "threaten" and not is_someone(source)
    return not (lemma in _PERSONAL_VERBS and _is_named(source) and is_someone(target))


def is_view(noun: Token) -> bool:
    """Return whether a noun names something that can be said, thought or decided: "plan", "decision"."""
    word = noun.lower_
    singular = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
    if word in _PRONOUN_OBJECTS or singular in _VIEW_NOUNS or word in _VIEW_NOUNS:
        return True
    is_group = singular in ORGANISATION_NOUNS or singular in _NOT_VIEWS
    return singular.endswith(_VIEW_SUFFIXES) and not is_group


def is_someone(noun: Token) -> bool:
    """Return whether a noun or pronoun is a name, a person, a group of people, "he", "she", "they" or "who"."""
    if noun.tag_ in ("NNP", "NNPS", "WP"):
        return True
    if noun.tag_ == "PRP":
        return noun.lower_ in ("he", "she", "they", "him", "her", "them")
    word = noun.lower_
    singular = word.removesuffix("s")
    is_person = singular in PERSON_NOUNS or word == "people" or is_title(singular)
    return is_person or singular in ORGANISATION_NOUNS or gender_of_title(singular) is not None


def _has_words(verb: Token, target: Token, lemma: str, quoted: Sequence[bool]) -> bool:
    """Return whether what was said follows: a quotation, a clause, "as …", "calling it …", or a reproach."""
    if any(quoted[token.i] for token in verb.subtree) or sum(child.dep_ == "dobj" for child in verb.children) > 1:
        return True
    for child in verb.children:
        if child.dep_ in ("oprd", "ccomp", "xcomp", "parataxis") and child != target:
            return True
        if child.i > verb.i and child.lower_ == "as" and child.dep_ in ("prep", "mark"):
            return True
        if child.i > verb.i and child.dep_ == "prep" and any(_is_reproach(b, child, lemma) for b in child.children):
            return True
        speech = VERB_LEMMAS.get(child.lower_)
        if child.dep_ == "advcl" and child.tag_ == "VBG" and speech in QUOTING_VERBS | CHARACTERISING_VERBS:
            return True
    return False


def _is_reproach(below: Token, preposition: Token, lemma: str) -> bool:
    """Return whether a phrase says what somebody is attacked for, challenged to or credited with."""
    if lemma in _REPROACHING_VERBS and preposition.lower_ in ("for", "on", "over"):
        return below.lower_ not in DATE_WORDS and not below.like_num
    if lemma == "credit":
        return preposition.lower_ == "with" and below.dep_ == "pcomp"
    return lemma == "challenge" and preposition.lower_ in ("to", "on", "over") and is_view(below)


def _gives_thing(verb: Token) -> bool:
    """Return whether a verb has two objects, and the second isn't a view: "denied her entry"."""
    objects = [child for child in verb.children if child.dep_ in ("dobj", "dative") and child.i > verb.i]
    if not objects or is_view(objects[-1]):
        return False
    words = list(objects[-1].children)  # "denied Maria Stone entry", misparsed as one noun
    has_name = any(word.dep_ == "compound" and word.tag_ == "NNP" for word in words)
    is_one_noun = has_name and objects[-1].tag_ == "NN" and not any(word.dep_ in ("det", "poss") for word in words)
    return is_one_noun or (len(objects) > 1 and objects[0].tag_ != "IN")


def _is_named(noun: Token) -> bool:
    is_name = noun.tag_ in ("NNP", "NNPS") and noun.text[:1].isupper()
    return is_name or noun.lower_ in ("he", "she", "who")
