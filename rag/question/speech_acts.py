"""Speech acts: "deny", "promise", "criticise", each with the verbs that articles report it with."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from index import Library, Statement
from index.text import (
    CHARACTERISING_VERBS,
    CLAUSE_VERBS,
    LOOSE_SPEECH_ACTS,
    QUESTION_VERBS,
    SPEECH_ACTS,
    STATEMENT_VERBS,
    is_negated,
    word_set,
)

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class SpeechAct:
    """A speech act that a question asks for.

    Attributes:
        verb: the verb of the question, in its base form.
        verbs: all verbs that report the act.
        is_loose: other statements may answer the question too: what a speaker wants may follow from anything they say.
    """

    verb: str
    verbs: frozenset[str]
    is_loose: bool = False

    @staticmethod
    def of_verb(verb: str) -> SpeechAct | None:
        """Return the speech act that a verb in its base form asks for; None for verbs that any statement answers."""
        british = f"{verb[:-3]}ise" if verb.endswith("ize") else verb
        if act := _SPEECH_ACTS.get(british):
            return act
        if british in _NEUTRAL_VERBS or british not in QUESTION_VERBS:
            return None
        similar = next((act.verbs for act in _SPEECH_ACTS.values() if british in act.verbs), frozenset())
        return SpeechAct(british, similar | {british, verb}, is_loose=True)

    def stems(self, library: Library) -> set[str]:
        """Return the verbs stemmed as in the word index."""
        return set(library.passages.terms(" ".join(self.verbs)))

    def filter(self, library: Library, statements: Sequence[Statement]) -> list[Statement]:
        """Return the statements with one of the verbs in the cue or, if there are none, anywhere in the sentence.

        A statement that only negates the act isn't one: "did not dispute", "refused to criticise".
        """
        stems = self.stems(library)
        by_cue = [one for one in statements if stems & set(library.passages.terms(one.cue)) and not one.is_negated]
        return by_cue or [one for one in statements if _reports(library, one.text, stems)]

    def is_reported_in(self, library: Library, text: str) -> bool:
        """Return whether a text contains one of the verbs, not negated."""
        return _reports(library, text, self.stems(library))


_SPEECH_ACTS = {
    verbs.split()[0]: SpeechAct(verbs.split()[0], frozenset(verbs.split()), is_loose)
    for groups, is_loose in ((SPEECH_ACTS, False), (LOOSE_SPEECH_ACTS, True))
    for verbs in groups
}
# Verbs that a question uses for any statement.
_NEUTRAL_VERBS = (
    CLAUSE_VERBS
    | CHARACTERISING_VERBS
    | STATEMENT_VERBS
    | word_set("""
    believe think feel react respond reply answer argue speak talk comment mention remark discuss report differ
    compare agree disagree conclude assert contend opine outline recount insist stress emphasise emphasize refer touch
""")
)


def _reports(library: Library, text: str, stems: Set[str]) -> bool:
    if not stems & set(library.passages.terms(text)):
        return False
    found = (word for word in _WORD.finditer(text) if stems & set(library.passages.terms(word[0])))
    return any(not is_negated(text, word.start()) for word in found)
