"""Whether a word of a sentence is negated by the words before it."""

from __future__ import annotations

import re

from .opposites import NEGATORS
from .speech_verbs import inflected
from .words import one_of


def _forms(*verbs: str) -> str:
    return one_of(form for verb in verbs for form in inflected(verb))


_MAX_CHARACTERS, _MAX_WORDS = 80, 6
_WORD = re.compile(r"[^\W\d_]+(?:['’]t\b)?")
# A negation doesn't reach beyond its clause.
_CLAUSE_WORDS = one_of(["but", "and", "who", "which", "that", "because", "while"])
_CLAUSE_START = re.compile(rf"[,;:.!?()“”\"—–\n]|\b(?:{_CLAUSE_WORDS})\b")
_AFFIRMING = re.compile(r"\b(?:not (?:only|just|merely)|no (?:fewer|less|more) than)\b", re.IGNORECASE)
_UNDONE_INFINITIVE = re.compile(
    rf"\b(?:{_forms('refuse', 'decline', 'fail', 'hesitate')}|unable|unwilling|reluctant|yet) to\b", re.IGNORECASE
)
_UNDONE_GERUND = re.compile(
    rf"\b(?:(?:{_forms('avoid', 'stop', 'cease', 'refrain')})(?: from| short of)?|instead of) $", re.IGNORECASE
)


def is_negated(text: str, offset: int) -> bool:
    """Return whether the word at an offset is negated, or said not to have happened, by words before it in its clause.

    "did not dispute", "no longer believes", "refused to criticise" and "neither A nor B said" are. Words after it
    aren't examined. The cost is bounded, whatever the length of the text.
    """
    before = text[max(0, offset - _MAX_CHARACTERS) : offset]
    clause = before[max((match.end() for match in _CLAUSE_START.finditer(before)), default=0) :]
    clause = _AFFIRMING.sub("", clause)
    if _UNDONE_INFINITIVE.search(clause) or _UNDONE_GERUND.search(clause):
        return True
    words = [word.lower().replace("’", "'") for word in _WORD.findall(clause)[-_MAX_WORDS:]]
    return any(word in NEGATORS or word.endswith("n't") or word == "cannot" for word in words)
