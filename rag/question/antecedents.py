"""What the pronouns in the next question may refer to, after a question and its answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.text import gender_of_first_name

from .knowledge import LibraryKnowledge
from .names import NAME_PATTERN, names_in
from .question import Question

_WHO_IS_NAMED = re.compile(r"^who (?:is|was) \S+(?: \S+){0,2}$", re.IGNORECASE)
_ASKS_WHO = re.compile(r"\b(?:who|whom|whose)\b", re.IGNORECASE)
_ASKS_OBJECT = re.compile(r"^what (?:did|does|do) (?:\S+ ){1,3}\w+\W*$", re.IGNORECASE)
_WHICH = re.compile(r"^(?:which|what) (?P<kind>[a-z]+)\b", re.IGNORECASE)


def add_antecedents(question: Question, answer: str, library: LibraryKnowledge) -> Question:
    """Return a question with the people and the thing that the next one may refer to, given the text of its answer."""
    if question.kind == "statements" and not question.speakers:
        return replace(question, excluded=(*question.excluded, *_quoted_speakers(answer)))
    quotes = re.split(r" \[\d+\]", answer)[:-1]
    query = question.query
    new_names = [name for quote in quotes for name in names_in(quote) if name.casefold() not in query.casefold()]
    in_query, in_answer = library.people_in(query), _people_among(new_names, library)
    is_answer_a_person = _ASKS_WHO.search(query) and not _WHO_IS_NAMED.match(query)
    people = [*in_answer, *in_query] if is_answer_a_person else [*in_query, *in_answer]
    thing = _thing_in_answer(query, quotes[0], new_names) if quotes else None
    return replace(
        question,
        person_antecedents=(*question.speakers, *people),
        thing_antecedent=thing or question.thing_antecedent,
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
