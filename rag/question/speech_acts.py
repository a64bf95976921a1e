"""Ways of speaking: "deny", "promise", "criticise", each with the verbs by which articles report it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index import Library, Statement


@dataclass(frozen=True, slots=True)
class SpeechAct:
    """A way of speaking: `verb` as in the question, and the verbs that report it.

    `is_loose` tells that other statements answer as well: what somebody wants may follow from anything that they say.
    """

    verb: str
    verbs: frozenset[str]
    is_loose: bool = False


_VERBS = tuple(
    tuple(words.split())
    for words in (
        "deny reject dispute refute dismiss contradict rebut disavow",
        "reject dismiss refuse deny oppose rebuff decline",
        "promise pledge vow swear commit assure guarantee",
        "criticise criticize attack blast slam condemn denounce accuse blame decry mock deride ridicule rebuke chide"
        " assail lambast deplore fault",
        "condemn denounce deplore decry criticise criticize",
        "attack blast slam assail criticise criticize mock",
        "mock deride ridicule taunt insult",
        "praise applaud laud hail commend congratulate thank welcome credit admire tout celebrate",
        "welcome praise applaud hail",
        "congratulate praise thank",
        "thank praise",
        "support endorse back favour favor defend champion embrace agree",
        "endorse support back",
        "back support endorse",
        "defend support justify",
        "oppose reject object disagree criticise criticize condemn dispute",
        "accuse blame allege charge fault",
        "blame accuse fault",
        "admit acknowledge concede confess recognise recognize",
        "acknowledge admit concede recognise recognize",
        "concede admit acknowledge",
        "complain criticise criticize lament grumble",
        "question doubt challenge dispute",
        "threaten warn",
        "confirm acknowledge affirm",
        "demand urge call insist request",
        "urge demand call ask appeal",
        "call urge demand appeal",
    )
)
_LOOSE = tuple(
    tuple(words.split())
    for words in (
        "want demand urge call propose seek request ask wish appeal insist advocate recommend",
        "warn caution fear threaten worry",
        "predict forecast expect project anticipate estimate",
        "announce declare unveil reveal disclose",
        "propose suggest recommend advocate",
        "hope wish",
        "fear worry warn",
    )
)


def speech_act_of(verb: str) -> SpeechAct | None:
    """The way of speaking that a verb of a question asks for, if any."""
    word = verb.split()[0].lower()
    for groups, is_loose in ((_VERBS, False), (_LOOSE, True)):
        for verbs in groups:
            if _is_form(word, verbs[0]):
                return SpeechAct(verbs[0], frozenset(verbs), is_loose)
    return None


def _is_form(word: str, verb: str) -> bool:
    """True where a word is a form of a regular verb."""
    return word in (verb, f"{verb}s", f"{verb}d", f"{verb}ed", f"{verb[:-1]}ied", f"{verb[:-1]}ies")


def matches_speech_act(library: Library, statements: Sequence[Statement], way: SpeechAct) -> list[Statement]:
    """The statements that are reported by a way's verbs: as their cue, or else in their sentence."""
    wanted = stems(library, way)
    by_cue = [statement for statement in statements if wanted & set(library.terms(statement.cue))]
    return by_cue or [statement for statement in statements if wanted & set(library.terms(statement.text))]


def stems(library: Library, way: SpeechAct) -> set[str]:
    """A way's verbs as word search compares them."""
    return set(library.terms(" ".join(way.verbs)))
