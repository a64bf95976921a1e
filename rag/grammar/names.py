"""Capitalised names in questions."""

from __future__ import annotations

import re
from itertools import dropwhile

from index.text import COMMON_PARTICLES, NON_NAME_QUESTION_WORDS, UPPERCASE, one_of

_SIGN = r"[\w’'.&-]"
_LINKS = one_of(COMMON_PARTICLES | {"of", "da"})


def name_pattern(max_words: int | None = None) -> str:
    """Return a regular expression for a capitalised name.

    With `max_words`, the words are of at most 40 letters, so that a search takes linear time wherever it fails.
    """
    word = rf"[{UPPERCASE}]{_SIGN}{'*' if max_words is None else '{0,39}'}"
    others = "*" if max_words is None else f"{{0,{max_words - 1}}}"
    return rf"{word}(?:\s+(?:(?:{_LINKS})\s+)?{word}){others}"


NAME_PATTERN = name_pattern()
_NAME = re.compile(NAME_PATTERN)
_CONTRACTION = re.compile(r"[’'](?:s|d|re|ve|ll)$")


def names_in(text: str) -> tuple[str, ...]:
    """Find the capitalised names in a question, without words such as "Who" that are only capitalised at its start."""
    names = []
    for match in _NAME.finditer(text):
        words = dropwhile(_is_question_word, match[0].split())
        name = re.sub(r"[’']s$", "", " ".join(words).rstrip(".,"))
        if len(name) > 1:
            names.append(name)
    return tuple(dict.fromkeys(names))


def _is_question_word(word: str) -> bool:
    return _CONTRACTION.sub("", word.strip(".’'")).lower() in NON_NAME_QUESTION_WORDS
