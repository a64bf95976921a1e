"""What is asked, by a question that stands by itself."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from index.words import NO_NAMES_IN_QUESTIONS

from .errors import QuestionError

MAX_QUESTION = 1_000  # characters

_SAY = (
    "say|said|saying|says|tell|told|think|thought|thinks|want|wanted|wants|claim|claimed|deny|denied|argue|argued"
    "|write|wrote|tweet|tweeted|announce|announced|promise|promised|warn|warned|state|stated|suggest|suggested|mention"
    "|mentioned|add|added|reply|replied|respond|responded|demand|demanded|predict|predicted|explain|explained|believe"
    "|believed|insist|insisted|admit|admitted|criticise|criticize|propose|proposed|call for|called for|accuse|comment"
)
_MUST_SPEAK = re.compile(r"^(?:say|said|saying|says|tell|told|statement|comment|remark|quote)$", re.IGNORECASE)
_WHO = r"(?:the )?(?P<who>[^,?]+?)"
_ABOUT = r"(?: (?:about|on|regarding|concerning|of|to|that|against|in|at) (?P<about>.+?))?"
_END = r"\W*$"
_ASIDES = r"(?:also |actually |publicly |just |ever |else )?"
_LISTENER = r"(?: (?:to )?(?!about\b|on\b|that\b)(?:the )?[a-z]+(?: [a-z]+)??)?"
_SPEECH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^what (?:else )?(?:did|does|do|has|have|had|is|was|were|are) {_WHO} {_ASIDES}"
        rf"(?P<cue>tell|told){_LISTENER}{_ABOUT}{_END}",
        rf"^what (?:else )?(?:did|does|do|has|have|had|is|was|were|are) {_WHO} {_ASIDES}(?P<cue>{_SAY})"
        rf"(?: to (?:reporters|journalists))?{_ABOUT}{_END}",
        rf"^what {_WHO} (?:has |had )?{_ASIDES}(?P<cue>said|says|told|thinks|wants){_ABOUT}{_END}",
        rf"^what (?:was|is|were|are) {_WHO}[’']s? (?P<cue>response|reaction|view|opinion|position|statement|comment"
        rf"|remark)s?{_ABOUT}{_END}",
        rf"^(?:what (?:was|is) )?the (?P<cue>response|reaction|view|opinion|position|statement) of {_WHO}"
        rf"(?: (?:to|on|about) (?P<about>.+?))?{_END}",
        rf"^how (?:did|does|has) {_WHO} (?P<cue>react|reacted|respond|responded|reply|replied){_ABOUT}{_END}",
        rf"^did {_WHO} (?:ever )?(?P<cue>say|claim|deny|argue|promise|warn|mention|announce)(?: anything)?"
        rf"{_ABOUT}{_END}",
        rf"^(?P<cue>quote|statement|comment|remark)s? (?:by|of|from) {_WHO}(?: (?:about|on) (?P<about>.+?))?{_END}",
        rf"^{_WHO}(?:[’']s?)? (?P<cue>quote|statement|comment|remark)s{_ABOUT}{_END}",
    )
)
_LEAD_IN = re.compile(
    r"^(?:(?:and|but|so|then|please|hi|hello|can you|could you|would you|will you|tell me|do you know|i want to know|i"
    r" would like to know)\b[ ,]*)+",
    re.IGNORECASE,
)
_YEAR = re.compile(r"^(?:(?P<month>[a-z]+) )?(?P<year>(?:19|20)\d\d)$", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?:he|she|they|it|him|her|them|i|you|we|that|this)$", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'.&-]*(?:\s+(?:(?:of|de|da|van|von|bin|al)\s+)?[A-ZÀ-Þ][\w’'.&-]*)*")


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands by itself.

    `text` is what the user typed, `query` what is searched, `topic` what the query is about without the words that ask.
    For kind "statements", `speaker` is the name that was asked for, `about` the topic of the speech, `year` that of the
    article, `must_speak` tells that nothing but the speaker's own words answers ("say"), and `is_about_carried` that
    the topic comes from an earlier question.
    """

    text: str
    query: str
    kind: Literal["fact", "statements"]
    names: tuple[str, ...]
    topic: str
    speaker: str | None = None
    about: str | None = None
    year: int | None = None
    must_speak: bool = False
    is_about_carried: bool = False


def checked(text: str) -> str:
    """The question without surplus white space.

    Raises:
        QuestionError: it is empty, too long or holds no word.
    """
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")  # lone surrogates can't be sent on
    words = " ".join(unicodedata.normalize("NFC", text).split())
    if not words:
        raise QuestionError("The question is empty. Please type a question.")
    if len(words) > MAX_QUESTION:
        raise QuestionError(
            f"The question has {len(words):,} characters; the limit is {MAX_QUESTION:,}. Please shorten it."
        )
    if not any(character.isalnum() for character in words):
        raise QuestionError(f"The question “{words[:40]}” holds no word. Please ask in words.")
    return words


def standalone(text: str, query: str | None = None, topic: str | None = None) -> Question:
    """A question that needs no other; `query` is what it means where that isn't what was typed.

    Raises:
        QuestionError: it asks what "he" said, and nobody was named.
    """
    query = query or text
    plain = re.sub(r"^what[’']?d\b", "what did", _LEAD_IN.sub("", query), flags=re.IGNORECASE)
    plain = re.sub(r"^what[’']s\b", "what is", plain, flags=re.IGNORECASE)
    for pattern in _SPEECH:
        if (match := pattern.match(plain)) is not None and (who := _speaker(match["who"])):
            return _about_speech(text, query, who, match)
    return Question(text, query, "fact", names_in(query), topic or _without_asking(plain))


def ask_speaker(text: str, speaker: str, about: str | None) -> Question:
    """The question what somebody said, about a topic where one is given."""
    query = f"What did {speaker} say about {about}?" if about else f"What did {speaker} say?"
    return Question(
        text, query, "statements", names_in(query), _speech_topic(speaker, about), speaker, about, None, True
    )


def _speaker(who: str) -> str:
    return " ".join(who.split()).strip(" \"“”‘’'")


def _about_speech(text: str, query: str, who: str, match: re.Match[str]) -> Question:
    if _PRONOUN.match(who):
        raise QuestionError(f"Whom do you mean by “{who}”? Please name the person.")
    about, year = match["about"], None
    if about and (named := _YEAR.match(about)):
        about, year = None, int(named["year"])
    must_speak = bool(_MUST_SPEAK.match(match["cue"]))
    topic = _speech_topic(who, about)
    return Question(text, query, "statements", names_in(query), topic, who, about, year, must_speak)


def _speech_topic(speaker: str, about: str | None) -> str:
    return f"{speaker} {about}" if about else speaker


def _without_asking(query: str) -> str:
    """What a question is about, without the words that ask."""
    asking = (
        r"^(?:what|who|whom|whose|when|where|why|how(?: many| much| long)?|which)\b"
        r"(?: (?:is|are|was|were|did|does|do)\b)?"
    )
    return re.sub(asking, "", query, flags=re.IGNORECASE).strip(" ?!.") or query


def names_in(text: str) -> tuple[str, ...]:
    """The capitalised names in a question, without words that only begin it."""
    names = []
    for match in _NAME.finditer(text):
        words = match[0].split()
        while words and words[0].strip(".’'").lower() in NO_NAMES_IN_QUESTIONS:
            words.pop(0)
        name = re.sub(r"[’']s$", "", " ".join(words).rstrip(".,"))
        if len(name) > 1:
            names.append(name)
    return tuple(dict.fromkeys(names))
