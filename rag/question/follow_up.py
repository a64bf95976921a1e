"""Parse questions that depend on earlier ones: "And about Biden?", "when?", "What did he say about that?"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.text import DEMONSTRATIVES, FUNCTION_WORDS, PRONOUN_GENDERS, gender_of_first_name, one_of

from ..grammar import ClauseParser, names_in
from ..knowledge import LibraryKnowledge
from .conversation import Conversation
from .filters import extract_filters
from .question import ArticleQuestion, FactQuestion, Question, SpeechQuestion
from .search_query import SearchQuery
from .standalone import ask_speaker, parse_standalone, speech_topic

_MAX_FRAGMENT_WORDS = 8

_MORE = re.compile(
    r"^(?:and )?(?:what|anything|something) (?:else|more)(?: did (?:he|she|they) say)?\W*$|^(?:tell me )?more\W*$"
    r"|^go on\W*$|^what else\b.{0,20}$",
    re.IGNORECASE,
)
_WHO_IS = re.compile(r"^(?:and )?who (?:is|was) (?:he|she|that)\W*$", re.IGNORECASE)
_QUESTION_WORD_ONLY = re.compile(
    r"^(?:and |but |so )*(?P<ask>when|where|why|how|who|how many|how much|since when|who else|which one)"
    r"(?: (?:was|is|did|does) (?:that|this|it|he|she))?(?: (?:say|happen|said|happened|so))?\W*$",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^(?:(?:no|sorry|actually|i mean|i meant|not that|rather)\b[ ,]*"
    r"|not (?:the )?[^.,;]{2,40}[.,;] *(?:but )?)+(?=\S)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:and|but|so|or|ok(?:ay)?)\b[ ,]*)*(?P<word>what about |how about |about |on )?", re.IGNORECASE
)
_QUESTION_VERB = re.compile(
    r"\b(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|had|can|could|will|would"
    r"|tell|say|said|give|show|list|explain)\b",
    re.IGNORECASE,
)
_NAME_AND_TOPIC = re.compile(r"^(?:the )?(?P<who>.+?) (?:about|on) (?P<about>.+)$", re.IGNORECASE | re.DOTALL)
_BY_OR_AGAIN = re.compile(r"^(?:by|according to|only|from) |(?<!\s)\s++again$", re.IGNORECASE)
_ONE_OF_THEM = re.compile(r"^(?P<which>the \w+) ones?$", re.IGNORECASE)
_QUESTION_ADVERB = re.compile(
    r"^(?:when|where|why|how)(?= (?:did|does|do|is|are|was|were|has|have|had|can|will)\b)", re.IGNORECASE
)
# "And on Monday?", "and before?" replace the phrase of the previous question that begins with such a word.
_PREPOSITION = re.compile(
    r"^(?P<word>on|in|at|before|after|since|until|during|by|for|from|to|with|now|today|then)\b", re.IGNORECASE
)
_TIME_WORDS = ("before", "after", "since", "until", "during", "now", "today", "then")
_PERSON_PRONOUN = re.compile(
    rf"\b(?:{one_of({*PRONOUN_GENDERS, 'hers'})}|(?:this|that) (?:man|woman))\b", re.IGNORECASE
)
_RELATION = re.compile(r"^(?:his|her) [a-z][a-z -]*$", re.IGNORECASE)  # "And her lawyer?"
_THING_PRONOUN = re.compile(rf"\b(?:it|{one_of(DEMONSTRATIVES)})\b", re.IGNORECASE)
_ABOUT_IT = re.compile(rf"(?<!\s)\s*+\b(?:about|to|on|of)\s++(?:it|{one_of(DEMONSTRATIVES)})\b", re.IGNORECASE)
_THEIR_OR_ITS = re.compile(r"\b(?:their|its) (?=\w+ (?:say|said|tell|told|think|want)\b)", re.IGNORECASE)


def parse_follow_up(
    text: str, conversation: Conversation, library: LibraryKnowledge, clauses: ClauseParser
) -> Question:
    """Parse a question that may depend on earlier ones.

    Raises:
        UnresolvedPronoun: the question asks what "he" said, and no person mentioned before fits.
    """
    if conversation.previous is None:
        return parse_standalone(text, library, clauses)
    plain = _CORRECTION.sub("", text) or text
    return _FollowUp(text, plain, conversation.previous, conversation, library, clauses).parse()


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A question that consists of a name or a topic: "And Kirby?", "what about taxes?"."""

    words: str
    is_introduced: bool  # by "and", "what about" …
    is_topic: bool  # it begins with "about" or "on"

    @property
    def name(self) -> str:
        return re.sub(r"^the\s+", "", self.words, flags=re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _FollowUp:
    """A question after another one. `plain` is its text without a correction ("no, I meant")."""

    text: str
    plain: str
    previous: ArticleQuestion
    conversation: Conversation
    library: LibraryKnowledge
    clauses: ClauseParser

    def parse(self) -> Question:
        return self._parse_short() or self._resolve_pronouns() or self._standalone(self.plain)

    def _standalone(self, query: str, topic: str | None = None) -> Question:
        return parse_standalone(self.text, self.library, self.clauses, query, topic)

    def _parse_short(self) -> Question | None:
        """Parse a question that is hardly more than a word or a name; None for other questions."""
        if _MORE.match(self.text):
            if not isinstance(self.previous, SpeechQuestion):
                return replace(self.previous, text=self.text)
            return replace(self.previous, text=self.text, offset=self.previous.offset + SpeechQuestion.MAX_STATEMENTS)
        if _WHO_IS.match(self.text) and (person := self._resolve_person(self.text)):
            return self._standalone(f"Who is {person}?")
        if match := _QUESTION_WORD_ONLY.match(self.text):
            return self._complete_question_word(match["ask"].lower())
        fragment = self._parse_fragment()
        if fragment and isinstance(self.previous, SpeechQuestion) and _RELATION.match(fragment.words):
            person = self._resolve_person(fragment.words)
            return ask_speaker(self.text, _with_person(fragment.words, person), None) if person else None
        return self._substitute(fragment) if fragment else None

    def _complete_question_word(self, word: str) -> Question:
        """Parse "When?" and "Who else?"."""
        previous = self.previous
        if isinstance(previous, SpeechQuestion) and word in ("when", "since when"):
            return replace(previous, text=self.text, asks_for_date=True)
        if isinstance(previous, SpeechQuestion) and word == "who else":
            topic = previous.about or previous.topic
            return replace(
                previous,
                text=self.text,
                query=SearchQuery.of(f"Who else said something about {topic}?"),
                speakers=(),
                excluded=(*previous.excluded, *previous.speakers),
                asks_for_date=False,
                topic=topic,
            )
        query = _QUESTION_ADVERB.sub(word, previous.query.text)
        return self._standalone(query if query != previous.query.text else f"{word} {previous.topic}", previous.topic)

    def _parse_fragment(self) -> _Fragment | None:
        lead = _LEAD.match(self.plain)
        words = self.plain[lead.end() if lead else 0 :].strip(" ?!.,")
        if not words or _QUESTION_VERB.search(words) or len(words.split()) > _MAX_FRAGMENT_WORDS:
            return None
        is_introduced = len(words) < len(self.text.strip(" ?!.,"))
        return _Fragment(words, is_introduced, bool(lead and (lead["word"] or "").lower() in ("about ", "on ")))

    def _substitute(self, fragment: _Fragment) -> Question | None:
        """Replace a part of the previous question: the speaker, topic or filters, or a phrase of a factual question."""
        previous = self.previous
        if isinstance(previous, FactQuestion):
            return self._standalone(self._replace_phrase(fragment)) if fragment.is_introduced else None
        remainder, filters = extract_filters(f" {fragment.words}", self.library)
        if not remainder.strip() and not filters.is_empty:  # "and in 2016?"
            restricted = replace(previous, text=self.text, filters=filters)
            return replace(restricted, offset=0) if isinstance(restricted, SpeechQuestion) else restricted
        topic = fragment.words
        if not isinstance(previous, SpeechQuestion):
            if self.library.is_speaker(fragment.name) and not fragment.is_topic:
                return ask_speaker(self.text, fragment.name, None)
            return replace(previous, text=self.text, query=SearchQuery.of(topic)) if fragment.is_introduced else None
        if (match := _ONE_OF_THEM.match(topic)) and previous.about:
            topic = f"{match['which']} {previous.about.split()[-1]}"  # "the last game" – "No, the fourth one."
        if question := self._ask_other_speaker(previous, fragment, topic):
            return question
        return self._ask_about_other_topic(previous, topic) if fragment.is_introduced else None

    def _replace_phrase(self, fragment: _Fragment) -> str:
        """Return the previous query with the fragment in the place of the phrase that it corresponds to."""
        query = self.previous.query.text.rstrip("?!. ")
        if match := _PREPOSITION.match(fragment.words):
            word = match["word"].lower()
            replaced = "|".join(_TIME_WORDS) if word in _TIME_WORDS else word
            query = re.sub(rf"\s\b(?:{replaced})\b(?! many| much)[^,]*$", "", query, flags=re.IGNORECASE)
            return f"{query} {fragment.words}"
        if names_in(fragment.words) or len(fragment.words.split()) <= 3:  # "Where was Karikó born?" – "And Weissman?"
            for name in (*reversed(self.previous.query.names), *self.library.people_in(query)):
                pattern = "|".join(re.escape(word) for word in (name, *name.split()[::-1]))
                replaced = re.sub(rf"\b(?:{pattern})\b", lambda _: fragment.name, query, count=1, flags=re.IGNORECASE)
                if replaced != query:
                    return replaced
        return f"{query} {fragment.words}"

    def _ask_other_speaker(self, previous: SpeechQuestion, fragment: _Fragment, topic: str) -> SpeechQuestion | None:
        """Parse "And Kirby?", which asks another speaker about the same topic, and "And Blinken on diplomacy?"."""
        if (match := _NAME_AND_TOPIC.match(topic)) and self.library.is_speaker(match["who"]):
            return replace(ask_speaker(self.text, match["who"], match["about"]), filters=previous.filters)
        if fragment.is_topic:
            return None
        name = _BY_OR_AGAIN.sub("", fragment.name)
        if not self.library.is_speaker(name) and not (fragment.is_introduced and self._is_new_speaker(previous, name)):
            return None
        question = ask_speaker(self.text, name, previous.about)
        return replace(question, filters=previous.filters, is_about_inherited=previous.about is not None)

    def _is_new_speaker(self, previous: SpeechQuestion, name: str) -> bool:
        """Return whether a fragment names a speaker that the library doesn't know."""
        if previous.about is None:
            return _CORRECTION.match(self.text) is not None
        return bool(previous.about) and names_in(name) == (name,)

    def _ask_about_other_topic(self, previous: SpeechQuestion, topic: str) -> SpeechQuestion:
        """Parse "And about Biden?", which asks the same speaker about another topic."""
        speakers = " and ".join(previous.speakers)
        query = f"What did {speakers} say about {topic}?" if speakers else f"What has been said about {topic}?"
        return replace(
            previous,
            text=self.text,
            query=SearchQuery.of(query),
            topic=speech_topic(previous.speakers, topic),
            about=topic,
            speech_act=None,
            is_about_inherited=False,
            asks_for_date=False,
            offset=0,
        )

    def _resolve_pronouns(self) -> Question | None:
        """Replace "he", "she", "that" and "it" by what they refer to; None if there is nothing to replace."""
        query = _THEIR_OR_ITS.sub("the ", self.plain)
        person = self._resolve_person(query)
        if person and _PERSON_PRONOUN.search(query):
            query = _with_person(query, person)
        elif names_in(query):  # "that" and "it" refer to words of the question itself, except in "about that"
            topic = self._previous_topic
            if topic and _ABOUT_IT.search(query):
                return self._standalone(_ABOUT_IT.sub(lambda _: f" about {topic}", query, count=1))
            query = _ABOUT_IT.sub("", query)
            return self._standalone(query) if query != self.text else None
        query = self._resolve_thing(query)
        return None if query == self.text else self._standalone(query)

    def _resolve_thing(self, query: str) -> str:
        thing = self.conversation.thing or self._previous_topic
        if _ABOUT_IT.search(query):
            return _ABOUT_IT.sub(lambda _: f" about {thing}" if thing else "", query, count=1)
        return _THING_PRONOUN.sub(lambda _: thing, query, count=1) if thing else query

    @property
    def _previous_topic(self) -> str | None:
        previous = self.previous
        if not isinstance(previous, SpeechQuestion):
            return previous.topic
        return previous.about or (None if previous.speakers else previous.topic)

    def _resolve_person(self, text: str) -> str | None:
        """Return the person that "he" or "she" in a text refers to; without a pronoun, the most likely one."""
        pronoun = _PERSON_PRONOUN.search(text)
        gender = PRONOUN_GENDERS.get(pronoun[0].lower()) if pronoun else None
        matching = (
            name
            for name in self.conversation.people
            if not gender or gender_of_first_name(name) in (None, "either", gender)
        )
        return next(matching, None)


def _with_person(text: str, person: str) -> str:
    """Replace the first pronoun for a person: "her" by "Ann's" before a noun, else by "Ann"."""
    return _PERSON_PRONOUN.sub(
        lambda match: f"{person}'s" if _is_possessive(match) else person,
        text,
        count=1,
    )


def _is_possessive(match: re.Match[str]) -> bool:
    following = re.match(r" ([a-z]+)", match.string[match.end() :])
    is_before_noun = following is not None and following[1] not in FUNCTION_WORDS
    return match[0].lower() in ("his", "hers") or (match[0].lower() == "her" and is_before_noun)
