"""Utterances: what each sentence of a text attributes to a speaker, and which of them belong to one statement."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from ..records import Span
from ..text import UPPERCASE
from .entities import Entity
from .quotations import find_quotations

_SINGLE_MARK = re.compile(r"[‘'](?!')")
_MAX_STATEMENT = 700  # characters; a longer quotation becomes several statements
# "LONDON, July 19 (AP) — ": the place and date of a report aren't part of its first sentence.
_DATELINE = re.compile(
    rf"(?:[{UPPERCASE}]{{2}}[{UPPERCASE}./’' -]{{0,40}}|New York|Washington|London)"
    r"(?:,\s[A-Z][\w. ]{1,25}){0,3}(?:\s?\([A-Za-z ./]{1,30}\))?\s?(?:[—–]|--?)\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class ContentPart:
    """A cue with its source as written and the content, as spans in the text, and whether the cue is negated."""

    mention: Span
    cue: Span
    content: tuple[Span, ...]
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one sentence attributes to one speaker.

    Attributes:
        speaker: the person or group.
        is_inferred: whether the sentence doesn't name the speaker.
        parts: one for each cue.
        is_continuation: whether the sentence has no cue of its own, but continues a quotation.
        precedes_cue: whether a later sentence has the cue of its quotation: "“It snows. It is cold,” Kirby said."
        via: who reports it, if not the author.
    """

    speaker: Entity
    is_inferred: bool
    parts: tuple[ContentPart, ...]
    is_continuation: bool = False
    precedes_cue: bool = False
    via: str = ""


class Sentence:
    """A sentence with its quotations and its utterances."""

    def __init__(self, text: str, span: Span, quotes: Sequence[Span]) -> None:
        self.span = span
        self.quotes = [Span(max(quote.start, span.start), min(quote.end, span.end)) for quote in quotes]
        self.is_quotation_open = bool(quotes) and quotes[-1].end > span.end  # it goes on in the next sentence
        letters = sum(map(str.isalpha, span.of(text)))
        quoted = sum(sum(map(str.isalpha, quote.of(text))) for quote in self.quotes)
        self.is_fully_quoted = quoted == letters > 0
        self.follows_quotation = False  # whether the sentence before it in the paragraph is one
        self.precedes_quotation = False  # whether the next one is
        self.utterances: list[Utterance] = []
        self.reported: list[Utterance] = []  # those that somebody else reports
        self.talk: Utterance | None = None  # by the only person so far: "Kirby talked for an hour"
        dateline = _DATELINE.match(span.of(text))
        self.parsed = Span(span.start + (dateline.end() if dateline else 0), span.end)

    def is_in_quote(self, position: int) -> bool:
        """Return whether a position in the text is inside a quotation."""
        return any(quote.start <= position < quote.end for quote in self.quotes)

    @property
    def is_cue_alone(self) -> bool:
        """Whether nothing was said in the sentence itself: "“Why?” Kirby asked."."""
        return not any(part.content for utterance in self.utterances for part in utterance.parts)

    def add(self, utterance: Utterance) -> None:
        """Add an utterance; it is merged with an earlier one of the same speaker."""
        added = self.reported if utterance.via else self.utterances
        for position, other in enumerate(added):
            if other.speaker is utterance.speaker:
                parts = (*other.parts, *utterance.parts)
                is_inferred = other.is_inferred and utterance.is_inferred
                added[position] = replace(other, parts=parts, is_inferred=is_inferred)
                return
        added.append(utterance)


# The utterances of one statement, each with its sentence.
UtteranceRun = list[tuple[Sentence, Utterance]]


def split_paragraphs(text: str, sentences: Sequence[Span]) -> list[list[Sentence]]:
    """Group the sentences of a text by line, each with the quotations that reach into it."""
    quotes = find_quotations(text)
    position = line = first = 0
    numbered: list[tuple[int, Sentence]] = []
    for span in sentences:
        line += text.count("\n", position, span.start)
        position = span.start
        while first < len(quotes) and quotes[first].end <= span.start:
            first += 1
        last = bisect_left(quotes, span.end, lo=first, key=lambda quote: quote.start)
        numbered.append((line, Sentence(text, span, quotes[first:last])))
    for (before_line, before), (after_line, after) in pairwise(numbered):
        after.follows_quotation = before.is_fully_quoted and before_line == after_line
        before.precedes_quotation = after.is_fully_quoted and before_line == after_line
    return [[sentence for _, sentence in group] for _, group in groupby(numbered, key=lambda pair: pair[0])]


