"""Why a sentence of a language model is rejected: the texts that users see, each after the rejected sentence."""

from __future__ import annotations

NO_QUOTE = "no matching quote was given"
NOT_ENGLISH = "only English can be verified"
INSTRUCTION = "a quote is an instruction, not a statement"
REORDERED_LIST = "the items of a list are assigned differently in the quotes"
ADDED_CLAIM = "it goes beyond the quotes"
DIFFERENT_MEANING = "the quotes say something else"


def unknown_name(name: str) -> str:
    """The sentence contains a name that the quotes don't."""
    return f"the quotes don't mention {name}"


def unknown_number(number: float) -> str:
    """The sentence contains a number that the quotes don't."""
    return f"the quotes don't contain the number {number:g}"


def unknown_date(date: str) -> str:
    """The sentence contains a date that the quotes don't."""
    return f"the quotes don't contain {date}"


def wrong_speaker(speaker: str) -> str:
    """The sentence attributes the quotes to somebody else."""
    return f"the quotes aren't attributed to {speaker}"


def missing_attribution(speaker: str) -> str:
    """The sentence presents as a fact what somebody said."""
    return f"it doesn't attribute the statement to {speaker}"


def contradiction(word: str) -> str:
    """Only one of the sentence and the quotes negates a word."""
    return f"it contradicts the quotes about “{word}”"


def swap(one: str, other: str) -> str:
    """The sentence exchanges two names, nouns or numbers."""
    return f"“{one}” and “{other}” are swapped"


def reversed_role(participant: str, verb: str) -> str:
    """The sentence exchanges who does something and who it is done to."""
    return f"“{participant}” has the opposite role in the quotes for “{verb}”"
