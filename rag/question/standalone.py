"""Parse questions that don't depend on earlier ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text import OBJECT_PRONOUNS, SUBJECT_PRONOUNS, one_of

from ..errors import UnresolvedPronoun
from ..grammar import ClauseParser, names_in
from ..knowledge import LibraryKnowledge
from .collection import parse_kind, parse_overview
from .filters import QuestionFilters, extract_filters
from .lead_in import without_lead_in
from .question import FactQuestion, Question, SpeechQuestion
from .search_query import SearchQuery
from .speech import SpeechRequest, parse_speech
from .spelling import correct_frame

_MIN_SAME_LETTERS = 12  # at the start of a question that has no lead-in
_PRONOUN = re.compile(
    rf"^(?:{one_of(SUBJECT_PRONOUNS | OBJECT_PRONOUNS | {'i', 'you', 'we', 'that', 'this'})})$", re.IGNORECASE
)
_BETWEEN_SPEAKERS = re.compile(r",? and |, (?![JS]r\b)| versus | vs\.? ", re.IGNORECASE)  # not before ", Jr."
_QUESTION_WORD = re.compile(
    r"^(?:what|who|whom|whose|when|where|why|how(?: many| much| long)?|which)\b"
    r"(?: (?:is|are|was|were|did|does|do)\b)?",
    re.IGNORECASE,
)


def parse_standalone(
    text: str, library: LibraryKnowledge, clauses: ClauseParser, query: str | None = None, topic: str | None = None
) -> Question:
    """Parse a question that doesn't depend on earlier ones.

    Args:
        text: the question as typed.
        library: what is known about the library.
        parser: the dependency parser.
        query: the question with its references to earlier ones resolved, if that differs from `text`.
        topic: the topic of a question about a fact, if it isn't taken from the query.

    Raises:
        UnresolvedPronoun: the question asks what "he" said.
    """
    query = correct_frame(query or text, library)
    plain = without_lead_in(query)
    if overview := parse_overview(text, plain):
        return overview
    vector = library.embed(query)
    remainder, filters = extract_filters(plain, library)
    is_indirect = not query.lower().startswith(plain.lower()[:_MIN_SAME_LETTERS])
    if request := parse_speech(remainder, library, clauses, is_indirect):
        return _speech_question(text, SearchQuery.of(query, vector), request, filters, library)
    kind = library.kind_of(vector)
    search_query = SearchQuery.of(query, vector)
    has_names = any(search_query.names_after_first_word) or bool(library.people_in(query))
    if (kind == "overview" or not has_names) and (other := parse_kind(text, plain, kind, library)):
        return other
    return FactQuestion(text, search_query, topic or _without_question_word(plain), filters)


def ask_speaker(text: str, speaker: str, about: str | None) -> SpeechQuestion:
    """Return the question what a speaker said, optionally about a topic."""
    query = f"What did {speaker} say about {about}?" if about else f"What did {speaker} say?"
    topic = speech_topic((speaker,), about)
    return SpeechQuestion(text, SearchQuery.of(query), topic, (speaker,), about, statements_only=True)


def speech_topic(speakers: Sequence[str], about: str | None) -> str:
    """Return the topic of a question about speech: the names of the speakers and what they spoke about."""
    return " ".join([*speakers, *([about] if about else [])])


def _speech_question(
    text: str, query: SearchQuery, request: SpeechRequest, filters: QuestionFilters, library: LibraryKnowledge
) -> SpeechQuestion:
    speakers = _split_speakers(request.speaker, library) if request.speaker else ()
    return SpeechQuestion(
        text,
        query,
        speech_topic(speakers, request.about),
        speakers,
        request.about,
        filters,
        request.speech_act,
        request.statements_only,
        request.is_broad,
        request.quotation,
        request.may_be_deed,
    )


def _split_speakers(words: str, library: LibraryKnowledge) -> tuple[str, ...]:
    """Split "Kirby and Putin" into two names, unless it is the name of one speaker.

    Raises:
        UnresolvedPronoun: the words are a pronoun.
    """
    if _PRONOUN.match(words):
        raise UnresolvedPronoun(words)
    parts = [part.strip() for part in _BETWEEN_SPEAKERS.split(words) if part.strip()]
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
