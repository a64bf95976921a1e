"""The words of a text that say what it is about: those that late interaction compares."""

from __future__ import annotations

import re

from ..records import Span
from .acronyms import DOTTED, is_abbreviation, is_shouted
from .words import FUNCTION_WORDS

_WORD = re.compile(rf"{DOTTED}|\w+")  # "U.S." is one


def content_spans(text: str) -> list[Span]:
    """Where the words of a text stand, without those that only bind others ("the", "of", "did"; not "US" and "WHO")."""
    has_abbreviations = not is_shouted(text)
    return [
        Span(*m.span())
        for m in _WORD.finditer(text)
        if m[0].lower() not in FUNCTION_WORDS or (has_abbreviations and is_abbreviation(m[0]))
    ]
