"""Detect swapped roles: a sentence exchanges who did what to whom, or which number belongs to what.

Two names, nouns or numbers are compared by their context: the verbs that each is subject or object of, and the words
that each is closer to. If the quotes have it the other way round, the two were swapped.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from index.text import DATE_WORDS, numbers_in, word_set

from . import reasons

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DECAY_WORDS = 4.0  # the distance at which the weight of a word falls to 1/e
_MIN_NOUN_PROXIMITY = 0.4
# The minimum score of a swap.
_MIN_SCORE = {
    "number": 0.135,
    "year": 0.135,
    "name": 0.17,
    "noun": 1.2,
}
_MODIFIERS = word_set(
    "least most almost nearly about around roughly approximately over under up more less only just some"
)
_YEAR = re.compile(r"1\d\d\d|20\d\d")
_SCALES = word_set("hundred thousand million billion trillion")
_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM")
_OBJECTS = ("dobj", "nsubjpass", "attr", "oprd")


@dataclass(slots=True)
class _Context:
    """The context of a name, noun or number: its proximity to other words, and the verbs that it belongs to."""

    kind: str
    proximity: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    roles: set[tuple[str, str]] = field(default_factory=set)


_Contexts = dict[str, _Context]


def find_swap(sentence: Doc, quotes: Sequence[Doc]) -> str | None:
    """Return the reason to reject a sentence that swaps roles, compared with the quotes; None if it doesn't."""
    if any(token.lower_ == "respectively" for doc in (sentence, *quotes) for token in doc):
        # What belongs together is far apart, so only the same order is certain to be right.
        return None if _keeps_order(sentence, quotes) else reasons.REORDERED_LIST
    stated, quoted = _contexts([sentence]), _contexts(quotes)
    for key, context in stated.items():
        if key in quoted and (verb := _reversed_verb(context, quoted[key])):
            return reasons.reversed_role(key, verb)
    shared = [key for key in stated if key in quoted and stated[key].kind == quoted[key].kind]
    pairs = [(one, other) for one, other in combinations(shared, 2) if stated[one].kind == stated[other].kind]
    coordinated = _coordinated_pairs([sentence, *quotes])
    scores = [(_swap_score(pair, stated, quoted), *pair) for pair in pairs if pair not in coordinated]
    score, one, other = max(scores, default=(0.0, "", ""))
    return reasons.swap(one, other) if score > 1 else None


def _swap_score(pair: tuple[str, str], stated: _Contexts, quoted: _Contexts) -> float:
    """Return how strongly the evidence suggests that two things were swapped; above 1, they were."""
    contexts = (stated[pair[0]], stated[pair[1]], quoted[pair[0]], quoted[pair[1]])
    proximity, role, kind = _proximity_score(pair, contexts), _role_score(contexts), contexts[0].kind
    score = (proximity + role) / _MIN_SCORE[kind]
    return max(score, proximity / _MIN_NOUN_PROXIMITY) if kind == "noun" and role >= 0 else score


def _reversed_verb(stated: _Context, quoted: _Context) -> str | None:
    """Return a verb whose agent in the sentence is only its patient in the quotes, or the reverse."""
    for verb, role in stated.roles:
        if role == "agent" and (verb, "patient") in quoted.roles and (verb, "subject") not in quoted.roles:
            return verb
        if role == "patient" and (verb, "agent") in quoted.roles and (verb, "object") not in quoted.roles:
            return verb
    return None


def _role_score(contexts: Sequence[_Context]) -> float:
    """Return how many roles are swapped, minus how many are kept."""
    a, b, quoted_a, quoted_b = (
        {role for role in context.roles if role[1] not in ("agent", "patient")} for context in contexts
    )
    swapped = len(a & quoted_b - quoted_a) + len(b & quoted_a - quoted_b)
    kept = len(a & quoted_a - quoted_b) + len(b & quoted_b - quoted_a)
    return float(swapped - kept)


def _proximity_score(pair: tuple[str, str], contexts: Sequence[_Context]) -> float:
    """Return how much the words closer to the one are closer to the other in the quotes."""
    a, b, quoted_a, quoted_b = (context.proximity for context in contexts)
    return -sum(
        (a[word] - b[word]) * (quoted_a[word] - quoted_b[word])
        for word in (a.keys() | b.keys()) & (quoted_a.keys() | quoted_b.keys())
        if word not in pair
    )


def _keeps_order(sentence: Doc, quotes: Sequence[Doc]) -> bool:
    """Return whether the names, and the numbers, of a sentence have the order of the quotes."""
    for kind in ("name", "number"):
        quoted = [_key(token) for doc in quotes for token in doc if _kind(token) == kind]
        stated = [_key(token) for token in sentence if _kind(token) == kind and _key(token) in quoted]
        if stated != sorted(stated, key=quoted.index):
            return False
    return True


