"""Who did what to whom, and which number belongs to what: whether a sentence has two of its quotes' things exchanged.

Two names, two nouns or two numbers are compared by their surroundings: which of the two is the subject of a verb, and
which of the two each other word stands nearer to. Where the quotes have it the other way round, they were exchanged.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from index.text import DAYS, word_set

from .numbers import numbers_in

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FAR = 4.0  # words, at which distance a word counts a third
_LEAST_NOUNS_BY_PLACE = 0.4
_LEAST = {
    "number": 0.135,
    "year": 0.135,
    "name": 0.17,
    "noun": 1.2,
}  # by how much it has to speak for an exchange, all together
_MODIFIERS = word_set(
    "least most almost nearly about around roughly approximately over under up more less only just some"
)
_YEAR = re.compile(r"1\d\d\d|20\d\d")
_SCALES = word_set("hundred thousand million billion trillion")
_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM")
_OBJECTS = ("dobj", "nsubjpass", "attr", "oprd")


@dataclass(slots=True)
class Thing:
    """A name, noun or number: how near other words stand, and which verbs it is subject or object of."""

    kind: str
    near: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    roles: set[tuple[str, str]] = field(default_factory=set)


def exchanged(sentence: Doc, quotes: Sequence[Doc]) -> tuple[str, str] | None:
    """Two things of the sentence that the quotes have the other way round; None where there are none."""
    if any(token.lower_ == "respectively" for doc in (sentence, *quotes) for token in doc):
        # What belongs together stands apart: only the same order is right for sure.
        return None if _in_order(sentence, quotes) else ("what is listed", "what belongs to it")
    stated, told = _things([sentence]), _things(quotes)
    for name, thing in stated.items():
        if name in told and (verb := _turned(thing, told[name])):
            return name, f"whom or what it is said to {verb}"
    shared = [name for name in stated if name in told and stated[name].kind == told[name].kind]
    pairs = [(one, other) for one, other in combinations(shared, 2) if stated[one].kind == stated[other].kind]
    beside = _beside([sentence, *quotes])
    scored = [(_against(one, other, stated, told), one, other) for one, other in pairs if (one, other) not in beside]
    worst = max(scored, default=(0.0, "", ""))
    return worst[1:] if worst[0] > 1 else None


def _against(one: str, other: str, stated: dict[str, Thing], told: dict[str, Thing]) -> float:
    """How much speaks for two things being exchanged, less what speaks against it."""
    place, role, kind = _by_place(one, other, stated, told), _by_role(one, other, stated, told), stated[one].kind
    total = (place + role) / _LEAST[kind]
    return max(total, place / _LEAST_NOUNS_BY_PLACE) if kind == "noun" and role >= 0 else total


def _turned(stated: Thing, told: Thing) -> str | None:
    """A verb that a thing does and that in the quotes is only done to it, or the other way round."""
    roles = told.roles
    for verb, role in stated.roles:
        if role == "doer" and (verb, "done to") in roles and (verb, "subject") not in roles:
            return verb
        if role == "done to" and (verb, "doer") in roles and (verb, "object") not in roles:
            return verb
    return None


def _by_role(one: str, other: str, stated: dict[str, Thing], told: dict[str, Thing]) -> float:
    a, b, c, d = (
        {role for role in thing.roles if role[1] not in ("doer", "done to")}
        for thing in (stated[one], stated[other], told[one], told[other])
    )
    return float(len(a & d - c) + len(b & c - d) - len(a & c - d) - len(b & d - c))


def _by_place(one: str, other: str, stated: dict[str, Thing], told: dict[str, Thing]) -> float:
    a, b, c, d = stated[one].near, stated[other].near, told[one].near, told[other].near
    return -sum(
        (a[word] - b[word]) * (c[word] - d[word])
        for word in (a.keys() | b.keys()) & (c.keys() | d.keys())
        if word not in (one, other)
    )


def _in_order(sentence: Doc, quotes: Sequence[Doc]) -> bool:
    """True where the names, and the numbers, of a sentence stand in the order of the quotes."""
    for kind in ("name", "number"):
        told = [called(token) for doc in quotes for token in doc if kind_of(token) == kind]
        stated = [called(token) for token in sentence if kind_of(token) == kind and called(token) in told]
        if stated != sorted(stated, key=told.index):
            return False
    return True


def _beside(docs: Iterable[Doc]) -> set[tuple[str, str]]:
    """Words that make one name or list, and so can't be exchanged to any effect."""
    found = set()
    for doc in docs:
        for token in doc:
            if token.dep_ in ("conj", "compound") and kind_of(token) not in ("number", "year"):
                pair = called(token), called(token.head)
                found |= {pair, pair[::-1]}
    return found


