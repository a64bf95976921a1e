"""Decide whether a verb of a question asks for words or for deeds: "attacked the plan", "attacked the harbour"."""

from __future__ import annotations

import re

from index.text import (
    ACTION_VERBS,
    CLAUSE_VERBS,
    EVIDENCE_VERBS,
    PERSON_NOUNS,
    PHRASAL_VERBS,
    PHYSICAL_VERBS,
    PREPOSITIONAL_VERBS,
    QUESTION_VERBS,
    STANCE_VERBS,
    TITLES,
    word_set,
)

from ..grammar import Clause, names_in
from ..knowledge import LibraryKnowledge

_HOW = word_set("respond reply answer comment")
_COMPARING = word_set("differ disagree compare")
_PERSON_ENDING = re.compile(r"(?:[^aeiou]er|[td]or|ist|ian|crat|[iy]can|logue|expert|people|m[ae]n)$")
_MAKING = word_set("write read post text email blog deliver tweet")
_SPEAKING = word_set("speak talk")
_REFLEXIVE = word_set("himself herself itself themselves yourself ourselves")
_TOPICAL = word_set("about against that")


def reports_words(clause: Clause, library: LibraryKnowledge) -> bool:
    """Return whether the verb of a clause, with its particle, can report words at all."""
    verb, complement = clause.verb, clause.complement
    if verb in QUESTION_VERBS and not complement.particle:
        return True
    if f"{verb} {complement.particle}" in PHRASAL_VERBS or complement.particle in PREPOSITIONAL_VERBS.get(verb, ()):
        return True
    if clause.subject:
        is_known = library.is_speaker(clause.subject)
    else:
        is_known = _gives_words(clause) or _is_about_view(clause, library) or complement.preposition == "over"
    return is_known and library.is_speech_verb(f"{verb} {complement.particle}".strip())


def subject_speaks(clause: Clause, library: LibraryKnowledge) -> bool:
    """Return whether a question with a subject asks for what the subject said."""
    subject, verb = clause.subject, clause.verb
    is_known = bool(names_in(subject)) or library.is_speaker(subject)
    if verb in EVIDENCE_VERBS and not is_known and clause.complement.preposition != "about":
        return False  # "What did the flood reveal?"
    if verb in _COMPARING and " and " not in subject:
        return False
    if clause.complement.topic.lower() in _REFLEXIVE:
        return False  # "How did the French defend themselves?"
    return verb not in ACTION_VERBS or bool(clause.complement.particle) or _asks_for_words(clause, library)


def anyone_is_asked(clause: Clause, library: LibraryKnowledge) -> bool:
    """Return whether a question without a subject asks for who said something."""
    verb, complement = clause.verb, clause.complement
    if verb in _SPEAKING and complement.preposition not in _TOPICAL | {"of", "on"}:
        return False  # "Who speaks for the Kremlin?"
    if verb not in ACTION_VERBS | CLAUSE_VERBS or _gives_words(clause):
        return True
    if complement.preposition in PREPOSITIONAL_VERBS.get(verb, ()) and not complement.target:
        return True
    return verb not in CLAUSE_VERBS | _MAKING and _is_about_view(clause, library)


def is_person(noun: str) -> bool:
    """Return whether a noun stands for people who speak: "senators", "economist"."""
    singular = re.sub(r"(?:(?<=m)e(?=n$)|(?<=[^s])s$)", lambda match: "a" if match[0] == "e" else "", noun)
    return singular in PERSON_NOUNS | TITLES or _PERSON_ENDING.search(singular) is not None


def how_is_said(clause: Clause) -> bool:
    """Return whether a question with "how" can ask for words: "respond", "describe", but not "add"."""
    return clause.verb not in CLAUSE_VERBS - _HOW


def _asks_for_words(clause: Clause, library: LibraryKnowledge) -> bool:
    """Return whether words are asked for with a verb that may report a deed."""
    complement, verb = clause.complement, clause.verb
    if _gives_words(clause):
        return True
    if complement.target and not library.is_view(complement.target):
        return verb in STANCE_VERBS - PHYSICAL_VERBS and library.is_speaker(clause.subject)
    if complement.topic and complement.preposition not in ("on", "over", "of", "for", "to", ""):
        return verb not in PHYSICAL_VERBS and library.is_speaker(clause.subject)
    return bool(complement.topic) or library.is_speaker(clause.subject)


def _gives_words(clause: Clause) -> bool:
    """Return whether a question gives what was said or its topic: a clause, a predicate, "about"."""
    complement = clause.complement
    return complement.has_clause or complement.has_predicate or complement.preposition in _TOPICAL


def _is_about_view(clause: Clause, library: LibraryKnowledge) -> bool:
    return bool(clause.complement.target) and library.is_view(clause.complement.target)
