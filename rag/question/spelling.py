"""Correct misspelt words of the frame of a question ("wht did kirby sya"); names and topics are left unchanged."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from index.text import FUNCTION_WORDS, PARTICLES, QUESTION_VERBS, SPEECH_NOUNS, word_set

from ..grammar import AUXILIARIES
from ..knowledge import LibraryKnowledge

_MIN_LETTERS = 3
_LONG_WORD = 6  # letters from which two edits are allowed
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SHORTENED = {"whats": "what's", "whos": "who's", "wheres": "where's", "hows": "how's", "thats": "that's"}
# Words with which a question begins.
_FIRST = word_set(
    "what who when where why how which whose did does is are was were has have tell list show compare according"
)
_TOPIC_START = word_set("about on of regarding")
_COLLECTION = word_set("article articles story stories source sources newest oldest latest summarise summarize summary")


def correct_frame(text: str, library: LibraryKnowledge) -> str:
    """Return a question with the words that frame it spelt correctly: question words, auxiliaries, verbs of speech.

    The frame ends with the verb of speech. A word is corrected if no English dictionary and no article contains it, and
    one edit (two in long words) makes it such a word. The first word is also corrected if it is another English word
    before an auxiliary ("wat did …").
    """
    words = list(_WORD.finditer(text))
    corrected, position = [], 0
    for number, match in enumerate(words):
        after = words[number + 1][0].lower() if number + 1 < len(words) else ""
        word = _SHORTENED.get(match[0].lower()) or _corrected(match[0], number == 0, after, library)
        if word:
            corrected += [text[position : match.start()], _with_case(word, match[0])]
            position = match.end()
        if (word or match[0]).lower() in QUESTION_VERBS.keys() | _TOPIC_START:
            break  # what follows is the topic
    return "".join(corrected) + text[position:]


def _corrected(word: str, is_first: bool, after: str, library: LibraryKnowledge) -> str | None:
    lower = word.lower()
    is_before_auxiliary = is_first and lower not in _FIRST and after in AUXILIARIES
    if is_before_auxiliary and (found := _nearest(lower, _FIRST)):
        return found
    is_name = word[0].isupper() and not is_first
    if len(word) < _MIN_LETTERS or is_name or lower in _frame() or lower in _dictionary():
        return None
    return None if library.occurs(lower) else _nearest(lower, _frame())


def _nearest(word: str, known: frozenset[str]) -> str | None:
    """Return the known word that differs least, not a shorter one, the most frequent; None if all differ too much."""
    limit = 1 if len(word) < _LONG_WORD else 2
    distances = {
        other: distance
        for other in known
        if other[0] == word[0] and (distance := OSA.distance(word, other, score_cutoff=limit)) <= limit
    }
    frequency = _dictionary().word_usage_frequency
    return min(distances, key=lambda other: (distances[other], len(other) < len(word), -frequency(other)), default=None)


@cache
def _frame() -> frozenset[str]:
    nouns = {form for noun in SPEECH_NOUNS for form in (noun, f"{noun}s")}
    return frozenset(FUNCTION_WORDS | PARTICLES | QUESTION_VERBS.keys() | nouns | _FIRST | _COLLECTION)


@cache
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en")


def _with_case(word: str, original: str) -> str:
    return word.capitalize() if original[0].isupper() else word
