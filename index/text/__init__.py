"""TODO."""

from .acronyms import mark_acronyms
from .content_words import content_spans
from .language import language_of
from .names import Gender, bare_name, folded, gender_of_first_name, gender_of_title, initials, is_title, may_be_same
from .near_duplicates import DAYS_APART, SHARED, bands, shared, shingles
from .words import (
    BELONGINGS,
    COURTESIES,
    DAYS,
    FUNCTION_WORDS,
    HUMANS,
    NO_NAMES,
    NO_NAMES_IN_QUESTIONS,
    ORGANISATIONS,
    PARTICLES,
    QUESTION_WORDS,
    TITLES,
    without_suffix,
    word_set,
)

__all__ = [
    "BELONGINGS",
    "COURTESIES",
    "DAYS",
    "DAYS_APART",
    "FUNCTION_WORDS",
    "HUMANS",
    "NO_NAMES",
    "NO_NAMES_IN_QUESTIONS",
    "ORGANISATIONS",
    "PARTICLES",
    "QUESTION_WORDS",
    "SHARED",
    "TITLES",
    "Gender",
    "bands",
    "bare_name",
    "content_spans",
    "folded",
    "gender_of_first_name",
    "gender_of_title",
    "initials",
    "is_title",
    "language_of",
    "mark_acronyms",
    "may_be_same",
    "shared",
    "shingles",
    "without_suffix",
    "word_set",
]
