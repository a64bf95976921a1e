"""Check to whom a sentence attributes what its quotes say."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from index import Statement
from index.text import (
    ATTRIBUTION_FORMS,
    FUNCTION_WORDS,
    ORGANISATION_NOUNS,
    TITLES,
    fold_name,
    may_be_same_person,
    word_set,
)

from .known_names import PRONOUNS
from .names import contains_name, name_keys, spells_out

if TYPE_CHECKING:
    from spacy.tokens import Doc

# "Roberts said", "said Chief Justice Roberts", "according to the organizer (AROS)": more than the statements found.
_CUES = "|".join(sorted(ATTRIBUTION_FORMS))
_NEAR_CUE = (
    rf"\b{{name}}\b\W+(?:\w+ )?(?:{_CUES})\b"
    rf"|\b(?!tell|told)(?:{_CUES}),? (?:to )?(?:(?!that\b|to\b|as\b|{_CUES})[\w’'.-]+[ (]+){{{{0,10}}}}{{name}}\b"
)
_GENERIC_WORDS = ORGANISATION_NOUNS | TITLES | FUNCTION_WORDS | word_set("justice supreme national state city")


def is_speech(statement: Statement) -> bool:
    """Return whether a statement is introduced by a verb of speech."""
    return bool(ATTRIBUTION_FORMS & set(re.findall(r"[a-z]+", statement.cue.lower())))


def find_missing_speaker(sentence: Doc, speakers: Sequence[str]) -> str | None:
    """Return the speaker of a statement that the sentence presents as a fact.

    None if the sentence mentions a speaker, or somebody who may be one.
    """
    if any(token.lower_ in PRONOUNS | {"i", "we"} for token in sentence):
        return None
    named = [speaker for speaker in speakers if _is_proper_name(speaker)]
    keys = name_keys(sentence.text)
    if len(named) < len(speakers) or any(contains_name(keys, word) for name in named for word in fold_name(name)):
        return None
    return next(iter(named), None)


def find_wrong_speaker(
    stated: Sequence[Statement], speakers: Sequence[str], quotes: str, names: Set[str]
) -> str | None:
    """Return a speaker of the sentence who isn't a speaker of the quotes.

    Args:
        stated: the statements in the sentence.
        speakers: the speakers of the quotes.
        quotes: the text of the quotes.
        names: the words of the names in the sentence.
    """
    if not speakers:
        return None
    for statement in stated:
        surname = statement.speaker.split()[-1]
        if surname not in names or not is_speech(statement) or statement.inferred:
            continue
        is_known = any(_may_be_speaker(statement.speaker, speaker) for speaker in speakers)
        if not is_known and not re.search(_NEAR_CUE.format(name=re.escape(surname)), quotes):
            return statement.speaker
    return None


def _may_be_speaker(name: str, speaker: str) -> bool:
    words, speaker_words = fold_name(name), fold_name(speaker)
    return (
        not (_is_proper_name(name) and _is_proper_name(speaker))
        or may_be_same_person(name, speaker)
        or bool(set(words) & set(speaker_words) - _GENERIC_WORDS)
        or spells_out(speaker, name)
    )


def _is_proper_name(speaker: str) -> bool:
    return speaker.split()[-1][:1].isupper()
