"""English pronouns and demonstratives by their use."""

from __future__ import annotations

from .names import Gender

# The gender of each pronoun that stands for one person.
PRONOUN_GENDERS: dict[str, Gender] = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female"}

SUBJECT_PRONOUNS = frozenset({"he", "she", "they", "it"})  # third person only
OBJECT_PRONOUNS = frozenset({"him", "her", "them"})
POSSESSIVE_PRONOUNS = frozenset({"his", "her", "their", "its"})
RELATIVE_PRONOUNS = frozenset({"who", "whom", "which", "that"})
DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
