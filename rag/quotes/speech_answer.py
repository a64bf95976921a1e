"""Answers to questions about speech: statements, each with its speaker, and never the words of others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from index import Article, Library, Statement, folded, may_be_same

from ..question import MOST, Question, SpeakerFinder, SpeakerQuery, SpeechAct, matches_speech_act
from .statements import MergedStatement, folded_alike, statements_of
from .wording import NO_DAY, NOTHING_MORE, no_statement, not_about, not_in_way, note_of_names, pending_note

_MOST_OF_ANYBODY = 8
_READ = 60  # of a speaker's statements, the first that are looked at for an answer without a topic
_DATED = re.compile(
    r"\b(?:1\d|20)\d\d\b|\b(?:January|February|March|April|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today)\b|\b\d+ May\b|\bMay \d"
)


@dataclass(frozen=True, slots=True)
class SpeechAnswer:
    """What answers a question about speech: statements and a note before them, or why there are none.

    `total` counts all statements that answer; `names` gives the fullest name for each stored one.
    """

    told: list[MergedStatement] = field(default_factory=list)
    total: int = 0
    note: str = ""
    why_not: str = ""
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is found of one name in a question: the best statements first, how many there are, what to say of them."""

    asked: SpeakerQuery
    statements: list[Statement]
    total: int
    note: str = ""
    why_not: str = ""


def tell(library: Library, speakers: SpeakerFinder, question: Question) -> SpeechAnswer:
    """The statements that answer a question, at most a dozen."""
    if not question.speakers:
        return _of_anybody(library, speakers, question)
    asked = [speakers.find(name) for name in question.speakers]
    each = [_of(library, question, name) for name in asked]
    most = MOST // max(1, sum(bool(found.statements) for found in each))
    told = [one for found in each for one in _chosen(library, question, found, most)]
    lacking = [found.why_not for found in each if not found.statements]
    if not told:
        more = [NOTHING_MORE] if question.passed and not lacking else []
        return SpeechAnswer(why_not=" ".join([*lacking, *more, *pending_note(library.count_pending())]))
    notes = [note_of_names(asked), *(found.note for found in each), *lacking]
    names = {stored: speaker.name for name in asked for speaker in name.speakers for stored in speaker.names}
    return SpeechAnswer(told, sum(found.total for found in each), " ".join(filter(None, notes)), names=names)


def _of(library: Library, question: Question, asked: SpeakerQuery) -> _Found:
    """The statements of whom a name stands for that answer the question."""
    names, limits = asked.stored, question.limits
    if not names:
        return _Found(asked, [], 0, why_not=no_statement(asked, question, 0))
    if not (question.about or question.way or question.asks_when):
        total = library.count_statements(names, publisher=limits.publisher, period=limits.period)
        last = _READ + question.passed
        found = library.statements(names, publisher=limits.publisher, period=limits.period, limit=last, best_first=True)
        return _Found(asked, found, total, why_not=no_statement(asked, question, library.count_statements(names)))
    found, note = statements_of(library, names, question.about, limits), ""
    if not found and question.is_about_carried and question.about:
        found, note = statements_of(library, names, None, limits), not_about(asked, question.about)
    if question.way and found:
        found, missed = _in_way(library, question, asked, found)
        if not found:
            return _Found(asked, [], 0, why_not=missed)
        note = note or missed
    if question.asks_when and found:
        dated = [statement for statement in found if _DATED.search(statement.text)]
        found, note = dated or found, note if dated else NO_DAY
    why_not = no_statement(asked, question, library.count_statements(names))
    return _Found(asked, found, len(found), note, why_not)


def _in_way(
    library: Library, question: Question, asked: SpeakerQuery, statements: list[Statement]
) -> tuple[list[Statement], str]:
    """The statements in the way that was asked for; others with a note where they may answer too, else none."""
    way = question.way
    if way is None or (chosen := matches_speech_act(library, statements, way)):
        return chosen if way else statements, ""
    why_not = not_in_way(asked, way.verb, len(statements))
    return (statements, why_not) if way.is_loose or question.about else ([], why_not)


def _chosen(library: Library, question: Question, found: _Found, most: int) -> list[MergedStatement]:
    """The best statements: nearest to the topic first, or by date and place; of several people, one after the other."""
    asked = found.asked
    told = folded_alike(library, _fairly(found.statements, asked), most + question.passed)[question.passed :]
    if not question.about:
        day = library.articles_by_id({one.statement.article_id for one in told})
        told.sort(key=lambda one: (_day(day, one), one.statement.article_id, one.statement.start))
    people = {name: at for at, speaker in enumerate(asked.speakers) for name in speaker.names}
    return sorted(told, key=lambda one: people.get(one.statement.speaker, 0))


def _day(articles: dict[int, Article], one: MergedStatement) -> date:
    article = articles.get(one.statement.article_id)
    return (article and article.published) or date.max


def _fairly(statements: Sequence[Statement], asked: SpeakerQuery) -> list[Statement]:
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


def _of_anybody(library: Library, speakers: SpeakerFinder, question: Question) -> SpeechAnswer:
    """ "Who said …?", "who criticised X?", "what has been said about Y?"."""
    topic = question.about or question.topic
    if not library.terms(topic):
        return SpeechAnswer()
    found = statements_of(library, None, topic, question.limits, "all" if question.is_broad else "exact")
    if question.way:
        found = [
            s
            for s in matches_speech_act(library, found, question.way)
            if not _is_object(s.speaker, topic, question.way)
        ]
    excluded = {name for other in question.excluded for name in speakers.find(other).stored}
    found = [statement for statement in found if statement.speaker not in excluded]
    told = folded_alike(library, found, _MOST_OF_ANYBODY + question.passed)[question.passed :]
    known = library.speakers(names=list({one.statement.speaker for one in told})) if told else []
    names = {stored: speaker.name for speaker in known for stored in speaker.names}
    first: dict[str, int] = {}
    for at, one in enumerate(told):  # together what one speaker says, whose nearest statement is the nearest, first
        first.setdefault(names.get(one.statement.speaker, ""), at)
    told.sort(key=lambda one: first[names.get(one.statement.speaker, "")])
    return SpeechAnswer(told, len(found), names=names)


def _is_object(speaker: str, topic: str, way: SpeechAct) -> bool:
    """ "Who criticised Putin?" isn't answered by what Putin says."""
    return not way.is_loose and may_be_same(folded(topic), folded(speaker))
