"""Find the spelling in the articles of names that a question misspells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

_MIN_LETTERS = 4  # shorter words are too similar to each other
_WORD = re.compile(r"\w+")


def find_spellings(misspelt: Sequence[str], texts: Iterable[str]) -> dict[str, str]:
    """For each misspelt name of which the texts contain another spelling: the first one that they contain."""
    words: dict[str, str] = {}
    for text in texts if misspelt else ():
        for word in _WORD.findall(text):
            words.setdefault(word.lower(), word)
    found = {}
    for name in misspelt:
        parts = [_find_word(part, words) for part in _WORD.findall(name)]
        spelling = " ".join(part for part in parts if part)
        if all(parts) and spelling.lower() != name.lower():
            found[name] = spelling
    return found


def _find_word(word: str, words: dict[str, str]) -> str | None:
    """A word as the texts write it, else the first one that differs by one letter."""
    lower = word.lower()
    if lower in words or len(word) < _MIN_LETTERS:
        return words.get(lower, word)
    return next((words[other] for other in words if OSA.distance(lower, other, score_cutoff=1) <= 1), None)
