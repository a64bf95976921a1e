"""The role words beside a name in a parsed sentence: "White House spokesman", "the mayor of Rome"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

from ...text import (
    AFFILIATIONS,
    COURTESY_TITLES,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    country_of,
    gender_of_first_name,
    gender_of_title,
    is_title,
)
from ..relations import relation_noun

DETERMINER_TAGS = {"DT", "PDT", "PRP$", "POS", "WP$"}

_INCOMPLETE_END_TAGS = {"IN", "DT", "CC", "TO", "PRP$", "POS", "WP"}  # a role can't end with these: "head of the"
_MAX_ROLE_WORDS = 9
# The first words of the names of places that follow another place: "Vancouver, British Columbia".
_PLACE_WORDS = frozenset(
    {"new", "north", "south", "east", "west", "northern", "southern", "eastern", "western"}
    | {"british", "rhode", "nova", "costa", "puerto", "san", "santa", "saint", "st.", "sri"}
)


def is_courtesy(role: str) -> bool:
    """Return whether a role is a mere courtesy title: "Mr."."""
    return role.strip(".").lower() in COURTESY_TITLES


def find_role(name: Token, role_before: str) -> str | None:
    """Return the role beside a name, `role_before` being the words right before it.

    Args:
        name: the last word of the name.
        role_before: the role words right before the name; empty if there are none.
    """
    roles = [role for role in (role_before, _role_after(name), _role_of_apposed(name)) if role]
    described = (role for role in roles if not is_title(role))  # "Dr" says less than "the commissioner for health"
    return next(described, None) or next((role for role in roles if not is_courtesy(role)), None)


def relation_owner(name: Token, role: str | None) -> Token | None:
    """Return the possessor of a named person's role, if it is a relation: "Her" in "Her husband, Tom Lee, said"."""
    if role is None or not relation_noun(role):
        return None
    nouns = (described_noun(name), name, *(child for child in name.children if child.dep_ == "appos"))
    possessors = (child for noun in nouns if noun is not None for child in noun.children if child.dep_ == "poss")
    return next(possessors, None)


def role_start(head: Token, end: int | None = None) -> Token:
    """Return the first of the role words before a head: "White" in "the White House spokesman John Kirby".

    The words end at the position `end`; if it is None, at the head.
    """
    doc, start = head.doc, head.i if end is None else end
    while start > 0:
        token = doc[start - 1]
        is_determiner = token.tag_ in DETERMINER_TAGS
        is_office = start > 2 and doc[start - 2].lower_ == "of" and is_title(doc[start - 3].text)
        if is_office and not is_determiner:  # "Secretary of State"
            start -= 3
        elif not is_determiner and _is_role_word(token):
            start -= 1
        else:
            break
    return doc[start] if start < len(doc) else head


def _is_role_word(token: Token) -> bool:
    is_noun = token.tag_.startswith(("NN", "JJ", "HYPH")) or token.text in ("-", "vice")
    return is_noun and token.dep_ not in ("pobj", "dobj", "npadvmod", "ROOT")


def _role_after(name: Token) -> str | None:
    """Return the apposition of a name: "White House spokesman" in "John Kirby, the White House spokesman, said"."""
    for child in name.children:
        if child.dep_ == "appos" and child.i > name.i and child.tag_ in ("NN", "NNS", "NNP"):
            between = name.doc[name.i + 1 : child.i].text
            is_set_off = name.doc[child.left_edge.i - 1].text in (",", "—", "–")
            if is_set_off and not any(mark in between for mark in '“”"(:'):
                return _apposition_words(child)
            # else: "who called him “a liar”", a caption, a nickname
    return None