def propagate_speakers(text: str, paragraphs: Sequence[Sequence[Sentence]]) -> None:
    """Attribute quotations without a cue to the speaker of the same quotation or paragraph."""
    previous: Utterance | None = None
    is_single = False  # whether the last quotation is in single marks
    for paragraph in paragraphs:
        if _opens_with_single_mark(text, paragraph[0].quotes) and not is_single:
            previous = None  # a heading in quotation marks
        previous = _propagate_in_paragraph(text, paragraph, previous)
        quotes = [quote for sentence in paragraph for quote in sentence.quotes]
        is_single = _opens_with_single_mark(text, quotes[-1:]) if quotes else is_single


def _opens_with_single_mark(text: str, quotes: Sequence[Span]) -> bool:
    return bool(quotes) and _SINGLE_MARK.match(text, quotes[0].start) is not None


def _propagate_in_paragraph(text: str, paragraph: Sequence[Sentence], previous: Utterance | None) -> Utterance | None:
    """Propagate the speakers within one paragraph.

    `previous` is the utterance that the preceding paragraph ended with, if it may continue: it ended with a quotation,
    with a colon, or by saying that somebody talked. The same is returned for the next paragraph.
    """
    _attribute_to_later_cues(paragraph)
    current = _utterance_after_quotation(paragraph) or (previous if paragraph[0].is_fully_quoted else None)
    for sentence in paragraph:
        if sentence.utterances:
            current = sentence.utterances[-1]
        elif not sentence.is_fully_quoted:
            current = None  # the speaker of what follows such a sentence is unknown
        elif current is not None:
            sentence.utterances = [_continuation(current, sentence)]
    last = paragraph[-1]
    may_continue = last.is_fully_quoted or text[last.span.end - 1] == ":" or _ends_quoted(last)
    return last.utterances[-1] if last.utterances and may_continue else last.talk


def _attribute_to_later_cues(paragraph: Sequence[Sentence]) -> None:
    """Attribute the first sentences of each quotation to the cue that follows it, whoever spoke before."""
    for sentence, following in reversed(list(pairwise(paragraph))):
        if sentence.utterances or not sentence.is_fully_quoted:
            continue
        if following.utterances and (sentence.is_quotation_open or following.is_cue_alone):
            utterance = _continuation(following.utterances[0], sentence)
            sentence.utterances = [replace(utterance, precedes_cue=True)]


def _continuation(utterance: Utterance, sentence: Sentence) -> Utterance:
    """Return the utterance of a quoted sentence without a cue of its own, by the speaker of another one."""
    part = replace(utterance.parts[-1], content=tuple(sentence.quotes))
    return replace(utterance, is_inferred=True, parts=(part,), is_continuation=True, precedes_cue=False)


def _utterance_after_quotation(paragraph: Sequence[Sentence]) -> Utterance | None:
    """Return the utterance after a quotation at the start of a paragraph: "“It snows. It is cold,” Kirby said." """
    for sentence in paragraph:
        if sentence.utterances:
            return sentence.utterances[0] if sentence.quotes else None
        if not sentence.is_fully_quoted:
            return None
    return None


def _ends_quoted(sentence: Sentence) -> bool:
    return bool(sentence.quotes) and sentence.quotes[-1].end >= sentence.span.end - 1


def group_runs(paragraph: Sequence[Sentence]) -> list[UtteranceRun]:
    """Group the utterances of a paragraph in text order; the sentences of one quotation make one run."""
    runs = [*_group_spoken(paragraph), *_reported_runs(paragraph)]
    return sorted(runs, key=lambda run: run[0][0].span.start)


def _reported_runs(paragraph: Sequence[Sentence]) -> Iterator[UtteranceRun]:
    """Return a run for each utterance that only another one reports."""
    for sentence in paragraph:
        speakers = [utterance.speaker for utterance in sentence.utterances]
        yield from ([(sentence, reported)] for reported in sentence.reported if reported.speaker not in speakers)


def _group_spoken(paragraph: Sequence[Sentence]) -> Iterator[UtteranceRun]:
    run: UtteranceRun = []
    for sentence in paragraph:
        if run and not (len(sentence.utterances) == 1 and _continues(run, sentence, sentence.utterances[0])):
            yield run
            run = []
        for utterance in sentence.utterances[:-1]:
            yield [(sentence, utterance)]
        if sentence.utterances:
            run.append((sentence, sentence.utterances[-1]))
    if run:
        yield run


def _continues(run: UtteranceRun, sentence: Sentence, utterance: Utterance) -> bool:
    """Return whether an utterance belongs to the same statement as those in a run."""
    continues_previous = utterance.is_continuation and not utterance.precedes_cue
    is_one_quotation = continues_previous or all(other.is_continuation for _, other in run)
    length = sentence.span.end - run[0][0].span.start
    is_same_speaker = utterance.speaker is run[-1][1].speaker and len(run[-1][0].utterances) == 1
    return is_one_quotation and is_same_speaker and length <= _MAX_STATEMENT
