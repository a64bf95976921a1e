"""What the next question of a conversation may refer to, after a question and its answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.text import gender_of_first_name

from ..grammar import NAME_PATTERN, names_in
from ..knowledge import LibraryKnowledge
from .question import ArticleQuestion, SpeechQuestion

_ASKS_WHO = re.compile(r"\b(?:who|whom|whose)\b", re.IGNORECASE)
_ASKS_OBJECT = re.compile(r"^what (?:did|does|do) (?:\S+ ){1,3}\w+\W*$", re.IGNORECASE)
_RELATION = re.compile(r"['’]s [a-z].*$", re.DOTALL)  # of "Ann Lee's husband", "her" refers to Ann Lee
_WHICH = re.compile(r"^(?:which|what) (?P<kind>[a-z]+)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Conversation:
    """The state of a conversation.

    Attributes:
        previous: the last question that the articles could answer.
        people: the people that "he" or "she" in the next question may refer to, most likely first.
        thing: what "it" in the next question refers to.
    """

    previous: ArticleQuestion | None = None
    people: tuple[str, ...] = ()
    thing: str | None = None

    def after(self, question: ArticleQuestion, answer: str, library: LibraryKnowledge) -> Conversation:
        """Return the state after a question, given the text of its answer."""
        if isinstance(question, SpeechQuestion) and not question.speakers:
            question = replace(question, excluded=(*question.excluded, *_quoted_speakers(answer)))
            return Conversation(question, question.query.names, self.thing)
        quotes = re.split(r" \[\d+\]", answer)[:-1]
        query = question.query
        lower = query.text.casefold()
        new_names = [name for quote in quotes for name in names_in(quote) if name.casefold() not in lower]
        in_query, in_answer = library.people_in(query.text), _people_among(new_names, library)
        is_answer_a_person = _ASKS_WHO.search(query.text) and not query.defined
        people = [*in_answer, *in_query] if is_answer_a_person else [*in_query, *in_answer]
        speakers = question.speakers if isinstance(question, SpeechQuestion) else ()
        speakers = tuple(_RELATION.sub("", speaker) for speaker in speakers)
        thing = _thing_in_answer(query.text, quotes[0], new_names) if quotes else None
        is_resolved = query.text != question.text
        return Conversation(
            question, (*speakers, *people, *query.names), thing or (self.thing if is_resolved else None)
        )


def _quoted_speakers(answer: str) -> list[str]:
    """Return the speakers in the headings of an answer."""
    headings = [part[:-1] for part in answer.split("\n\n") if part.endswith(":") and not part.startswith(("“", '"'))]
    return list(dict.fromkeys(re.split(r" \(|, ", heading, maxsplit=1)[0] for heading in headings))


def _people_among(names: Sequence[str], library: LibraryKnowledge) -> list[str]:
    """Return the names of people: of speakers, or full names with a known first name."""
    words = {word for person in library.people_in(" ".join(names)) for word in person.split()}
    return [
        name
        for name in names
        if words.intersection(name.split()) or (" " in name and gender_of_first_name(name) is not None)
    ]


def _thing_in_answer(query: str, quote: str, new_names: Sequence[str]) -> str | None:
    """Return the name of the thing that answers "which ship …" or "what did DART hit", if it has one."""
    if (which := _WHICH.match(query)) and (
        named := re.search(rf"\b{which['kind']} (?:called )?({NAME_PATTERN})", quote)
    ):
        return f"the {which['kind']} {named[1]}"
    return next((name for name in new_names if name in quote), None) if _ASKS_OBJECT.match(query) else None