def _apposition_words(noun: Token) -> str | None:
    """Return the words of an apposition up to its first clause or punctuation, without its determiners."""
    doc, first = noun.doc, noun.left_edge
    while first.tag_ in DETERMINER_TAGS and first.i < noun.i:
        first = first.nbor()
    end, stop = noun.i + 1, min(noun.right_edge.i + 1, first.i + _MAX_ROLE_WORDS, len(doc))
    while end < stop and doc[end].text not in ",;:—–-()" and not _opens_clause(doc[end]):
        end += 1
    while end - 1 > noun.i and doc[end - 1].tag_ in _INCOMPLETE_END_TAGS:
        end -= 1
    role = str(doc[first.i : end].text)
    return role if any(sign.islower() for sign in role) and not role[0].isdigit() else None


def _opens_clause(token: Token) -> bool:
    """Return whether a token is a relative pronoun; the WHO isn't one."""
    return token.tag_ in ("WP", "WP$", "WDT") and not token.text.isupper()


def apposed_name(head: Token) -> Token | None:
    """Return the head of the name in apposition to a role: "Cole" in "the mayor of Alder, Ann Cole, said"."""
    is_role = head.tag_ == "NN" or _is_role_noun(head)
    return next((below for below in head.subtree if is_role and described_noun(below) == head), None)


def described_noun(name: Token) -> Token | None:
    """Return the role noun that a name in apposition belongs to: "mayor" in "the mayor of Alder, Ann Cole, said"."""
    noun = name.head
    if name.dep_ != "appos" or noun.i > name.i or name.tag_ not in ("NNP", "NNPS") or not name.text[:1].isupper():
        return None
    if name.lower_ in AFFILIATIONS or name.left_edge.tag_ == "DT":  # "the candidate, a Republican"
        return None
    if noun.tag_ == "NN" and noun.lower_ not in ORGANISATION_NOUNS:
        return noun
    return _noun_above(noun) if _is_role_noun(noun) or _is_set_off_person(name) else None


def _noun_above(noun: Token) -> Token | None:
    """Return the nearest role noun whose complement ends with a noun: "mayor" for "Alder" in "the mayor of Alder"."""
    while not _is_role_noun(noun):
        if noun.dep_ != "pobj" or noun.head.dep_ != "prep" or noun.head.head.i > noun.i:
            return None
        noun = noun.head.head
    return noun


def _is_role_noun(noun: Token) -> bool:
    return is_title(noun.text) or noun.lower_ in PERSON_NOUNS or gender_of_title(noun.text) is not None


def _is_set_off_person(name: Token) -> bool:
    """Return whether a name after a comma may be a person's: not that of a place or a body ("Paris, Texas")."""
    first = name.left_edge
    has_comma = first.i > 0 and first.nbor(-1).text == ","
    if not has_comma or first == name or name.lower_ in ORGANISATION_NOUNS:
        return False
    is_known = is_title(first.text) or gender_of_first_name(first.text) is not None
    is_of_body = name.head.lower_ in ORGANISATION_NOUNS  # "the head of the firm, Acme Holdings"
    return is_known or not (is_of_body or first.lower_ in _PLACE_WORDS)


def _role_of_apposed(name: Token) -> str | None:
    """Return the role to which a name is the apposition: "the spokesman for the White House, John Kirby"."""
    noun = described_noun(name)
    if noun is None:
        return None
    words = noun.doc[role_start(noun).i : name.left_edge.i]
    role = words.text.strip(" ,")
    if not len(words) or words[-1].tag_ in _INCOMPLETE_END_TAGS or any(mark in role for mark in ',:(“”"'):
        return None
    return role if len(role.split()) <= _MAX_ROLE_WORDS else None


def country_before(first: Token) -> str | None:
    """Return the country in the possessive before a role: "Kenya's President William Ruto"."""
    has_owner = first.i > 1 and first.nbor(-1).tag_ == "POS" and country_of(first.nbor(-2).text) is not None
    return first.nbor(-2).text if has_owner else None


def is_described_as_person(name: Token) -> bool:
    """Return whether "who" or an age follows a name."""
    for child in name.children:
        if child.dep_ == "relcl" and any(below.lower_ == "who" for below in child.children):
            return True
        if child.dep_ in ("appos", "nummod") and child.i == name.i + 2 and child.text.isdigit() and len(child) == 2:
            return True
    return False
