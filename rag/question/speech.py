"""Decide whether a question asks for words, and whose, about what: "What did Kirby reveal?", "Who denied it?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.text import ACTION_VERBS, FUNCTION_WORDS, LIGHT_VERBS, word_set

from ..grammar import QUESTION_WORDS, Clause, ClauseParser, names_in, singular_speech_noun
from ..knowledge import LibraryKnowledge
from .speech_acts import SpeechAct
from .words_or_deeds import anyone_is_asked, how_is_said, is_person, reports_words, subject_speaks

# What a subject may be called that stands for anyone.
_ANYONE = word_set("people they others everyone everybody anyone anybody somebody someone articles papers media press")
_ARTICLES = word_set("article articles story stories piece pieces coverage")
_NO_SPEAKER = word_set("there it this that these those not really latter former both us we you i")
_SAYING = word_set("say tell speak talk comment mention state remark")
_BROAD = word_set("say speak talk comment")
# A question is one line: "." matches everything, so a rest that may be anything never fails.
_FLAGS = re.IGNORECASE | re.DOTALL
_COMPARE = re.compile(r"^(?:compare|contrast) (?:both )?", re.IGNORECASE)
_COMPARE_SPEAKERS = re.compile(
    r"^(?:compare|contrast) (?P<speaker>.+? (?:and|with|to) .+?)(?: (?:on|about|over) (?P<about>.+))?$", _FLAGS
)
_QUOTATION = re.compile(
    r"^(?:who|whom|whose|which \w+)\b.{0,60}?[,: ] ?[“„«\"‘'](?P<words>[^\W_].*?)[”“»\"’']?$", re.IGNORECASE
)
_HEADLINE = re.compile(r"^(?P<speaker>[^,:]{2,60}?):? (?:on|about) (?P<about>.+)$", re.IGNORECASE)
_ACCORDING = (
    re.compile(r"^according to (?:the )?(?P<speaker>[^,]+), (?P<about>.+)$", _FLAGS),
    re.compile(r"^according to (?:the )?(?P<speaker>.+?) (?P<about>(?:what|who|when|where|why|how|which) .+)$", _FLAGS),
    re.compile(
        r"^in (?:the )?(?P<speaker>.+?)['’]s? (?:view|opinion|judge?ment|words|eyes|estimation),? (?P<about>.+)$",
        _FLAGS,
    ),
    re.compile(r"^(?P<about>.+?),? according to (?:the )?(?P<speaker>.+)$", _FLAGS),
)


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """What a question about speech asks for.

    Attributes:
        speaker: the speaker or speakers as written ("Kirby and Putin"); None for anyone.
        about: the topic, if there is one.
        speech_act: the speech act that was asked for, if any.
        statements_only: only the speaker's own words are an answer: the question asks what they "said".
        is_broad: everything that is related to the topic is an answer.
        quotation: the words whose speaker the question asks for ("Who said “…”?"); empty for other questions.
        may_be_deed: the question may ask for what the speaker did rather than said ("How did Kirby react?").
    """

    speaker: str | None
    about: str | None
    speech_act: SpeechAct | None = None
    statements_only: bool = False
    is_broad: bool = False
    quotation: str = ""
    may_be_deed: bool = False


def parse_speech(
    text: str, library: LibraryKnowledge, clauses: ClauseParser, is_indirect: bool = False
) -> SpeechRequest | None:
    """Return what a question about speech asks for, without its lead-in, if it had one; None for other questions."""
    if request := _parse_quotation(text) or _parse_according_to(text, library):
        return request
    plain = _COMPARE.sub("", text)
    is_comparison = plain != text
    clause = clauses.parse(plain, is_indirect or is_comparison)
    request = (clause and _request(clause, library)) or _parse_headline(plain, library)
    if request is None and is_comparison and (match := _COMPARE_SPEAKERS.match(text)):
        return SpeechRequest(match["speaker"], match["about"])
    return request


def _parse_quotation(text: str) -> SpeechRequest | None:
    """Parse "Who said “…”?"."""
    match = _QUOTATION.match(text)
    return SpeechRequest(None, match["words"], quotation=match["words"]) if match else None


def _parse_according_to(text: str, library: LibraryKnowledge) -> SpeechRequest | None:
    """Parse "According to Kirby, what …?"."""
    for pattern in _ACCORDING:
        if (match := pattern.match(text)) and library.is_speaker(match["speaker"]):
            return SpeechRequest(match["speaker"].strip(), match["about"])
    return None


def _parse_headline(text: str, library: LibraryKnowledge) -> SpeechRequest | None:
    """Parse "Merkel on Brexit"."""
    match = _HEADLINE.match(text)
    if match is None or QUESTION_WORDS & {*text.lower().split()}:
        return None
    is_name = not FUNCTION_WORDS & {*match["speaker"].lower().split()} and library.is_speaker(match["speaker"])
    return SpeechRequest(match["speaker"], match["about"]) if is_name else None


def _request(clause: Clause, library: LibraryKnowledge) -> SpeechRequest | None:
    """Return what a clause asks for; None if it doesn't ask for words."""
    if clause.question_word == "how" and clause.kind:
        return None  # "How many people said …?"
    if clause.is_noun:
        return _by(clause.complement.agent, clause)
    if _asks_for_speech_noun(clause) or (clause.question_word == "where" and clause.verb == "stand"):
        return _by(clause.subject, clause)
    if not reports_words(clause, library):
        return None
    if clause.is_passive:
        return _passive(clause, library)
    if not clause.subject:
        return _by_anyone(clause, library)
    return _by(clause.subject, clause) if _asks_for_words(clause, library) else None