def _things(docs: Iterable[Doc]) -> dict[str, Thing]:
    """The names, nouns and numbers of sentences with their surroundings."""
    found: dict[str, Thing] = {}
    for doc in docs:
        words = [
            (token.i, called(token))
            for token in doc
            if (token.pos_ in _CONTENT or token.like_num) and token.lower_ not in _MODIFIERS
        ]
        for token in doc:
            if kind := kind_of(token):
                thing = found.setdefault(called(token), Thing(kind))
                thing.roles.update(_roles(token))
                for at, word in words:
                    if at != token.i:
                        thing.near[word] = max(thing.near[word], math.exp(-abs(at - token.i) / _FAR))
    return found


def kind_of(token: Token) -> str:
    """What a word can be exchanged with: other names, nouns or numbers. Empty for other words."""
    if token.lower_ in _SCALES or token.lower_ in DAYS:
        return ""
    if token.like_num or token.text[0].isdigit():
        return "year" if _YEAR.fullmatch(token.text) else "number"
    if token.pos_ == "ADJ" and token.dep_ in ("nsubj", "dobj", "pobj"):
        return "noun"
    return {"NOUN": "noun", "PROPN": "name"}.get(token.pos_, "")


def called(token: Token) -> str:
    """What words are compared by: lemma or value."""
    if token.like_num or token.text[0].isdigit():
        values = numbers_in(token.text)
        return f"{min(values):g}" if values else token.lower_
    return lemma(token)


def lemma(token: Token) -> str:
    """The basic form in small letters."""
    return str(token.lemma_.lower())


def _roles(token: Token) -> Iterator[tuple[str, str]]:
    """The verbs whose subject or object a word is, in whichever voice, and those that share its subject."""
    head, relation = _first_of_list(token)
    if relation == "pobj" and head.dep_ == "agent":
        yield lemma(head.head), "subject"
        yield lemma(head.head), "doer"
    elif relation in ("nsubj", "csubj"):
        for verb in _sharing(head):
            yield lemma(verb), "subject"
        if any(child.dep_ in ("dobj", "dative") for child in head.children):
            yield lemma(head), "doer"
    elif relation in _OBJECTS or relation == "dative":
        yield lemma(head), "object"
        if relation not in ("attr", "oprd"):
            yield lemma(head), "done to"
    elif relation == "pobj":
        yield lemma(head.head), head.lower_
    for child in token.children:
        if child.dep_ == "relcl":
            inner = next((c for c in child.children if c.dep_ in ("nsubj", *_OBJECTS)), None)
            if inner is not None and inner.lower_ in ("who", "which", "that"):
                yield lemma(child), "subject" if inner.dep_ == "nsubj" else "object"
        if child.dep_ == "acl":
            yield lemma(child), "subject" if child.tag_ == "VBG" else "object"


def _sharing(verb: Token) -> Iterator[Token]:
    """A verb, and those that have their subject from it."""
    yield verb
    for child in verb.children:
        if (
            child.dep_ in ("xcomp", "conj", "advcl")
            and not any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children)
        ) or child.dep_ in ("attr", "acomp"):
            yield child


def _first_of_list(token: Token) -> tuple[Token, str]:
    """The head and relation of a word; of the first one where it stands in a list, of the whole where it is a part."""
    at = token
    while at.dep_ in ("conj", "compound", "appos", "nmod") and at.head is not at:
        at = at.head
    return at.head, str(at.dep_)
