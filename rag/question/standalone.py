"""Parse questions that don't depend on earlier ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from index.text import OBJECT_PRONOUNS, SUBJECT_PRONOUNS, one_of

from ..errors import UnresolvedPronoun
from .filters import QuestionFilters, extract_filters
from .knowledge import LibraryKnowledge
from .names import names_in
from .question import Question
from .speech import SpeechQuestion, parse_speech_question

_LEAD_IN = re.compile(
    r"^(?:(?:and|but|so|then|please|hi|hello|can you|could you|would you|will you|tell me|do you know|i want to know"
    r"|i(?: would|[’']d) like to know|show me|give me|list|find|summari[sz]e|is it true that|whether|if|all|the"
    r"|quickly|in short)\b[ ,]*)+(?=\S)",
    re.IGNORECASE,
)
_CONTRACTIONS = (
    (re.compile(r"^what[’']?d\b", re.IGNORECASE), "what did"),
    (re.compile(r"^what[’']s been\b", re.IGNORECASE), "what has been"),
    (re.compile(r"^what[’']s\b", re.IGNORECASE), "what is"),
    (re.compile(r"^who[’']s\b", re.IGNORECASE), "who has"),
    (re.compile(r"^difference between what\b", re.IGNORECASE), "compare what"),
)
_MENTION = r"(?:mention|talk about|speak of|speak about|deal with|write about|cover|discuss|refer to|are about)s?"
_OverviewKind = Literal["article", "mentions"]
_OVERVIEW_PATTERNS: tuple[tuple[_OverviewKind, str], ...] = (
    ("mentions", rf"(?:which |what |all )?(?:of the )?articles? (?:that |which )?{_MENTION} (?P<subject>.+)"),
    ("mentions", r"(?:which|what) articles are there (?:about|on|with) (?P<subject>.+?)(?: in (?:them|it))?"),
    (
        "mentions",
        r"in (?:which|what) articles? (?:does|do|is|are) (?P<subject>.+?) (?:come up|occur|appear|mentioned)",
    ),
    ("mentions", r"(?:which|what) articles? (?:is|are) about (?P<subject>.+)"),
    ("article", r"what (?:is |was )?(?:the )?(?P<subject>.+?) (?:article|story|report) (?:is )?about"),
    ("article", r"what (?:is|was) the (?:article|story|report|news) (?:on|about|from) (?P<subject>.+?)(?: about)?"),
    ("article", r"(?:the )?(?:article|story|report)s? (?:on|about) (?P<subject>.+)"),
    ("article", r"(?:the )?gist of (?:the )?(?P<subject>.+?) (?:article|story|report)"),
    ("article", r"what (?:has )?happened (?:in|at|with|on) (?P<subject>\D+)"),
)
_OVERVIEWS = [(kind, re.compile(f"^(?:{pattern})$", re.IGNORECASE)) for kind, pattern in _OVERVIEW_PATTERNS]
_PRONOUN = re.compile(
    rf"^(?:{one_of(SUBJECT_PRONOUNS | OBJECT_PRONOUNS | {'i', 'you', 'we', 'that', 'this'})})$", re.IGNORECASE
)
_QUESTION_WORD = re.compile(
    r"^(?:what|who|whom|whose|when|where|why|how(?: many| much| long)?|which)\b"
    r"(?: (?:is|are|was|were|did|does|do)\b)?",
    re.IGNORECASE,
)


def parse_standalone(
    text: str, library: LibraryKnowledge, query: str | None = None, topic: str | None = None
) -> Question:
    """Parse a question that doesn't depend on earlier ones.

    Args:
        text: the question as typed.
        library: what is known about the library.
        query: the question with its references to earlier ones resolved, if that differs from `text`.
        topic: the topic of a question about a fact, if it isn't taken from the query.

    Raises:
        UnresolvedPronoun: the question asks what "he" said.
    """
    query = query or text
    plain = _without_lead_in(query)
    if overview := _parse_overview(text, plain):
        return overview
    remainder, filters = extract_filters(plain, library)
    speech = parse_speech_question(remainder)
    if speech is None or (speech.is_attribution and not library.is_speaker(speech.speaker or "")):
        topic = topic or _without_question_word(plain)
        return Question(text, query, "fact", names_in(query), topic, filters=filters)
    return _speech_question(text, query, speech, filters, library)


def ask_speaker(text: str, speaker: str, about: str | None) -> Question:
    """Return the question what a speaker said, optionally about a topic."""
    query = f"What did {speaker} say about {about}?" if about else f"What did {speaker} say?"
    topic = speech_topic((speaker,), about)
    return Question(text, query, "statements", names_in(query), topic, (speaker,), about=about, statements_only=True)


def speech_topic(speakers: Sequence[str], about: str | None) -> str:
    """Return the topic of a question about speech: the names of the speakers and what they spoke about."""
    return " ".join([*speakers, *([about] if about else [])])


def _without_lead_in(query: str) -> str:
    """Remove "please tell me" and the like and the punctuation at the end, and expand contractions."""
    plain = _LEAD_IN.sub("", query)
    for contraction, expanded in _CONTRACTIONS:
        plain = contraction.sub(expanded, plain)
    return plain.rstrip(" ?!.")


def _parse_overview(text: str, plain: str) -> Question | None:
    """Parse a question about articles as wholes; None for other questions."""
    for kind, pattern in _OVERVIEWS:
        if match := pattern.match(plain):
            subject = match["subject"]
            return Question(text, subject, kind, names_in(subject), subject)
    return None


def _speech_question(
    text: str, query: str, speech: SpeechQuestion, filters: QuestionFilters, library: LibraryKnowledge
) -> Question:
    speakers = _split_speakers(speech.speaker, library) if speech.speaker else ()
    return Question(
        text,
        query,
        "statements",
        names_in(query),
        speech_topic(speakers, speech.about),
        speakers,
        about=speech.about,
        filters=filters,
        speech_act=speech.speech_act,
        statements_only=speech.statements_only,
        is_broad=speech.is_broad,
        quotation=speech.quotation,
    )


def _split_speakers(words: str, library: LibraryKnowledge) -> tuple[str, ...]:
    """Split "Kirby and Putin" into two names, unless it is the name of one speaker.

    Raises:
        UnresolvedPronoun: the words are a pronoun.
    """
    if _PRONOUN.match(words):
        raise UnresolvedPronoun(words)
    parts = [part.strip() for part in re.split(r",? and |, | versus | vs\.? ", words) if part.strip()]
    parts = [_without_possessive(re.sub(r"^(?:both|the) ", "", part, flags=re.IGNORECASE)) for part in parts]
    if len({part.casefold() for part in parts}) > 1:
        are_speakers = all(library.is_speaker(part) for part in parts)
        if are_speakers or (all(names_in(part) for part in parts) and not library.is_speaker(words)):
            return tuple(parts)
    return (_without_possessive(words),)


def _without_possessive(name: str) -> str:
    return re.sub(r"[’']s?$", "", name)


def _without_question_word(query: str) -> str:
    return _QUESTION_WORD.sub("", query).strip(" ?!.") or query
