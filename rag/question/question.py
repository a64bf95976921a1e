"""What is asked, by a question that stands by itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from index.text import NO_NAMES_IN_QUESTIONS

from ..errors import QuestionError
from .filters import NO_FILTERS, QuestionFilters, extract_filters
from .speech import parse_speech_question
from .speech_acts import SpeechAct

MAX_QUESTION = 1_000  # characters
MOST = 12  # statements in an answer

_LEAD_IN = re.compile(
    r"^(?:(?:and|but|so|then|please|hi|hello|can you|could you|would you|will you|tell me|do you know|i want to know"
    r"|i(?: would|[’']d) like to know|show me|give me|list|find|summari[sz]e|is it true that|whether|if|all|the"
    r"|quickly|in short)\b[ ,]*)+(?=\S)",
    re.IGNORECASE,
)
_CONTRACTED = (
    (re.compile(r"^what[’']?d\b", re.IGNORECASE), "what did"),
    (re.compile(r"^what[’']s been\b", re.IGNORECASE), "what has been"),
    (re.compile(r"^what[’']s\b", re.IGNORECASE), "what is"),
    (re.compile(r"^who[’']s\b", re.IGNORECASE), "who has"),
    (re.compile(r"^difference between what\b", re.IGNORECASE), "compare what"),
)
_TELLING = r"(?:mention|talk about|speak of|speak about|deal with|write about|cover|discuss|refer to|are about)s?"
_Overview = Literal["article", "mentions"]
_OVERVIEW_PATTERNS: tuple[tuple[_Overview, str], ...] = (
    ("mentions", rf"(?:which |what |all )?(?:of the )?articles? (?:that |which )?{_TELLING} (?P<what>.+)"),
    ("mentions", r"(?:which|what) articles are there (?:about|on|with) (?P<what>.+?)(?: in (?:them|it))?"),
    (
        "mentions",
        r"in (?:which|what) articles? (?:does|do|is|are) (?P<what>.+?) (?:come up|occur|appear|mentioned)",
    ),
    ("mentions", r"(?:which|what) articles? (?:is|are) about (?P<what>.+)"),
    ("article", r"what (?:is |was )?(?:the )?(?P<what>.+?) (?:article|story|report) (?:is )?about"),
    ("article", r"what (?:is|was) the (?:article|story|report|news) (?:on|about|from) (?P<what>.+?)(?: about)?"),
    ("article", r"(?:the )?(?:article|story|report)s? (?:on|about) (?P<what>.+)"),
    ("article", r"(?:the )?gist of (?:the )?(?P<what>.+?) (?:article|story|report)"),
    ("article", r"what (?:has )?happened (?:in|at|with|on) (?P<what>\D+)"),
)
_OVERVIEWS = [(kind, re.compile(f"^(?:{pattern})$", re.IGNORECASE)) for kind, pattern in _OVERVIEW_PATTERNS]
_PRONOUN = re.compile(r"^(?:he|she|they|it|him|her|them|i|you|we|that|this)$", re.IGNORECASE)
NAME = r"[A-ZÀ-Þ][\w’'.&-]*(?:\s+(?:(?:of|de|da|van|von|bin|al)\s+)?[A-ZÀ-Þ][\w’'.&-]*)*"
_NAME = re.compile(NAME)


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands by itself.

    `text` is what the user typed, `query` what is searched, `topic` what the query is about without the words that ask.

    Kind "article" asks what an article is about, "mentions" which articles mention something: `query` is the matter.

    For kind "statements", `speakers` are the names that were asked for, none where anybody is meant; `excluded` those
    that are not ("who else?"); `about` is the topic of the speech, `limits` those of the articles, `way` the way of
    speaking; `must_speak` tells that nothing but a speaker's own words answers ("say"), `is_about_carried`
    that the topic comes from an earlier question, `asks_when` that the days of the statements are asked for, `is_broad`
    that whatever has to do with the topic is meant; `passed` is the number of statements that were shown before.

    For the next question, `people` are those whom "he" and "she" may mean, likeliest first, `thing` is what "it" is.
    """

    text: str
    query: str
    kind: Literal["fact", "statements", "article", "mentions"]
    names: tuple[str, ...]
    topic: str
    speakers: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    about: str | None = None
    limits: QuestionFilters = NO_FILTERS
    way: SpeechAct | None = None
    must_speak: bool = False
    is_about_carried: bool = False
    asks_when: bool = False
    is_broad: bool = False
    passed: int = 0
    people: tuple[str, ...] = ()
    thing: str | None = None


