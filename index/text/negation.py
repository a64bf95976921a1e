"""Words that negate, and whether a word of a sentence is negated by those before it."""

from __future__ import annotations

import re

from .opposites import NEGATORS
from .words import one_of, word_set

# Before an infinitive or a gerund: "refused to criticise", "has yet to confirm", "stopped short of accusing".
REFUSALS = word_set("""
    refuse refuses refused refusing decline declines declined declining fail fails failed failing avoid avoids avoided
    avoiding refrain refrains refrained refraining stop stops stopped stopping cease ceases ceased unable unwilling
    reluctant hesitate hesitates hesitated hesitating yet short instead
""")
_MAX_CHARACTERS, _MAX_WORDS = 80, 6
_WORD = re.compile(r"[^\W\d_]+(?:['’]t\b)?")
# A negation doesn't reach beyond its clause.
_CLAUSE_WORDS = one_of(["but", "and", "who", "which", "that", "because", "while"])
_CLAUSE_START = re.compile(rf"[,;:.!?()“”\"—–\n]|\b(?:{_CLAUSE_WORDS})\b")


def is_negated(text: str, offset: int) -> bool:
    """Whether the word at an offset is negated or refused by a word before it in its clause.

    "did not dispute", "no longer believes", "refused to criticise" and "neither A nor B said" are; what comes after the
    word isn't looked at. The cost is bounded, whatever the length of the text.
    """
    before = text[max(0, offset - _MAX_CHARACTERS) : offset]
    clause = before[max((m.end() for m in _CLAUSE_START.finditer(before)), default=0) :]
    words = [word.lower().replace("’", "'") for word in _WORD.findall(clause)[-_MAX_WORDS:]]
    return any(word in NEGATORS or word in REFUSALS or word.endswith("n't") or word == "cannot" for word in words)
