"""The words of a text that say what it is about: those that late interaction compares."""

from __future__ import annotations

import re

from .records import Span
from .words import FUNCTION_WORDS

_WORD = re.compile(r"\w+")


def content_spans(text: str) -> list[Span]:
    """Where the words of a text stand, without those that only bind others ("the", "of", "did")."""
    return [Span(*m.span()) for m in _WORD.finditer(text) if m[0].lower() not in FUNCTION_WORDS]