class LibraryKnowledge(Protocol):
    """What the understanding of questions has to know of a library."""

    def is_speaker(self, name: str) -> bool:
        """True where somebody of this name speaks in the articles."""

    def people_in(self, words: str) -> list[str]:
        """The people named in a text who speak in the articles, in order, by their fullest names."""

    def publisher_named(self, words: str) -> str | None:
        """The outlet that these words name."""

    def today(self) -> date:
        """The asker's day."""

    def newest_day(self) -> date | None:
        """Day of the newest article, if any has a date."""


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


def standalone(text: str, known: LibraryKnowledge, query: str | None = None, topic: str | None = None) -> Question:
    """A question that needs no other; `query` is what it means where that isn't what was typed.

    Raises:
        QuestionError: it asks what "he" said, and nobody was named.
    """
    query = query or text
    plain = _LEAD_IN.sub("", query)
    for contracted, full in _CONTRACTED:
        plain = contracted.sub(full, plain)
    plain = plain.rstrip(" ?!.")
    for kind, pattern in _OVERVIEWS:
        if matter := pattern.match(plain):
            return Question(text, matter["what"], kind, names_in(matter["what"]), matter["what"])
    shorter, limits = extract_filters(plain, known)
    asked = parse_speech_question(shorter)
    if asked is None or (asked.is_according and not known.is_speaker(asked.who or "")):
        return Question(text, query, "fact", names_in(query), topic or _without_asking(plain), limits=limits)
    speakers = _speakers(asked.who, known) if asked.who else ()
    return Question(
        text,
        query,
        "statements",
        names_in(query),
        speech_topic(speakers, asked.about),
        speakers,
        about=asked.about,
        limits=limits,
        way=asked.way,
        must_speak=asked.must_speak,
        is_broad=asked.is_broad,
    )


def ask_speaker(text: str, speaker: str, about: str | None) -> Question:
    """The question what somebody said, about a topic where one is given."""
    query = f"What did {speaker} say about {about}?" if about else f"What did {speaker} say?"
    topic = speech_topic((speaker,), about)
    return Question(text, query, "statements", names_in(query), topic, (speaker,), about=about, must_speak=True)


def _speakers(who: str, known: LibraryKnowledge) -> tuple[str, ...]:
    """Whom the words name: "Kirby and Putin" are two, unless somebody is called so."""
    if _PRONOUN.match(who):
        raise QuestionError(f"Whom do you mean by “{who}”? Please name the person.")
    parts = [part.strip() for part in re.split(r",? and |, | versus | vs\.? ", who) if part.strip()]
    parts = [re.sub(r"[’']s?$", "", re.sub(r"^(?:both|the) ", "", part, flags=re.IGNORECASE)) for part in parts]
    is_several = len({part.casefold() for part in parts}) > 1
    if not is_several or not all(known.is_speaker(part) for part in parts):
        is_name = is_several and all(names_in(part) for part in parts) and not known.is_speaker(who)
        return tuple(parts) if is_name else (re.sub(r"[’']s?$", "", who),)
    return tuple(parts)


def speech_topic(speakers: Sequence[str], about: str | None) -> str:
    """What is searched for speech: the speakers' names and the topic."""
    return " ".join([*speakers, *([about] if about else [])])


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
