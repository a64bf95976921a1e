"""Different spellings of one person's name in an article: "Volodymyr Zelenskyy", "Vlodoymyr Zelensky"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from ..text import gender_of_first_name

_MIN_MISSPELT_LETTERS = 8  # of a first name that may be misspelt
_MAX_WRONG_LETTERS = 2  # … in it
_SAME_SOUND = str.maketrans("yj", "ii")


def spelling_of(word: str) -> str:
    """Return what the spellings of one name have in common: "Zelensky", "Zelenskyy" and "Zelenskiy" are "zelenski"."""
    return re.sub(r"(.)\1+", r"\1", word.translate(_SAME_SOUND))


def are_spellings(known: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether two full names whose surnames sound the same may be two spellings of one.

    The first names sound the same, too, or one is misspelt: it isn't a known first name, unlike "Christina" beside
    "Christine".
    """
    first, other = known[0], words[0]
    if known[1:-1] != words[1:-1]:
        return False
    is_long = min(len(first), len(other)) >= _MIN_MISSPELT_LETTERS
    is_misspelt = is_long and None in (gender_of_first_name(first), gender_of_first_name(other))
    distance = OSA.distance(first, other, score_cutoff=_MAX_WRONG_LETTERS)
    return spelling_of(first) == spelling_of(other) or (is_misspelt and distance <= _MAX_WRONG_LETTERS)
