"""Answers to questions about speech: statements, each with its speaker, and never the words of others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index import Library, Statement

from .question import Question
from .speakers import Asked, find_speakers
from .speech import Told, folded_alike, in_way, statements_of
from .wording import no_statement, note_of_names, unread_note

MOST = 12  # statements in an answer
_MOST_OF_ANYBODY = 8
_READ = 60  # of a speaker's statements, the first that are looked at for an answer without a topic
_DATED = re.compile(
    r"\b(?:1\d|20)\d\d\b|\b(?:January|February|March|April|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today)\b|\b\d+ May\b|\bMay \d"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What answers a question about speech: statements and a note before them, or why there are none."""

    told: list[Told]
    total: int
    note: str = ""
    why_not: str = ""


def tell(library: Library, question: Question) -> Telling:
    """The statements that answer a question, at most a dozen."""
    if not question.speakers:
        return _of_anybody(library, question)
    asked = [find_speakers(library, name) for name in question.speakers]
    note = note_of_names(asked)
    each = [(a, *_of(library, question, a)) for a in asked]
    most = MOST // max(1, sum(bool(statements) for _, statements, _ in each))
    told = [one for a, statements, _ in each for one in _chosen(question, a, statements, most)]
    lacking = [no_statement(a, question, _count(library, a)) for a, statements, _ in each if not statements]
    if not told:
        return Telling([], 0, why_not=" ".join([*lacking, *unread_note(library.count_unread())]))
    return Telling(told, sum(total for *_, total in each), note=" ".join(filter(None, [note, *lacking])))


def _of(library: Library, question: Question, asked: Asked) -> tuple[list[Statement], int]:
    """The statements of whom a name stands for, the best first, and how many there are in all."""
    if not asked.speakers:
        return [], 0
    names, limits = asked.stored, question.limits
    if question.about or question.way or question.asks_when:
        found = statements_of(library, names, question.about, limits)
        if not found and question.is_about_carried:
            found = statements_of(library, names, None, limits)
        found = in_way(library, found, question.way) or found
        if question.asks_when:
            found = [s for s in found if _DATED.search(s.text)] or found
        return found, len(found)
    found = library.statements(names, publisher=limits.publisher, period=limits.period, limit=_READ, best_first=True)
    return found, library.count_statements(names, publisher=limits.publisher, period=limits.period)


def _chosen(question: Question, asked: Asked, statements: Sequence[Statement], most: int) -> list[Told]:
    """The best statements: nearest to the topic first, or by date and place; of several people, one after the other."""
    told = folded_alike(_fairly(statements, asked), most)
    if not question.about:
        place = {id(one): at for at, one in enumerate(told)}
        told.sort(key=lambda one: (one.statement.article_id, one.statement.start, place[id(one)]))
    people = {name: at for at, speaker in enumerate(asked.speakers) for name in speaker.names}
    return sorted(told, key=lambda one: people.get(one.statement.speaker, 0))


def _fairly(statements: Sequence[Statement], asked: Asked) -> list[Statement]:
    """The same statements; where the name fits several people, in turns, so that none of them takes all places."""
    if not asked.people:
        return list(statements)
    people = {name: speaker.name for speaker in asked.speakers for name in speaker.names}
    turn: dict[str, int] = {}
    keyed = []
    for statement in statements:
        who = people.get(statement.speaker, "")
        turn[who] = turn.get(who, 0) + 1
        keyed.append((turn[who], statement))
    return [statement for _, statement in sorted(keyed, key=lambda pair: pair[0])]


def _of_anybody(library: Library, question: Question) -> Telling:
    """ "Who said …?", "who criticised X?", "what has been said about Y?"."""
    topic = question.about or question.topic
    found = statements_of(library, None, topic, question.limits)
    if question.way:
        found = in_way(library, found, question.way)
    excluded = {name for other in question.excluded for name in find_speakers(library, other).stored}
    found = [statement for statement in found if statement.speaker not in excluded]
    told = folded_alike(found, _MOST_OF_ANYBODY)
    return Telling(told, max(len(told), len(found)))


def _count(library: Library, asked: Asked) -> int:
    return library.count_statements(asked.stored) if asked.speakers else 0
