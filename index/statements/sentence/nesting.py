"""Statements in the content of other statements: "He claimed that it was over, sources reported"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

from ...records import Span
from ...text import ORGANISATION_NOUNS, PERSON_NOUNS, gender_of_title, is_title
from .grammar import QUOTING_VERBS
from .polarity import is_negated

# The dependencies between a reported cue and the cue that reports it.
_REPORTING_PATH = {"ccomp", "conj", "parataxis", "ROOT"}
_FINITE_TAGS = {"VBD", "VBZ", "VBP", "MD"}
_MAX_STEPS = 8


@dataclass(slots=True, eq=False)
class Draft:
    """An attribution under construction: the token that heads its cue, and the positions of its content."""

    source: Token
    cue: Span
    head: Token
    verb: str
    content: set[int]

    @property
    def position(self) -> int:
        """The position of the head of the cue in the sentence."""
        return self.head.i

    @property
    def may_quote(self) -> bool:
        """Whether a quotation may be the content."""
        return self.verb in QUOTING_VERBS


def innermost_report(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the innermost of the statements whose content contains another one; None if there is none."""
    reports = (
        other
        for other in drafts
        if other is not draft and draft.position in other.content and other.position not in draft.content
    )
    return min(reports, key=lambda other: len(other.content), default=None)


def is_aside(draft: Draft) -> bool:
    """Return whether the author adds a statement to a name in the content of another: "praised Lee, who said …"."""
    source = draft.source
    is_relative = source.tag_ == "WP" and draft.head.dep_ == "relcl" and draft.head.head.tag_ in ("NNP", "NNPS")
    return is_relative and source.i > 0 and source.nbor(-1).text == ","


def is_reported_by(draft: Draft, report: Draft, quoted: Sequence[bool]) -> bool:
    """Return whether a statement in the content of another one is a statement of its own, passed on by that one.

    It is if a person or group is reported to have said something in words: an attitude, a plan or an act isn't.
    """
    passes_on = (report.may_quote and not is_negated(report.head)) or report.head.lower_ == "according"
    if not passes_on or not draft.may_quote or not _is_someone(draft.source) or not _is_past_or_present(draft.head):
        return False
    doc = draft.head.doc
    has_words = any(quoted[position] or doc[position].tag_ in _FINITE_TAGS for position in draft.content)
    return has_words and _is_main_clause_of(draft.head, report)


def _is_main_clause_of(cue: Token, report: Draft) -> bool:
    """Return whether only complements lead from a cue to the one that reports it: no relative or adverbial clause."""
    first, last = sorted((cue.i, report.position))
    if any(token.text == ";" for token in cue.doc[first:last]):
        return False
    for _ in range(_MAX_STEPS):
        if cue == report.head:
            return True
        if cue.dep_ == "ROOT":  # "He said it was over, according to sources"
            return report.head.dep_ == "parataxis" or not report.verb
        if cue.dep_ not in _REPORTING_PATH:
            return False
        cue = cue.head
    return False


def _is_past_or_present(verb: Token) -> bool:
    """Return whether a verb reports a fact: it is finite, and no modal verb precedes it ("should say")."""
    auxiliaries = [child for child in verb.children if child.dep_ == "aux"]
    if any(child.tag_ in ("MD", "TO") for child in auxiliaries):
        return False
    return verb.tag_ in _FINITE_TAGS or bool(auxiliaries)


def _is_someone(source: Token) -> bool:
    """Return whether a source is a name, a person, a group of people, "he", "she" or "they"."""
    if source.tag_ in ("NNP", "NNPS"):
        return True
    if source.tag_ == "PRP":
        return source.lower_ in ("he", "she", "they")
    noun = source.lower_
    singular = noun.removesuffix("s")
    is_person = singular in PERSON_NOUNS or noun == "people" or is_title(singular)
    return is_person or noun in ORGANISATION_NOUNS or gender_of_title(singular) is not None
