"""Content words: the words of a text that carry its meaning, which late interaction compares."""

from __future__ import annotations

import re

from ..records import Span
from .acronyms import DOTTED_ACRONYM, is_acronym, is_all_caps
from .words import FUNCTION_WORDS

_WORD = re.compile(rf"{DOTTED_ACRONYM}|\w+")  # "U.S." is one word


def content_spans(text: str) -> list[Span]:
    """Return the spans of the content words: all except function words ("the", "of", "did"; but not "US" and "WHO")."""
    has_acronyms = not is_all_caps(text)
    return [
        Span(*m.span())
        for m in _WORD.finditer(text)
        if m[0].lower() not in FUNCTION_WORDS or (has_acronyms and is_acronym(m[0]))
    ]
