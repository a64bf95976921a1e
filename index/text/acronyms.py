"""Acronyms that look like other words: "US" and "us", "WHO" and "who"."""

from __future__ import annotations

import re

from .words import FUNCTION_WORDS

DOTTED_ACRONYM = r"\b(?:[A-Z]\.){2,5}"
_ACRONYM = re.compile(rf"\b[A-Z]{{2,5}}\b|{DOTTED_ACRONYM}")
_MIN_WORDS_IN_CAPITALS = 4  # a text with as many says nothing about acronyms


def is_all_caps(text: str) -> bool:
    """Return whether a text is written in capitals, so that acronyms can't be recognised."""
    return text.isupper() and len(text.split()) >= _MIN_WORDS_IN_CAPITALS


def is_acronym(word: str) -> bool:
    """Return whether a word looks like "US" or "U.S."."""
    return _ACRONYM.fullmatch(word) is not None


def mark_acronyms(text: str) -> str:
    """Replace acronyms that look like function words ("US", "U.S.") with distinct words."""
    return text if is_all_caps(text) else _ACRONYM.sub(_distinct_word, text)


def _distinct_word(match: re.Match[str]) -> str:
    letters = match[0].replace(".", "")
    return f"{letters}abbreviated" if letters.lower() in FUNCTION_WORDS else letters
