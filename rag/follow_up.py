"""What a question means after the questions before it: "And about Biden?", "when?", "What did he say about that?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .answer import Turn
from .errors import QuestionError
from .limits import split_limits
from .question import MOST, Known, Question, ask_speaker, checked, names_in, speech_topic, standalone

_MAX_TURNS = 20  # how far back a question may refer

_THANKS = re.compile(
    r"^(?:ok(?:ay)?|thanks?(?: you)?(?: very much| a lot)?|great|good|nice|cool|hello|hi|hey|bye|really|yes|no|sure"
    r"|please|wow|interesting|i see|got it)\W*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:and )?(?:what|anything|something) (?:else|more)(?: did (?:he|she|they) say)?\W*$|^(?:tell me )?more\W*$"
    r"|^go on\W*$|^what else\b.{0,20}$",
    re.IGNORECASE,
)
_WHO_IS = re.compile(r"^(?:and )?who (?:is|was) (?:he|she|that)\W*$", re.IGNORECASE)
_BARE = re.compile(
    r"^(?:and |but |so )*(?P<ask>when|where|why|how|who|how many|how much|since when|who else|which one)"
    r"(?: (?:was|is|did|does) (?:that|this|it|he|she))?(?: (?:say|happen|said|happened|so))?\W*$",
    re.IGNORECASE,
)
_CORRECTION = re.compile(r"^(?:(?:no|sorry|actually|i mean|i meant|not that|rather)\b[ ,]*)+", re.IGNORECASE)
_INTRODUCED = re.compile(
    r"^(?:(?:and|but|so|or|ok(?:ay)?)\b[ ,]*)*(?P<how>what about |how about |about |on )?", re.IGNORECASE
)
_ASKS = re.compile(
    r"\b(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|had|can|could|will|would"
    r"|tell|say|said|give|show|list|explain)\b",
    re.IGNORECASE,
)
_NAME_AND_TOPIC = re.compile(r"^(?:the )?(?P<who>.+?) (?:about|on) (?P<about>.+)$", re.IGNORECASE)
_BY = re.compile(r"^(?:by|according to|only|from) |\s+again$", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.IGNORECASE)
_THING = re.compile(r"\b(?:it|that|this|these|those)\b", re.IGNORECASE)
_ABOUT_THING = re.compile(r"\s*\b(?:about|to|on|of)\s+(?:it|that|this|these|those)\b", re.IGNORECASE)


def understand(text: str, history: Sequence[Turn], known: Known) -> Question:
    """Understand a question, by itself or from the questions before it, `history`, oldest first.

    Raises:
        QuestionError: the question is empty, too long, holds no word, or names nobody where it must.
    """
    before: Question | None = None
    for turn in history[-_MAX_TURNS:]:
        try:
            before = _understand(checked(turn.question), before, known)
        except QuestionError:
            continue  # it got no answer, so nothing refers to it
        if before.kind == "statements" and not before.speakers:
            before = replace(before, excluded=(*before.excluded, *speakers_in(turn.answer)))
    return _understand(checked(text), before, known)


def _understand(text: str, before: Question | None, known: Known) -> Question:
    if _THANKS.match(text):
        raise QuestionError("Please ask a question about the articles.")
    if before is None:
        return standalone(text, known)
    return _short(text, before, known) or _with_pronouns(text, before, known) or standalone(text, known)


def _short(text: str, before: Question, known: Known) -> Question | None:
    """Questions that are hardly more than a word or a name; None for others."""
    if _MORE.match(text):
        return replace(before, text=text, passed=before.passed + MOST)
    person = next(iter(before.speakers or before.names), None)
    if _WHO_IS.match(text) and person:
        return standalone(text, known, f"Who is {person}?")
    if bare := _BARE.match(text):
        return _bare(text, bare["ask"].lower(), before, known)
    corrected = _CORRECTION.sub("", text)
    introduced = _INTRODUCED.match(corrected)
    what = corrected[introduced.end() :].strip(" ?!.,") if introduced else corrected
    is_introduced = len(what) < len(text.strip(" ?!.,"))
    if not what or _ASKS.search(what) or len(what.split()) > 8:
        return None
    about_only = bool(introduced and introduced["how"] and introduced["how"].lower() in ("about ", "on "))
    return _swapped(text, what, before, about_only, is_introduced, known)


def _bare(text: str, ask: str, before: Question, known: Known) -> Question:
    """ "When?", "who else?" """
    if before.kind == "statements":
        if ask in ("when", "since when"):
            return replace(before, text=text, asks_when=True)
        if ask == "who else":
            topic = before.about or before.topic
            excluded = (*before.excluded, *before.speakers)
            query = f"Who else said something about {topic}?"
            return replace(before, text=text, query=query, speakers=(), excluded=excluded, asks_when=False, topic=topic)
    return standalone(text, known, f"{ask} {before.topic}", before.topic)


def speakers_in(answer: str) -> list[str]:
    """Whom an answer has quoted, by the leads in its text."""
    leads = [part[:-1] for part in answer.split("\n\n") if part.endswith(":") and not part.startswith(("“", '"'))]
    return list(dict.fromkeys(re.split(r" \(|, ", lead, maxsplit=1)[0] for lead in leads))


def _swapped(
    text: str, what: str, before: Question, about_only: bool, is_introduced: bool, known: Known
) -> Question | None:
    """ "And about Biden?" asks the same speaker about another topic, "And Kirby?" another one about the same."""
    name = re.sub(r"^the\s+", "", what, flags=re.IGNORECASE)
    if before.kind == "fact":
        if not is_introduced:
            return None
        if names_in(what) and before.names:  # "Where was Karikó born?" – "And Weissman?"
            return standalone(text, known, before.query.replace(before.names[-1], name))
        return standalone(text, known, f"{before.query.rstrip('?!. ')} {what}", f"{before.topic} {what}")
    rest, limits = split_limits(f" {what}", known)
    if not rest.strip() and not limits.is_open:  # "and in 2016?"
        return replace(before, text=text, limits=limits, passed=0)
    both = _NAME_AND_TOPIC.match(what)
    if both and known.is_speaker(both["who"]):  # "And Blinken on diplomacy?"
        return replace(ask_speaker(text, both["who"], both["about"]), limits=before.limits)
    bare = _BY.sub("", name)
    is_new_name = is_introduced and not about_only and names_in(bare) == (bare,) and bool(before.about)
    if not about_only and (known.is_speaker(bare) or is_new_name):
        asked = ask_speaker(text, bare, before.about)
        return replace(asked, limits=before.limits, is_about_carried=before.about is not None)
    if not is_introduced:
        return None
    who = " and ".join(before.speakers)
    query = f"What did {who} say about {what}?" if who else f"What has been said about {what}?"
    return replace(
        before,
        text=text,
        query=query,
        names=names_in(query),
        topic=speech_topic(before.speakers, what),
        about=what,
        way=None,
        is_about_carried=False,
        asks_when=False,
        passed=0,
    )


def _with_pronouns(text: str, before: Question, known: Known) -> Question | None:
    """`text` with "he", "she", "that" and "it" replaced by whom and what the question before was about."""
    query = text
    person = next(iter(before.speakers or before.names), None)
    if person and _PERSON.search(query):
        query = _PERSON.sub(lambda m: f"{person}'s" if m[0].lower() in ("his", "hers") else person, query, count=1)
    elif names_in(query):
        # It names its own matter; "that" in it refers to its own words, but for "about that".
        topic = before.about or (None if before.speakers else before.topic)
        if topic and _ABOUT_THING.search(query):
            return standalone(text, known, _ABOUT_THING.sub(f" about {topic}", query, count=1))
        query = _ABOUT_THING.sub("", query)
        return standalone(text, known, query) if query != text else None
    thing = before.about or (None if before.speakers else before.topic)
    if _ABOUT_THING.search(query):
        query = _ABOUT_THING.sub(f" about {thing}" if thing else "", query, count=1)
    elif thing and _THING.search(query):
        query = _THING.sub(thing, query, count=1)
    return standalone(text, known, query) if query != text else None
