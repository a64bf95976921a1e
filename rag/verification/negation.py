"""Find the words of a sentence in the scope of a negation: "not", "no", "refuse" and similar words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.text import NEGATING_WORDS, NEGATIVE_FORMS, NEGATORS, STATEMENT_VERBS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Stemmer = Callable[[str], str]

_CANCELLING = word_set("without unless until")
_QUANTIFIERS = word_set("little few")
_COMPARATIVES = word_set("less fewer more later earlier than")  # "no less than 55" negates nothing
# These negate only together with one of the particles: "rule out", "keep from".
_PARTICLES = {
    "rule": word_set("out"),
    "keep": word_set("from out outside away"),
    "stop": word_set("from by"),
    "turn": word_set("down"),
}
_COMPLEMENTS = ("xcomp", "ccomp", "dobj", "prep", "pcomp", "acomp", "csubj", "advcl", "nsubjpass", "attr")
_OTHER_CLAUSES = ("advcl", "relcl", "acl", "parataxis")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_CONTENT = ("NOUN", "VERB", "ADJ", "ADV", "PROPN")
_SPEECH_VERBS = STATEMENT_VERBS | {"report", "accord"}


@dataclass(frozen=True, slots=True)
class Polarity:
    """The stems of the words that a sentence affirms and negates.

    Attributes:
        affirmed: stems outside the scope of any negation.
        negated: stems in the scope of a negation, subjects excluded.
        negated_with_subject: the same, subjects included.
        cues: the number of negating words.
        explicit_cues: the number of those whose only function is to negate ("not", "no").
    """

    affirmed: frozenset[str]
    negated: frozenset[str]
    negated_with_subject: frozenset[str]
    cues: int
    explicit_cues: int


@dataclass(frozen=True, slots=True)
class _Scope:
    """The positions of the words that a cue negates, and of their subject."""

    words: list[int] = field(default_factory=list)
    subject: list[int] = field(default_factory=list)


def content_stems(doc: Doc, stem: Stemmer) -> frozenset[str]:
    """Return the stems of the content words, without verbs of speech."""
    return frozenset(stem(_lemma(token)) for token in _content_words(doc))


def polarity_of(doc: Doc, stem: Stemmer, topic: Set[str]) -> Polarity:
    """Return what a sentence affirms and negates; negations of words outside the topic are ignored."""
    stems = {token.i: stem(_lemma(token)) for token in _content_words(doc)}
    words: Counter[int] = Counter()
    with_subject: Counter[int] = Counter()
    cues = explicit_cues = 0
    for token in doc:
        if (scope := _scope(token)) is None:
            continue
        negated = {stems[i] for i in (*scope.words, *scope.subject) if i in stems}
        if negated and not negated & topic:
            continue
        cues += 1
        explicit_cues += _is_negator(token)
        words.update(scope.words)
        with_subject.update({*scope.words, *scope.subject})
    return Polarity(  # a double negation affirms
        affirmed=frozenset(stem for i, stem in stems.items() if not with_subject[i] % 2),
        negated=frozenset(stem for i, stem in stems.items() if words[i] % 2 and doc[i].pos_ != "PROPN"),
        negated_with_subject=frozenset(stem for i, stem in stems.items() if with_subject[i] % 2),
        cues=cues,
        explicit_cues=explicit_cues,
    )


def _content_words(doc: Doc) -> list[Token]:
    return [token for token in doc if token.pos_ in _CONTENT and _lemma(token) not in _SPEECH_VERBS]


def _lemma(token: Token) -> str:
    return str(token.lemma_.lower())


def _scope(token: Token) -> _Scope | None:
    """Return the scope of a negating word; None if the word negates nothing."""
    if _is_idiom(token):
        return None
    if _excludes_phrase(token):
        return _Scope([other.i for other in token.subtree if other.i != token.i])
    if token.lower_ in _QUANTIFIERS:
        return _Scope([token.head.i]) if _is_bare_quantifier(token) else None
    if _is_negator(token):
        return _negator_scope(token)
    lemma = _lemma(token)
    if lemma in NEGATING_WORDS and token.pos_ in ("VERB", "ADJ", "AUX"):
        return _complement_scope(token)
    if lemma == "rare":
        return _clause_scope(token)
    return _Scope() if lemma in NEGATIVE_FORMS and token.pos_ in ("ADJ", "VERB") else None


def _is_idiom(token: Token) -> bool:
    """Return whether a negator is part of a phrase that negates nothing, or was already counted."""
    word, following = token.lower_, _following(token)
    if word == "nor":
        return any(other.lower_ == "neither" for other in token.doc[: token.i])
    if word not in ("no", "not"):
        return False
    if following == "less":
        return bool(token.doc[token.i + 2 : token.i + 3].text == "than")
    return following in _COMPARATIVES or (word == "not" and following == "only")


def _following(token: Token) -> str:
    """Return the next word in lower case; an empty string at the end of the sentence."""
    return str(token.nbor(1).lower_) if token.i + 1 < len(token.doc) else ""


def _excludes_phrase(token: Token) -> bool:
    """Return whether "without" or "unless" negates its phrase: in a negated clause, it doesn't."""
    return token.lower_ in ("without", "unless") and not any(
        other.dep_ == "neg" or other.lower_ in NEGATORS - _CANCELLING for other in _clause(token).children
    )


def _is_bare_quantifier(token: Token) -> bool:
    """Return whether "little" or "few" means "hardly any", unlike "a little"."""
    before = token.nbor(-1).lower_ if token.i else ""
    return (
        token.pos_ in ("ADJ", "ADV")
        and token.dep_ in ("amod", "advmod")
        and before not in ("a", "the", "as", "very", "so", "his", "her")
    )


def _is_negator(token: Token) -> bool:
    return token.dep_ == "neg" or token.lower_ in NEGATORS


def _negator_scope(token: Token) -> _Scope | None:
    """Return the scope of "not", "no" and similar words."""
    if token.lower_ == "no" and _following(token) == "longer":
        return _clause_scope(token)
    if token.lower_ == "no" and token.dep_ == "advmod":  # "no less united"
        return _Scope([token.head.i, token.head.head.i])
    if any(other.lower_ in _CANCELLING for other in _clause(token).subtree):
        return None  # "can't survive without", "didn't end until"
    return _clause_scope(token)


def _complement_scope(token: Token) -> _Scope | None:
    """Return the complements of a word such as "refuse"; None if it lacks the particle that makes it negate."""
    particles = _PARTICLES.get(_lemma(token))
    if particles and not any(other.lower_ in particles for other in token.subtree):
        return None
    return _Scope([i for child in token.children if child.dep_ in _COMPLEMENTS for i in _below(child)])


def _clause_scope(token: Token) -> _Scope:
    head = token.head if token.dep_ == "neg" else _clause(token)
    subject = [other.i for child in head.children if child.dep_ in _SUBJECTS for other in child.subtree]
    return _Scope([i for i in _below(head) if i not in subject], subject)


def _clause(token: Token) -> Token:
    """Return the verb of the clause that contains a word, or the root of its phrase if there is no verb."""
    head = token
    while head.head != head and head.pos_ not in ("VERB", "AUX"):
        head = head.head
    return head


def _below(head: Token) -> Iterator[int]:
    """Yield the positions of a head and its descendants, other clauses excluded."""
    yield head.i
    is_or = any(child.lower_ in ("or", "nor") for child in head.children)
    for child in head.children:
        if child.dep_ in _OTHER_CLAUSES or (child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and not is_or):
            continue
        yield from _below(child)
