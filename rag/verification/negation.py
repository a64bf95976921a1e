"""What a sentence denies: the words in the scope of "not", "no", "refuse" and the like."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.text import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Stem = Callable[[str], str]

_NOT = word_set("not n't never nor neither no none nobody nothing nowhere without hardly barely scarcely rarely unless")
_CANCELLING = word_set("without unless until")
_LITTLE = word_set("little few")
_AT_LEAST = word_set("less fewer more later earlier than")  # "no less than 55" denies nothing
# Verbs and adjectives that deny what follows them.
_DENYING = word_set("""
    deny refuse reject decline fail doubt question prevent stop keep avoid escape lack refrain cease oppose block ban
    forbid prohibit hinder dismiss dispute disbelieve rule unable unlikely impossible unwilling reluctant hesitant
    hesitate wrong neglect omit abandon cancel exclude preclude bar dissuade discourage disagree turn halt
    veto resist shun overturn overrule
""")
_DENIES_IF = {
    "rule": word_set("out"),
    "keep": word_set("from out outside away"),
    "stop": word_set("from by"),
    "turn": word_set("down"),
}
_PREFIXES = ("un", "im", "in", "dis", "non", "ir")
_BELOW = ("xcomp", "ccomp", "dobj", "prep", "pcomp", "acomp", "csubj", "advcl", "nsubjpass", "attr")
_OTHER_CLAUSES = ("advcl", "relcl", "acl", "parataxis")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_CONTENT = ("NOUN", "VERB", "ADJ", "ADV", "PROPN")
_SAYING = word_set("say tell add state announce declare note write report argue warn claim explain accord")
_NEGATIVE = word_set("""
    imperfect ineligible uninsured unrecognised unrecognized unknown unclear uncertain unable unaware unsafe unfair
    unjust unlawful
    unwilling unsuccessful unpopular unprepared unprecedented unaffected unchanged unharmed uninjured unhurt unpaid
    unsold untrue unusual invalid inaccurate incorrect incomplete ineffective inadequate insufficient invisible
    irresponsible irrelevant illegal impossible improbable dishonest disloyal dissatisfied
""")


@dataclass(frozen=True, slots=True)
class Denials:
    """The words of a sentence that are affirmed and denied, by their stems; the latter closely or with the subject.

    `cues` is the number of words that deny, `explicit` that of those that do nothing else ("not", "no").
    """

    affirmed: frozenset[str]
    denied: frozenset[str]
    denied_widely: frozenset[str]
    cues: int
    explicit: int


def vocabulary(doc: Doc, stem: Stem) -> frozenset[str]:
    """The stems of the words that say what a sentence is about."""
    return frozenset(stem(_lemma(token)) for token in _content(doc))


def denials(doc: Doc, stem: Stem, matter: Set[str]) -> Denials:
    """What a sentence affirms and denies; what denies nothing of the matter doesn't count."""
    close: dict[int, int] = {}
    wide: dict[int, int] = {}
    stems = {token.i: stem(_lemma(token)) for token in _content(doc)}
    cues = explicit = 0
    for token in doc:
        if (scope := _scope(token)) is None:
            continue
        below, subject = scope
        reached = {stems[at] for at in (*below, *subject) if at in stems}
        if reached and not reached & matter:
            continue
        cues += 1
        explicit += token.dep_ == "neg" or token.lower_ in _NOT
        for at in below:
            close[at] = close.get(at, 0) + 1
        for at in {*below, *subject}:
            wide[at] = wide.get(at, 0) + 1
    return Denials(
        affirmed=frozenset(stem for at, stem in stems.items() if not wide.get(at, 0) % 2),
        denied=frozenset(stem for at, stem in stems.items() if close.get(at, 0) % 2 and doc[at].pos_ != "PROPN"),
        denied_widely=frozenset(stem for at, stem in stems.items() if wide.get(at, 0) % 2),
        cues=cues,
        explicit=explicit,
    )


def _content(doc: Doc) -> list[Token]:
    return [token for token in doc if token.pos_ in _CONTENT and _lemma(token) not in _SAYING]


def _lemma(token: Token) -> str:
    return str(token.lemma_.lower())


def _scope(token: Token) -> tuple[list[int], list[int]] | None:
    """The places of the words that one word denies, and of their subject; None where it denies nothing."""
    word, basic = token.lower_, _lemma(token)
    after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    if word == "nor" and any(other.lower_ == "neither" for other in token.doc[: token.i]):
        return None
    if (
        word in ("no", "not")
        and after in _AT_LEAST
        and not (after == "less" and token.doc[token.i + 2 : token.i + 3].text != "than")
    ):
        return None if after != "longer" else _clause_scope(token)
    if word == "not" and after == "only":
        return None
    if word in ("without", "unless") and not any(
        t.dep_ == "neg" or t.lower_ in _NOT - _CANCELLING for t in _clause(token).children
    ):
        return [t.i for t in token.subtree if t.i != token.i], []
    if word in _LITTLE:
        return ([token.head.i], []) if _is_little(token) else None
    if word == "no" and after in ("longer", "more"):
        return _clause_scope(token)
    if word == "no" and token.dep_ == "advmod":  # "no less united"
        return [token.head.i, token.head.head.i], []
    if (token.dep_ == "neg" or word in _NOT) and any(t.lower_ in _CANCELLING for t in _clause(token).subtree):
        return None  # "can't survive without", "didn't end until"
    if token.dep_ == "neg" or word in _NOT:
        return _clause_scope(token)
    if basic in _DENYING and token.pos_ in ("VERB", "ADJ", "AUX"):
        if (needs := _DENIES_IF.get(basic)) and not any(t.lower_ in needs for t in token.subtree):
            return None
        below = [at for child in token.children if child.dep_ in _BELOW for at in _below(child)]
        return below, []
    if basic == "rare":
        return _clause_scope(token)
    if token.pos_ in ("ADJ", "VERB") and _has_prefix(basic):
        return [], []
    return None


def _clause_scope(token: Token) -> tuple[list[int], list[int]]:
    head = token.head if token.dep_ == "neg" else _clause(token)
    subject = [t.i for child in head.children if child.dep_ in _SUBJECTS for t in child.subtree]
    return [at for at in _below(head) if at not in subject], subject


def _is_little(token: Token) -> bool:
    before = token.nbor(-1).lower_ if token.i else ""
    return (
        token.pos_ in ("ADJ", "ADV")
        and token.dep_ in ("amod", "advmod")
        and before not in ("a", "the", "as", "very", "so", "his", "her")
    )


def _has_prefix(basic: str) -> bool:
    """True for "imperfect" and "uninsured", by the words that are left."""
    return basic in _NEGATIVE


def _clause(token: Token) -> Token:
    """The verb of the clause in which a word stands, or the head of its phrase where there is none."""
    at = token
    while at.head is not at and at.pos_ not in ("VERB", "AUX"):
        at = at.head
    return at


def _below(head: Token) -> Iterator[int]:
    """The words below a head, itself included, without other clauses beside it."""
    yield head.i
    is_or = any(child.lower_ in ("or", "nor") for child in head.children)
    for child in head.children:
        if child.dep_ in _OTHER_CLAUSES or (child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and not is_or):
            continue
        yield from _below(child)
