"""What is denied: whether a sentence denies what its quotes affirm, or affirms what they deny."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

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
_OPPOSITES = [
    frozenset(pair.split("/"))
    for pair in word_set("""
    increase/decrease increase/fall increase/reduce increase/drop rise/fall rise/drop rise/decline grow/shrink
    raise/lower raise/reduce win/lose victory/defeat high/low higher/lower early/late before/after first/last
    best/worst better/worse good/bad strong/weak gain/lose accept/reject approve/reject support/oppose allow/forbid
    allow/ban allow/prevent include/exclude begin/end start/end start/stop open/close open/closed buy/sell rich/poor
    large/small big/small long/short old/young old/new hot/cold north/south east/west northern/southern
    eastern/western up/down above/below success/failure succeed/fail guilty/innocent legal/illegal safe/dangerous
    praise/criticize praise/criticise praise/condemn welcome/condemn love/hate hope/fear confirm/deny admit/deny
    join/leave stay/leave remain/leave arrive/leave majority/minority maximum/minimum always/never often/rarely
    easy/hard easy/difficult quick/slow quickly/slow quickly/slowly fast/slow public/private positive/negative
    optimistic/pessimistic protect/harm help/hinder improve/worsen expand/contract ally/enemy friend/enemy
    inside/outside import/export arrest/release hire/fire appoint/dismiss create/destroy build/destroy
    build/demolish alive/dead survive/die life/death peace/war attack/defend most/least upper/lower major/minor
    deep/shallow wide/narrow full/empty optional/mandatory optional/compulsory voluntary/compulsory
    natural/artificial direct/indirect former/latter ancestor/descendant cause/result agree/disagree
    """)
]

# Words of which one can't stand for another.
_KINDS = [
    word_set(line)
    for line in (
        "second minute hour day week month year",
        "first second third fourth fifth sixth seventh eighth ninth tenth",
        "north south east west",
        "northern southern eastern western",
        "northeast northwest southeast southwest",
        "spring summer autumn winter",
        "morning afternoon evening night",
        "father mother brother sister son daughter husband wife uncle aunt nephew niece cousin",
        "red blue green yellow white black brown orange purple grey",
    )
]


@dataclass(frozen=True, slots=True)
class Denials:
    """The words of a sentence that are affirmed and denied, by lemma; the latter closely or with the subject.

    `cues` is the number of words that deny, `explicit` that of those that do nothing else ("not", "no").
    """

    affirmed: frozenset[str]
    denied: frozenset[str]
    denied_widely: frozenset[str]
    cues: int
    explicit: int = 0

    def by(self, stem: Callable[[str], str]) -> Denials:
        """The same with the stems of the words: "vote" and "voting" are one."""
        affirmed, denied, widely = (
            frozenset(map(stem, words)) for words in (self.affirmed, self.denied, self.denied_widely)
        )
        return Denials(affirmed, denied, widely, self.cues, self.explicit)


def contradicts(sentence: Doc, quotes: Sequence[Doc], stem: Callable[[str], str]) -> str | None:
    """A word of which the sentence denies what the quotes affirm, or the other way round; None where there is none."""
    stated, told = denials(sentence).by(stem), [denials(quote).by(stem) for quote in quotes]
    words = {lemma for one in told for lemma in one.affirmed | one.denied_widely}
    opposites = {frozenset(map(stem, pair)) for pair in _OPPOSITES}
    turned = [
        word
        for word in stated.affirmed | stated.denied
        for other in words
        if _is_turned(word, other, opposites, stated, words)
    ]
    cues, odd = sum(one.cues for one in told), len(turned) % 2
    if exclusive := _exclusive(stated, words, stem):
        return exclusive
    if not stated.cues and not cues:
        return turned[0] if turned else None
    if stated.cues and cues:
        return _both(stated, told, odd)
    if odd:
        return None  # "stayed" for "did not leave"
    if stated.cues:
        against = [word for word in stated.denied_widely if word in words]
    else:
        denied = frozenset().union(*(one.denied_widely for one in told))
        # What another quote affirms isn't denied.
        otherwise = frozenset().union(*(one.affirmed for one in told if not one.cues))
        against = [word for word in stated.affirmed if word in denied - otherwise]
    return min(against, default=None)


def _exclusive(stated: Denials, words: Set[str], stem: Callable[[str], str]) -> str | None:
    """A word of the sentence in the place of which the quotes have another one of its kind: "month" for "week"."""
    said = stated.affirmed | stated.denied_widely
    for kind in _KINDS:
        stems = frozenset(map(stem, kind))
        if (wrong := said & stems - words) and words & stems - said:
            return min(wrong)
    return None


def _both(stated: Denials, told: Sequence[Denials], odd: int) -> str | None:
    denied = frozenset().union(*(one.denied for one in told))
    affirmed = frozenset().union(*(one.affirmed for one in told))
    denies = stated.denied & affirmed - denied
    affirms = stated.affirmed & denied - affirmed - stated.denied
    if denies and affirms:
        return min(denies)
    if not stated.explicit and not any(one.explicit for one in told):
        return None  # "banned" for "prohibited"
    cues = [one.cues for one in told if one.cues] + [sum(one.cues for one in told)]
    if any((stated.cues + odd) % 2 == each % 2 for each in cues):
        return None
    return min(denies | affirms, default=None)


def _is_turned(word: str, other: str, opposites: Set[frozenset[str]], stated: Denials, words: Set[str]) -> bool:
    """True where a word of the sentence is the opposite of one of the quotes, and neither has both."""
    return (
        frozenset((word, other)) in opposites
        and word not in words
        and other not in stated.affirmed | stated.denied_widely
    )


def denials(doc: Doc) -> Denials:
    """What a sentence affirms and denies."""
    close: dict[int, int] = {}
    wide: dict[int, int] = {}
    cues = explicit = 0
    for token in doc:
        if (scope := _scope(token)) is not None:
            cues += 1
            explicit += token.dep_ == "neg" or token.lower_ in _NOT
            below, subject = scope
            for at in below:
                close[at] = close.get(at, 0) + 1
            for at in {*below, *subject}:
                wide[at] = wide.get(at, 0) + 1
    content = [t for t in doc if t.pos_ in _CONTENT and lemma(t) not in _SAYING]
    denied = {lemma(t) for t in content if close.get(t.i, 0) % 2 and t.pos_ != "PROPN"}
    widely = {lemma(t) for t in content if wide.get(t.i, 0) % 2}
    affirmed = {lemma(t) for t in content if not wide.get(t.i, 0) % 2}
    return Denials(frozenset(affirmed), frozenset(denied), frozenset(widely), cues, explicit)


def lemma(token: Token) -> str:
    """The basic form in small letters."""
    return str(token.lemma_.lower())


def _scope(token: Token) -> tuple[list[int], list[int]] | None:
    """The places of the words that one word denies, and of their subject; None where it denies nothing."""
    word, basic = token.lower_, lemma(token)
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


_NEGATIVE = word_set("""
    imperfect ineligible uninsured unrecognised unrecognized unknown unclear uncertain unable unaware unsafe unfair
    unjust unlawful
    unwilling unsuccessful unpopular unprepared unprecedented unaffected unchanged unharmed uninjured unhurt unpaid
    unsold untrue unusual invalid inaccurate incorrect incomplete ineffective inadequate insufficient invisible
    irresponsible irrelevant illegal impossible improbable dishonest disloyal dissatisfied
""")


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
