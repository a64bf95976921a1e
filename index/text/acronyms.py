"""Abbreviations that are no other words: "US" isn't "us", "WHO" isn't "who"."""

from __future__ import annotations

import re

from .words import FUNCTION_WORDS

DOTTED = r"\b(?:[A-Z]\.){2,5}"
_ABBREVIATION = re.compile(rf"\b[A-Z]{{2,5}}\b|{DOTTED}")
_SHOUTED = 4  # words in capitals from which these tell nothing


def is_shouted(text: str) -> bool:
    """True for a text in capitals."""
    return text.isupper() and len(text.split()) >= _SHOUTED


def is_abbreviation(word: str) -> bool:
    """True for "US" and "U.S."; in a shouted text, all short words look so."""
    return _ABBREVIATION.fullmatch(word) is not None


def mark_acronyms(text: str) -> str:
    """A text in which abbreviations ("US", "U.S.") are other words than those that they look like."""
    return text if is_shouted(text) else _ABBREVIATION.sub(_told_apart, text)


def _told_apart(match: re.Match[str]) -> str:
    letters = match[0].replace(".", "")
    return f"{letters}abbreviated" if letters.lower() in FUNCTION_WORDS else letters
