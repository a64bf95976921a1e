"""Full stops that don't end a sentence in other languages: "Sra. Calder", "7. März"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ..records import Span
from ..text import detect_language, word_set

_MAX_WORD = 20  # characters
_LAST_WORD = re.compile(r"(?:\A|[\s(„“«\"'’/-])(?:([^\W\d_][^\W\d_.-]*(?:[.-][^\W\d_]+)*)|(\d{1,2}))\.\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# Titles before a name, in texts of any language.
_TITLES = word_set("sra srta dra dña sres hr frl mlle mgr dott sig ing mag dipl-ing univ-prof dhr mevr św ks")


class Abbreviations:
    """The abbreviations in a text of which the language is detected when it is first needed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._language: str | None = None
        self._is_detected = False

    def end(self, sentence: Span, following: int) -> bool:
        """Return whether a sentence ends with an abbreviation or ordinal that belongs to the word at `following`."""
        match = _LAST_WORD.search(self._text[max(sentence.start, sentence.end - _MAX_WORD) : sentence.end])
        if match is None:
            return False
        abbreviations, months = _lists()
        if match[1]:
            word = match[1].lower()
            return word in _TITLES or (word in _all_abbreviations() and word in abbreviations.get(self.language, ()))
        next_word = _FIRST_WORD.match(self._text, following)
        if next_word is None:
            return False
        if self.language in months:
            return True
        return self.language == "" and any(next_word[0].lower() in names for names in months.values())

    @property
    def language(self) -> str:
        """The language of the text; empty if the text is too short to tell."""
        if not self._is_detected:
            self._language, self._is_detected = detect_language(self._text), True
        return self._language or ""


@cache
def _lists() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """Return the abbreviations of each language, and the names of months of the languages that write ordinals so."""
    abbreviations: dict[str, frozenset[str]] = {}
    months: dict[str, frozenset[str]] = {}
    for line in (Path(__file__).parent / "abbreviations.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, _, words = line.partition(":")
            language, _, kind = name.partition(" ")
            (months if kind else abbreviations)[language] = word_set(words)
    return abbreviations, months


@cache
def _all_abbreviations() -> frozenset[str]:
    return frozenset().union(*_lists()[0].values())
