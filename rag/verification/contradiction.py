"""Whether a sentence denies what its quotes affirm, or affirms what they deny, or says the opposite."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from index.text import word_set

from .negation import Denials, Stem, denials, vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

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


def contradicts(sentence: Doc, quotes: Sequence[Doc], stem: Stem) -> str | None:
    """A word of which the sentence denies what the quotes affirm, or the other way round; None where there is none."""
    said = vocabulary(sentence, stem)
    words = frozenset().union(*(vocabulary(quote, stem) for quote in quotes))
    if exclusive := _exclusive(said, words, stem):
        return exclusive
    stated, told = denials(sentence, stem, words), [denials(quote, stem, said) for quote in quotes]
    opposites = {frozenset(map(stem, pair)) for pair in _OPPOSITES}
    # Neither side has both: "more" in one place and "less" in another tell nothing.
    turned = [w for w in said - words for other in words - said if frozenset((w, other)) in opposites]
    cues = sum(one.cues for one in told)
    if not stated.cues and not cues:
        return min(turned, default=None)
    if stated.cues and cues:
        return _both(stated, told, len(turned) % 2)
    if len(turned) % 2:
        return None  # "stayed" for "did not leave"
    if stated.cues:
        return min(stated.denied_widely & words, default=None)
    denied = frozenset().union(*(one.denied_widely for one in told))
    # What another quote affirms isn't denied.
    otherwise = frozenset().union(*(one.affirmed for one in told if not one.cues))
    return min(stated.affirmed & denied - otherwise, default=None)


def _exclusive(said: Set[str], words: Set[str], stem: Stem) -> str | None:
    """A word of the sentence in the place of which the quotes have another one of its kind: "month" for "week"."""
    for kind in _KINDS:
        stems = frozenset(map(stem, kind))
        if (wrong := said & stems - words) and words & stems - said:
            return min(wrong)
    return None


def _both(stated: Denials, told: Sequence[Denials], odd: int) -> str | None:
    """What is denied on one side, where both sides deny something."""
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
