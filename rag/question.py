"""What is asked: a question understood by itself, or from the turns before it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.words import NO_NAMES_IN_QUESTIONS

from .answer import Turn
from .errors import QuestionError

MAX_QUESTION = 1_000  # characters
_MAX_TURNS = 20  # how far back a follow-up may refer

_SAY = (
    "say|said|saying|tell|told|think|thought|want|wanted|claim|claimed|deny|denied|argue|argued|write|wrote|tweet"
    "|tweeted|announce|announced|promise|promised|warn|warned|state|stated|suggest|suggested|mention|mentioned|add"
    "|added|reply|replied|respond|responded|demand|demanded|predict|predicted|explain|explained|believe|believed"
    "|insist|insisted|admit|admitted|criticise|criticize|propose|proposed|call for|called for|accuse|comment"
)
_ABOUT = r"(?:about|on|regarding|concerning|of|to)"
_SPEECH = re.compile(
    rf"^(?:and |but |so |then )?what (?:else )?(?:did|does|do|has|have|had|is|was|were|are) (?:the )?(?P<who>.+?) "
    rf"(?:also |actually |publicly |just |ever )?(?P<cue>{_SAY})\b(?: (?P<to>(?:to )?(?:reporters|journalists)))?"
    rf"(?: {_ABOUT} (?P<about>.+?))?\W*$",
    re.IGNORECASE,
)
_RESPONSE = re.compile(
    rf"^what (?:was|is|were) (?:the )?(?P<who>.+?)[’']s? (?P<cue>response|reaction|view|opinion|position|statement"
    rf"|comment|remark)s?(?: {_ABOUT} (?P<about>.+?))?\W*$",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"^(?:and |but |so |ok(?:ay)?,? )*(?P<how>what about|how about|about|on)? ?(?P<what>.+?)\W*$", re.IGNORECASE
)
_ASKS = re.compile(
    r"\b(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|had|can|could|will|would)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?:and |but |so )*(?P<ask>when|where|why|how|who|how many|how much|since when|what else|who else|which one)"
    r"(?: (?:was|is|did|does) (?:that|this|it|he|she))?(?: (?:say|happen|said|happened|so))?\W*$",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:he|she|him|her|his|hers|they|them|their)\b", re.IGNORECASE)
_THING = re.compile(r"\b(?:it|that|this|these|those|there)\b", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'.&-]*(?:\s+(?:(?:of|de|da|van|von|bin|al)\s+)?[A-ZÀ-Þ][\w’'.&-]*)*")


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands by itself.

    `text` is what the user typed, `query` what is searched. For kind "statements", `speaker` is the name that was
    asked for, `about` the topic, and `must_speak` tells that nothing but the speaker's words answers ("say").
    """

    text: str
    query: str
    kind: Literal["fact", "statements"]
    names: tuple[str, ...]
    speaker: str | None = None
    about: str | None = None
    must_speak: bool = False


def understand(text: str, history: Sequence[Turn] = ()) -> Question:
    """Understand a question, by itself or from the questions before it ("And about Biden?").

    Raises:
        QuestionError: it is empty, too long or holds no word.
    """
    asked = checked(text)
    before: Question | None = None
    for turn in history[-_MAX_TURNS:]:
        try:
            before = _understand(checked(turn.question), before)
        except QuestionError:
            continue  # it got no answer, so nothing refers to it
    return _understand(asked, before)


def checked(text: str) -> str:
    """The question without surplus white space.

    Raises:
        QuestionError: see `understand`.
    """
    words = " ".join(unicodedata.normalize("NFC", text).replace("\0", " ").split())
    if not words:
        raise QuestionError("The question is empty. Please type a question.")
    if len(words) > MAX_QUESTION:
        raise QuestionError(
            f"The question has {len(words):,} characters; the limit is {MAX_QUESTION:,}. Please shorten it."
        )
    if not any(character.isalnum() for character in words):
        raise QuestionError(f"The question “{words[:40]}” holds no word. Please ask in words.")
    return words


def _understand(text: str, before: Question | None) -> Question:
    if before is not None and (followed := _follow_up(text, before)) is not None:
        return followed
    return _standalone(text, text)


def _standalone(text: str, query: str) -> Question:
    names = names_in(query)
    match = _SPEECH.match(query) or _RESPONSE.match(query)
    if match is None or not match["who"].strip():
        return Question(text, query, "fact", names)
    who = match["who"].strip()
    must_speak = match["cue"].lower() in ("say", "said", "saying", "tell", "told", "statement", "comment", "remark")
    return Question(text, query, "statements", names, who, match["about"], must_speak)


def _follow_up(text: str, before: Question) -> Question | None:
    """The question that `text` means after `before`, or None where it stands by itself."""
    if bare := _BARE.match(text):
        return _fact(text, f"{bare['ask']} {_topic_of(before)}")
    if not _ASKS.search(text.replace("what about", "").replace("how about", "")) and len(text.split()) <= 8:
        match = _FOLLOWING.match(text)
        if match and match["what"]:
            return _replaced(text, match["what"], (match["how"] or "").lower(), before)
    return _resolved(text, before)


def _replaced(text: str, what: str, how: str, before: Question) -> Question:
    """ "And about Biden?" asks the same speaker about something else, "And Kirby?" somebody else about the same."""
    if before.kind == "fact":
        return _fact(
            text, f"{before.query.rstrip('?!. ')} {what}" if not names_in(what) else f"{what} {_topic_of(before)}"
        )
    is_name = bool(names_in(what)) and what[0].isupper()
    if how in ("about", "on") or not is_name:
        return _statements(text, before.speaker, what)
    return _statements(text, what, before.about)


def _resolved(text: str, before: Question) -> Question | None:
    """`text` with "he", "she", "that" and "it" replaced by whom and what the question before was about."""
    query = text
    person = before.speaker or next(iter(before.names), None)
    if person and _PERSON.search(query):
        query = _PERSON.sub(lambda m: f"{person}'s" if m[0].lower() in ("his", "their") else person, query, count=1)
    thing = before.about or (None if before.speaker else _topic_of(before))
    if _THING.search(query):
        query = (
            _THING.sub(thing, query, count=1)
            if thing
            else re.sub(rf"\s*\babout {_THING.pattern}", "", query, flags=re.IGNORECASE)
        )
    if query == text:
        return None
    return _standalone(text, query)


def _statements(text: str, speaker: str | None, about: str | None) -> Question:
    topic = f" about {about}" if about else ""
    query = f"What did {speaker} say{topic}?"
    return Question(text, query, "statements", names_in(query), speaker, about, True)


def _fact(text: str, query: str) -> Question:
    return Question(text, query, "fact", names_in(query))


def _topic_of(question: Question) -> str:
    """What a question is about, without the words that ask."""
    if question.kind == "statements":
        return " ".join(filter(None, [f"did {question.speaker} say", question.about]))
    words = re.sub(r"^(?:what|who|when|where|why|how(?: many| much)?|which)\b", "", question.query, flags=re.IGNORECASE)
    return words.strip(" ?!.")


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
