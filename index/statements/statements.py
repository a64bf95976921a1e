"""Who said what: the statements of a text, each with its speaker, cue and words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from ..records import Span, Statement
from .attributions import find_attributions
from .cues import FINDINGS
from .labels import Label, find_labels
from .mentions import Mention, in_order, mention_of, names_in_sentence
from .people import People, Someone
from .quotations import quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .parser import Parser

_LONGEST = 700  # characters of a statement; a longer quotation becomes several
_MOSTLY = 0.5  # share of quoted letters from which a sentence is a quotation
# "LONDON, July 19 (AP) — ": where a report was written is no part of its first sentence.
_DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ]{2}[A-ZÀ-Þ./’' -]{0,40}|New York|Washington|London)"
    r"(?:,\s[A-Z][\w. ]{1,25}){0,3}(?:\s?\([A-Za-z ./]{1,30}\))?\s?(?:[—–]|--?)\s+(?=\S)"
)
_PRONOUNS = {"he", "she", "his", "her", "him"}


@dataclass(frozen=True, slots=True)
class ContentPart:
    """A cue with its source as written and the words said, as spans in the text."""

    mention: Span
    cue: Span
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """Who speaks in a sentence: by cues of its own, or because a quotation goes on (`continues`)."""

    someone: Someone
    inferred: bool
    parts: tuple[ContentPart, ...]
    continues: bool = False


Run = list[tuple["_Sentence", Claim]]


class _Sentence:
    """A sentence with its quotations, and who speaks in it."""

    def __init__(self, text: str, span: Span, quotes: Sequence[Span]) -> None:
        self.span = span
        self.quotes = [Span(max(q.start, span.start), min(q.end, span.end)) for q in quotes]
        letters = sum(map(str.isalpha, span.of(text)))
        quoted = sum(sum(map(str.isalpha, q.of(text))) for q in self.quotes)
        self.is_quoted = quoted >= _MOSTLY * letters > 0
        self.is_all_quoted = quoted == letters > 0
        self.claims: list[Claim] = []
        dateline = _DATELINE.match(span.of(text))
        self.parsed = Span(span.start + (dateline.end() if dateline else 0), span.end)


def find_statements(article_id: int, text: str, sentences: Sequence[Span], parser: Parser) -> list[Statement]:
    """The statements of an English text, in order. `sentences` are the sentences of `text`."""
    runs = find_runs(text, sentences, parser)
    return [_statement(article_id, text, run) for run in runs if any(part.content for _, c in run for part in c.parts)]


def find_runs(text: str, sentences: Sequence[Span], parser: Parser) -> list[Run]:
    """The statements as the sentences that each of them spans, with the claims in these."""
    paragraphs = _paragraphs(text, sentences)
    everything = [sentence for paragraph in paragraphs for sentence in paragraph]
    docs = parser.parse("" if s.is_all_quoted else s.parsed.of(text) for s in everything)
    names = [_names(sentence, doc) for sentence, doc in zip(everything, docs, strict=True)]
    people = People(names)
    for number, (sentence, doc) in enumerate(zip(everything, docs, strict=True)):
        for mention in in_order([*names[number], *_pronouns(sentence, doc)]):
            people.read(number, mention)
        sentence.claims = _claims(sentence, doc, number, people)
    for label in find_labels(text, people.is_person):
        at = bisect_left(everything, label.line.start, key=lambda sentence: sentence.span.start)
        while at < len(everything) and everything[at].span.start < label.line.end:
            everything[at].claims = _labelled(text, everything[at], label, people)
            at += 1
    spoken: Claim | None = None
    for paragraph in paragraphs:
        spoken = _carry(text, paragraph, spoken)
    return [run for paragraph in paragraphs for run in _runs(paragraph)]


def _paragraphs(text: str, sentences: Sequence[Span]) -> list[list[_Sentence]]:
    """The sentences of each line, with the quotations that reach into them."""
    quotes = quotations(text)
    at = line = first = 0
    made: list[tuple[int, _Sentence]] = []
    for span in sentences:
        line += text.count("\n", at, span.start)
        at = span.start
        while first < len(quotes) and quotes[first].end <= span.start:
            first += 1
        last = bisect_left(quotes, span.end, lo=first, key=lambda quote: quote.start)
        made.append((line, _Sentence(text, span, quotes[first:last])))
    return [[sentence for _, sentence in group] for _, group in groupby(made, key=lambda pair: pair[0])]


def _claims(sentence: _Sentence, doc: Doc, number: int, people: People) -> list[Claim]:
    """Who speaks in a sentence by a cue in it."""
    claims: list[Claim] = []
    start = sentence.parsed.start
    quotes = [quote.shifted(-start) for quote in sentence.quotes]
    for found in find_attributions(doc, quotes):
        others = [
            other
            for other in (found.person.conjuncts if found.person is found.source else ())
            if not any(quote.start <= other.idx < quote.end for quote in quotes)
        ]
        for person in (found.person, *others):
            mention = mention_of(person)
            identity = people.identify(number, mention) if mention is not None else None
            if mention is None or identity is None or (found.verb in FINDINGS and identity.someone.is_person):
                continue
            said = tuple(span.shifted(start) for span in found.content)
            part = ContentPart(mention.span.shifted(start), found.cue.shifted(start), said)
            _add(claims, Claim(identity.someone, identity.inferred, (part,)))
            people.spoke(number, identity.someone, mention.pronoun)
    return claims


def _labelled(text: str, sentence: _Sentence, label: Label, people: People) -> list[Claim]:
    """The claim of a sentence in a line with a label: all but the label is said."""
    said = Span(max(sentence.span.start, label.content.start), min(sentence.span.end, label.content.end))
    if said.start >= said.end:
        return []  # the label itself
    has_label = sentence.span.start <= label.content.start <= sentence.span.end
    part = ContentPart(label.who, label.cue, (said,))
    return [Claim(people.labelled(label.who.of(text)), not has_label, (part,), continues=not has_label)]


def _names(sentence: _Sentence, doc: Doc) -> list[Mention]:
    """The names outside of quotations."""
    start = sentence.parsed.start
    return [
        mention
        for mention in names_in_sentence(doc)
        if not any(q.start <= mention.span.start + start < q.end for q in sentence.quotes)
    ]


def _pronouns(sentence: _Sentence, doc: Doc) -> Iterator[Mention]:
    start = sentence.parsed.start
    for token in doc:
        is_quoted = any(q.start <= token.idx + start < q.end for q in sentence.quotes)
        if token.lower_ in _PRONOUNS and not is_quoted and (mention := mention_of(token)) is not None:
            yield mention


def _add(claims: list[Claim], claim: Claim) -> None:
    """One claim for each speaker of a sentence: what a second cue marks is said too."""
    for at, other in enumerate(claims):
        if other.someone is claim.someone:
            parts = (*other.parts, *claim.parts)
            claims[at] = replace(other, parts=parts, inferred=other.inferred and claim.inferred)
            return
    claims.append(claim)


def _carry(text: str, paragraph: Sequence[_Sentence], before: Claim | None) -> Claim | None:
    """Give the quotations that have no cue of their own to the speaker of the same quotation or paragraph.

    `before` is who was quoted, or announced by a colon, at the end of the paragraph before; returns the same for the
    next one.
    """
    current = _announced(paragraph) or (before if paragraph[0].is_all_quoted else None)
    for sentence in paragraph:
        if sentence.claims:
            current = sentence.claims[-1]
        elif not sentence.is_all_quoted:
            current = None  # a sentence of its own frame: whose words follow isn't told
        elif current is not None:
            part = replace(current.parts[-1], content=tuple(sentence.quotes))
            sentence.claims = [replace(current, inferred=True, parts=(part,), continues=True)]
    last = paragraph[-1]
    goes_on = last.is_all_quoted or text[last.span.end - 1] == ":" or _ends_quoted(last)
    return last.claims[-1] if last.claims and goes_on else None


def _announced(paragraph: Sequence[_Sentence]) -> Claim | None:
    """Who is named behind the quotation with which a paragraph begins: "“It snows. It is cold,” Kirby said." """
    for sentence in paragraph:
        if sentence.claims:
            return sentence.claims[0] if sentence.quotes else None
        if not sentence.is_all_quoted:
            return None
    return None


def _ends_quoted(sentence: _Sentence) -> bool:
    return bool(sentence.quotes) and sentence.quotes[-1].end >= sentence.span.end - 1


def _runs(paragraph: Sequence[_Sentence]) -> Iterator[Run]:
    """The claims of a paragraph; the sentences of one quotation are one run."""
    run: Run = []
    for sentence in paragraph:
        if run and not (len(sentence.claims) == 1 and _goes_on(run, sentence, sentence.claims[0])):
            yield run
            run = []
        for claim in sentence.claims[:-1]:
            yield [(sentence, claim)]
        if sentence.claims:
            run.append((sentence, sentence.claims[-1]))
    if run:
        yield run


def _goes_on(run: Run, sentence: _Sentence, claim: Claim) -> bool:
    is_one = claim.continues or all(c.continues for _, c in run)
    length = sentence.span.end - run[0][0].span.start
    return is_one and claim.someone is run[-1][1].someone and length <= _LONGEST and len(run[-1][0].claims) == 1


def _statement(article_id: int, text: str, run: Run) -> Statement:
    start, end = run[0][0].span.start, run[-1][0].span.end
    claims = [claim for _, claim in run]
    main = next((claim for claim in claims if not claim.continues), claims[0])
    content = tuple(sorted({span for claim in claims for part in claim.parts for span in part.content}))
    quotes = [quote for sentence, _ in run for quote in sentence.quotes]
    quoted = sum(max(0, min(s.end, q.end) - max(s.start, q.start)) for s in content for q in quotes)
    return Statement(
        article_id,
        _as_written(main.someone.name, text),
        main.parts[0].cue.of(text),
        text[start:end],
        start,
        end,
        inferred=main.inferred,
        mention=main.parts[0].mention.of(text),
        content=content,
        is_direct=quoted * 2 > sum(map(len, content)),
        role=_as_written(main.someone.role, text) if main.someone.role else None,
        is_person=main.someone.is_person,
    )


def _as_written(words: str, text: str) -> str:
    """Words of the parser with the apostrophes of the text."""
    return words.replace("'", "’") if "'" in words and words not in text else words
