"""Capitalised names in questions."""

from __future__ import annotations

import re

from index.text import COMMON_PARTICLES, NON_NAME_QUESTION_WORDS, UPPERCASE, one_of

_WORD = rf"[{UPPERCASE}][\w’'.&-]*"
_LINKS = one_of(COMMON_PARTICLES | {"of", "da"})
NAME_PATTERN = rf"{_WORD}(?:\s+(?:(?:{_LINKS})\s+)?{_WORD})*"
_NAME = re.compile(NAME_PATTERN)
_CONTRACTION = re.compile(r"[’'](?:s|d|re|ve|ll)$")


def names_in(text: str) -> tuple[str, ...]:
    """Find the capitalised names in a question, without words such as "Who" that are only capitalised at its start."""
    names = []
    for match in _NAME.finditer(text):
        words = match[0].split()
        while words and _CONTRACTION.sub("", words[0].strip(".’'")).lower() in NON_NAME_QUESTION_WORDS:
            words.pop(0)
        name = re.sub(r"[’']s$", "", " ".join(words).rstrip(".,"))
        if len(name) > 1:
            names.append(name)
    return tuple(dict.fromkeys(names))