def _coordinated_pairs(docs: Iterable[Doc]) -> set[tuple[str, str]]:
    """Return pairs of words that form a name or a list; swapping them changes nothing."""
    pairs = set()
    for doc in docs:
        for token in doc:
            if token.dep_ in ("conj", "compound") and _kind(token) not in ("number", "year"):
                pair = _key(token), _key(token.head)
                pairs |= {pair, pair[::-1]}
    return pairs


def _contexts(docs: Iterable[Doc]) -> _Contexts:
    """Return the contexts of the names, nouns and numbers of sentences."""
    contexts: _Contexts = {}
    for doc in docs:
        words = [
            (token.i, _key(token))
            for token in doc
            if (token.pos_ in _CONTENT or token.like_num) and token.lower_ not in _MODIFIERS
        ]
        for token in doc:
            if kind := _kind(token):
                context = contexts.setdefault(_key(token), _Context(kind))
                context.roles.update(_roles(token))
                _add_proximity(context, token.i, words)
    return contexts


def _add_proximity(context: _Context, position: int, words: Iterable[tuple[int, str]]) -> None:
    """Record the proximity of the other words to a position."""
    for i, word in words:
        if i != position:
            context.proximity[word] = max(context.proximity[word], math.exp(-abs(i - position) / _DECAY_WORDS))


def _kind(token: Token) -> str:
    """Return what a word can be swapped with: other names, nouns, numbers or years. Empty for other words."""
    if token.lower_ in _SCALES or token.lower_ in DATE_WORDS:
        return ""
    if token.like_num or token.text[0].isdigit():
        return "year" if _YEAR.fullmatch(token.text) else "number"
    if token.pos_ == "ADJ" and token.dep_ in ("nsubj", "dobj", "pobj"):
        return "noun"
    return {"NOUN": "noun", "PROPN": "name"}.get(token.pos_, "")


def _key(token: Token) -> str:
    """Return what words are compared by: the value of a number, else the lemma."""
    if token.like_num or token.text[0].isdigit():
        values = numbers_in(token.text)
        return f"{min(values):g}" if values else token.lower_
    return _lemma(token)


def _lemma(token: Token) -> str:
    return str(token.lemma_.lower())


def _roles(token: Token) -> Iterator[tuple[str, str]]:
    """Yield the verbs that a word belongs to, each with the role of the word.

    The subject of an active verb is its "subject", and its "agent" if the verb has an object. The subject of a passive
    verb is its "object", and its "patient".
    """
    head, relation = _head_of_list(token)
    if relation == "pobj":
        yield from _prepositional_roles(head)
    elif relation in ("nsubj", "csubj"):
        for verb in _verbs_sharing_subject(head):
            yield _lemma(verb), "subject"
        if any(child.dep_ in ("dobj", "dative") for child in head.children):
            yield _lemma(head), "agent"
    elif relation in _OBJECTS or relation == "dative":
        yield _lemma(head), "object"
        if relation not in ("attr", "oprd"):
            yield _lemma(head), "patient"
    yield from _clause_roles(token)


def _prepositional_roles(preposition: Token) -> Iterator[tuple[str, str]]:
    if preposition.dep_ == "agent":
        yield _lemma(preposition.head), "subject"
        yield _lemma(preposition.head), "agent"
    else:
        yield _lemma(preposition.head), preposition.lower_


def _clause_roles(token: Token) -> Iterator[tuple[str, str]]:
    """Yield the roles of a word in the relative and participle clauses that modify it."""
    for child in token.children:
        if child.dep_ == "relcl":
            pronoun = next((c for c in child.children if c.dep_ in ("nsubj", *_OBJECTS)), None)
            if pronoun is not None and pronoun.lower_ in ("who", "which", "that"):
                yield _lemma(child), "subject" if pronoun.dep_ == "nsubj" else "object"
        if child.dep_ == "acl":
            yield _lemma(child), "subject" if child.tag_ == "VBG" else "object"


def _verbs_sharing_subject(verb: Token) -> Iterator[Token]:
    """Yield a verb, and the verbs and predicates below it that share its subject."""
    yield verb
    for child in verb.children:
        if (
            child.dep_ in ("xcomp", "conj", "advcl")
            and not any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children)
        ) or child.dep_ in ("attr", "acomp"):
            yield child


def _head_of_list(token: Token) -> tuple[Token, str]:
    """Return the head and the relation of a word, or of the list or compound that it is a part of."""
    outer = token
    while outer.dep_ in ("conj", "compound", "appos", "nmod") and outer.head != outer:
        outer = outer.head
    return outer.head, str(outer.dep_)
