"""Speech acts: "deny", "promise", "criticise", each with the verbs that articles report it with."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from index import Library, Statement
from index.text import LOOSE_SPEECH_ACTS, SPEECH_ACTS, is_negated

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
        """Return the speech act that a verb of a question asks for, if any."""
        word = verb.split()[0].lower()
        return next((act for act in _SPEECH_ACTS if _is_form(word, act.verb)), None)

    def stems(self, library: Library) -> set[str]:
        """Return the verbs stemmed as in the word index."""
        return set(library.passages.terms(" ".join(self.verbs)))

    def filter(self, library: Library, statements: Sequence[Statement]) -> list[Statement]:
        """Return the statements with one of the verbs in the cue or, if there are none, anywhere in the sentence.

        A statement that only negates the act isn't one: "did not dispute", "refused to criticise".
        """
        stems = self.stems(library)
        reporting = [statement for statement in statements if _reports(library, statement.text, stems)]
        by_cue = [statement for statement in reporting if stems & set(library.passages.terms(statement.cue))]
        return by_cue or reporting

    def is_reported_in(self, library: Library, text: str) -> bool:
        """Return whether a text contains one of the verbs, not negated."""
        return _reports(library, text, self.stems(library))


_SPEECH_ACTS = tuple(
    SpeechAct(verbs.split()[0], frozenset(verbs.split()), is_loose)
    for groups, is_loose in ((SPEECH_ACTS, False), (LOOSE_SPEECH_ACTS, True))
    for verbs in groups
)


def _reports(library: Library, text: str, stems: Set[str]) -> bool:
    if not stems & set(library.passages.terms(text)):
        return False
    found = (word for word in _WORD.finditer(text) if stems & set(library.passages.terms(word[0])))
    return any(not is_negated(text, word.start()) for word in found)


def _is_form(word: str, verb: str) -> bool:
    """Return whether a word is a form of a regular verb."""
    return word in (verb, f"{verb}s", f"{verb}d", f"{verb}ed", f"{verb[:-1]}ied", f"{verb[:-1]}ies")