def _asks_for_speech_noun(clause: Clause) -> bool:
    """Return whether a question asks for what one makes or gives by speaking: "What promises did Macron make?"."""
    return clause.verb in LIGHT_VERBS and bool(clause.subject) and singular_speech_noun(clause.kind) != ""


def _asks_for_words(clause: Clause, library: LibraryKnowledge) -> bool:
    """Return whether a question with a subject asks for what it said, not for when, or to which country."""
    if clause.question_word in ("when", "where", "why", "which", "whose") or clause.kind:
        return False
    return (clause.question_word != "how" or how_is_said(clause)) and subject_speaks(clause, library)


def _passive(clause: Clause, library: LibraryKnowledge) -> SpeechRequest | None:
    agent, about = clause.complement.agent, clause.complement.topic or None
    if agent and clause.question_word != "who" and not clause.kind and (names_in(agent) or library.is_speaker(agent)):
        return _by(agent, clause, clause.subject)
    if clause.question_word == "by" and clause.subject:  # "By whom was the plan condemned?"
        return SpeechRequest(None, clause.subject, SpeechAct.of_verb(clause.verb))
    if clause.question_word == "what" and not clause.subject and about and clause.verb in _BROAD:
        return SpeechRequest(None, about, is_broad=True)  # "What has been said about Brexit?"
    is_carried = clause.subject and clause.question_word in ("what", "", "how") and clause.verb in _SAYING
    return _by(clause.subject, clause) if is_carried else None


def _by_anyone(clause: Clause, library: LibraryKnowledge) -> SpeechRequest | None:
    """Return the request for who said something about a topic; None without a topic."""
    about = clause.complement.topic
    is_asked = clause.question_word == "who" or (clause.kind and is_person(clause.kind))
    if not about or not is_asked or not anyone_is_asked(clause, library):
        return None
    is_broad = clause.verb in _BROAD and clause.complement.preposition in ("about", "on", "of")
    return SpeechRequest(None, about, SpeechAct.of_verb(clause.verb), is_broad=is_broad)


def _by(speaker: str, clause: Clause, instead: str = "") -> SpeechRequest | None:
    """Return the request for what a speaker said; None if the words don't name one.

    Args:
        speaker: the words for the speaker.
        clause: the clause of the question.
        instead: the topic if the complement of the verb has none.
    """
    about = clause.complement.topic or instead or None
    name = " ".join(speaker.split()).strip(" \"“”‘’',")
    first, _, rest = name.partition(" ")
    name = rest if rest and first.lower() in ("the", "both", "any") else name
    if not name or name.lower() in _NO_SPEAKER or name.split()[0].lower() in _ARTICLES:
        return None
    if name.lower() in _ANYONE:
        return SpeechRequest(None, about, is_broad=True) if about else None
    may_be_deed = clause.question_word == "how" or clause.verb in ACTION_VERBS
    act = SpeechAct.of_verb(clause.verb)
    return SpeechRequest(name, about, act, statements_only=clause.verb in _SAYING, may_be_deed=may_be_deed)
