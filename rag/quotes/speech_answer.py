"""Select the statements that answer a question about speech: those of the right speaker, never the words of others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from index import Article, Library, Statement
from index.text import MONTH_NAME_EXCEPT_MAY, WEEKDAY_NAME, may_be_same_person

from ..knowledge import SpeakerFinder, SpeakerQuery
from ..question import SpeechAct, SpeechQuestion
from .quotation import find_quotation
from .statements import MergedStatement, find_statements, merge_similar
from .wording import (
    NO_DATES,
    NO_MORE_STATEMENTS,
    no_speech_act,
    no_statement_with,
    no_statements,
    other_statements,
    other_topics,
    pending_note,
    speaker_notes,
)

_MAX_STATEMENTS_OF_ANYONE = 8
_MAX_CONSIDERED = 60  # statements of a speaker among which those to show are chosen, if there is no topic
_DATE = re.compile(
    rf"\b(?:1\d|20)\d\d\b|\b(?:{MONTH_NAME_EXCEPT_MAY}|{WEEKDAY_NAME}|yesterday|today)\b|\b\d+ May\b|\bMay \d"
)


@dataclass(frozen=True, slots=True)
class SpeechAnswer:
    """The statements that answer a question about speech, or the reason why there are none.

    Attributes:
        statements: the statements to show.
        total: the number of all statements that answer.
        note: text to show before the statements.
        no_answer_reason: why there are no statements.
        display_names: the fullest name of each speaker, by stored name.
    """

    statements: list[MergedStatement] = field(default_factory=list)
    total: int = 0
    note: str = ""
    no_answer_reason: str = ""
    display_names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _SpeakerResult:
    """The statements found for one name in a question, best first; fields as in `SpeechAnswer`."""

    speaker: SpeakerQuery
    statements: list[Statement]
    total: int
    note: str = ""
    no_answer_reason: str = ""


def answer_speech_question(library: Library, speakers: SpeakerFinder, question: SpeechQuestion) -> SpeechAnswer:
    """Select at most a dozen statements that answer a question."""
    if not question.speakers:
        return _answer_for_anyone(library, speakers, question)
    queries = [speakers.find(name) for name in question.speakers]
    results = [_find_for_speaker(library, question, query) for query in queries]
    limit = SpeechQuestion.MAX_STATEMENTS // max(1, sum(bool(result.statements) for result in results))
    statements = [one for result in results for one in _select(library, question, result, limit)]
    reasons = [result.no_answer_reason for result in results if not result.statements]
    if not statements:
        exhausted = NO_MORE_STATEMENTS if question.offset and not reasons else ""
        pending = pending_note(library.speech.count_pending())
        return SpeechAnswer(no_answer_reason=_join([*reasons, exhausted, pending]))
    note = _join([speaker_notes(queries), *(result.note for result in results), *reasons])
    names = {stored: speaker.name for query in queries for speaker in query.speakers for stored in speaker.names}
    return SpeechAnswer(statements, sum(result.total for result in results), note, display_names=names)


def _join(sentences: Sequence[str]) -> str:
    return " ".join(filter(None, sentences))


def _find_for_speaker(library: Library, question: SpeechQuestion, speaker: SpeakerQuery) -> _SpeakerResult:
    """Find the statements of the people that a name may refer to."""
    names = speaker.stored_names
    if not names:
        return _SpeakerResult(speaker, [], 0, no_answer_reason=no_statements(speaker, question, 0))
    reason = no_statements(speaker, question, library.speech.count(names))
    within = question.filters.select(library)
    if not (question.about or question.speech_act or question.asks_for_date):
        total = library.speech.count(names, within=within)
        limit = _MAX_CONSIDERED + question.offset
        found = library.speech.statements(names, limit=limit, best_first=True, within=within)
        return _SpeakerResult(speaker, found, total, no_answer_reason=reason)
    found, note = find_statements(library, names, question.about, within), ""
    if not found and question.is_about_inherited and question.about:
        found = find_statements(library, names, None, within)
        note = other_topics(speaker, question.about)
    if question.speech_act and found:
        found, speech_act_note = _filter_by_speech_act(library, question, speaker, found)
        if not found:
            return _SpeakerResult(speaker, [], 0, no_answer_reason=speech_act_note)
        note = note or speech_act_note
    if question.asks_for_date and found:
        dated = [statement for statement in found if _DATE.search(statement.text)]
        found, note = dated or found, note if dated else NO_DATES
    return _SpeakerResult(speaker, found, len(found), note, reason)


def _filter_by_speech_act(
    library: Library, question: SpeechQuestion, speaker: SpeakerQuery, statements: list[Statement]
) -> tuple[list[Statement], str]:
    """The statements of the speech act that was asked for. If there are none: all or none, and a note."""
    speech_act = question.speech_act
    if speech_act is None:
        return statements, ""
    if matching := speech_act.filter(library, statements):
        return matching, ""
    if speech_act.is_loose or question.about:  # other statements may answer too
        return statements, other_statements(speaker, speech_act.verb)
    return [], no_speech_act(speaker, speech_act.verb, len(statements))


def _select(library: Library, question: SpeechQuestion, result: _SpeakerResult, limit: int) -> list[MergedStatement]:
    """Select the best statements: most relevant first, or by date and position; of several people, one by one."""
    speaker = result.speaker
    merged = merge_similar(library, _interleave_people(result.statements, speaker), limit + question.offset)
    selected = merged[question.offset :]
    if not question.about:
        articles = library.catalog.by_id({one.statement.article_id for one in selected})
        selected.sort(key=lambda one: (_day(articles, one), one.statement.article_id, one.statement.start))
    people = {name: position for position, person in enumerate(speaker.speakers) for name in person.names}
    return sorted(selected, key=lambda one: people.get(one.statement.speaker, 0))


def _day(articles: dict[int, Article], merged: MergedStatement) -> date:
    article = articles.get(merged.statement.article_id)
    return (article and article.published) or date.max


def _interleave_people(statements: Sequence[Statement], speaker: SpeakerQuery) -> list[Statement]:
    """If a name is ambiguous, alternate between the people so that each of them is represented."""
    if not speaker.namesakes:
        return list(statements)
    people = {name: person.name for person in speaker.speakers for name in person.names}
    counts: dict[str, int] = {}
    ranked = []
    for statement in statements:
        person = people.get(statement.speaker, "")
        counts[person] = counts.get(person, 0) + 1
        ranked.append((counts[person], statement))
    return [statement for _, statement in sorted(ranked, key=lambda pair: pair[0])]


def _answer_for_anyone(library: Library, speakers: SpeakerFinder, question: SpeechQuestion) -> SpeechAnswer:
    """Answer "Who said …?", "Who criticised X?", "What has been said about Y?"."""
    topic = question.about or question.topic
    if not library.passages.terms(topic):
        return SpeechAnswer()
    if question.quotation:
        return _answer_for_quotation(library, question)
    within = question.filters.select(library)
    found = find_statements(library, None, topic, within, "all" if question.is_broad else "exact")
    if question.speech_act:
        matching = question.speech_act.filter(library, found)
        found = [one for one in matching if not _is_target(one.speaker, topic, question.speech_act)]
    excluded = {name for other in question.excluded for name in speakers.find(other).stored_names}
    found = [statement for statement in found if statement.speaker not in excluded]
    return _show_speakers(library, question, found)


def _answer_for_quotation(library: Library, question: SpeechQuestion) -> SpeechAnswer:
    """Answer "Who said “…”?" with statements of these words, never with others."""
    if found := find_quotation(library, question):
        return _show_speakers(library, question, found)
    pending = pending_note(library.speech.count_pending())
    return SpeechAnswer(no_answer_reason=_join([no_statement_with(question.quotation), pending]))


def _show_speakers(library: Library, question: SpeechQuestion, found: Sequence[Statement]) -> SpeechAnswer:
    selected = merge_similar(library, found, _MAX_STATEMENTS_OF_ANYONE + question.offset)[question.offset :]
    stored = list({one.statement.speaker for one in selected})
    known = library.speech.speakers(names=stored) if stored else []
    names = {stored: speaker.name for speaker in known for stored in speaker.names}
    return SpeechAnswer(_group_by_speaker(selected, names), len(found), display_names=names)


def _group_by_speaker(statements: Sequence[MergedStatement], names: dict[str, str]) -> list[MergedStatement]:
    """Keep each speaker's statements together, in the order of their most relevant ones."""
    first: dict[str, int] = {}
    for position, one in enumerate(statements):
        first.setdefault(names.get(one.statement.speaker, ""), position)
    return sorted(statements, key=lambda one: first[names.get(one.statement.speaker, "")])


def _is_target(speaker: str, topic: str, speech_act: SpeechAct) -> bool:
    """Return whether a speaker is the target of a speech act: Putin's words don't answer "Who criticised Putin?"."""
    return not speech_act.is_loose and may_be_same_person(topic, speaker)
