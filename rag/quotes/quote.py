"""Extend quotes: to one sentence, or to two that belong together."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import Passage, Span
from index.text import DEMONSTRATIVES, POSSESSIVE_PRONOUNS, SUBJECT_PRONOUNS, one_of

from .reading import ReadSpan

MAX_QUOTE_CHARACTERS = 330  # of two sentences in one quote
_REFERRING = SUBJECT_PRONOUNS | POSSESSIVE_PRONOUNS | DEMONSTRATIVES - {"that"}
# The beginning of a sentence that refers to the sentence before it.
_REFERENCE = re.compile(
    rf"[\"“‘']?(?:(?:But|And|However,?|Then|Later,?|So) )?(?:{one_of(_REFERRING)}|the former|the latter)\b",
    re.IGNORECASE,
)
# A sentence that judges what follows, in a fact check: "VERDICT: False."
_VERDICT = re.compile(r"(?:(?:our|the) )?(?:verdict|rating|ruling|conclusion)(?: is)?:", re.IGNORECASE)
# The beginning of a sentence that qualifies the sentence before it.
_CONTRAST = re.compile(r"(?:But|However|Instead|Nevertheless|Nonetheless|Still|Yet)\b")


@dataclass(frozen=True, slots=True)
class Quote:
    """One or two sentences that may answer a question: those of `passage` at `span` (offsets in the article).

    `context` is the preceding sentence, if the quote can't be understood without it ("He …") and the two are too long
    for one quote. `answer` are the words of the quote that may answer, if it was read. `is_earlier`: a newer article
    gives another answer, in the quote before this one.
    """

    passage: Passage
    span: Span
    score: float
    context: Span | None = None
    answer: ReadSpan | None = None
    is_earlier: bool = False

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.passage.words(self.span)


def merge_neighbours(quotes: Sequence[Quote]) -> list[Quote]:
    """Merge neighbouring sentences into one quote at the rank of the better one."""
    merged: list[Quote] = []
    single: set[int] = set()  # positions of quotes of one sentence
    for quote in quotes:
        position = next((position for position in single if _are_neighbours(merged[position], quote)), None)
        if position is None:
            single.add(len(merged))
            merged.append(quote)
        else:
            single.discard(position)
            better = merged[position]
            span = Span(min(better.span.start, quote.span.start), max(better.span.end, quote.span.end))
            merged[position] = replace(better, span=span)
    return merged


def add_context(quotes: Sequence[Quote]) -> list[Quote]:
    """Extend each quote by the sentences that belong to it, unless another quote contains them."""
    extended = list(quotes)
    for position, quote in enumerate(quotes):
        extended[position] = _extend_backward(_extend_forward(quote, extended), extended)
    return extended


def _extend_forward(quote: Quote, quotes: list[Quote]) -> Quote:
    """Add the following sentence if it qualifies the quote ("But …") and both are short."""
    following = next((b for a, b in itertools.pairwise(quote.passage.sentences) if a == quote.span), None)
    if following is None or not _CONTRAST.match(quote.passage.words(following)):
        return quote
    if _is_quoted(quote.passage, following, quotes) or not _fit_one_quote(quote.passage, quote.span, following):
        return quote
    return replace(quote, span=Span(quote.span.start, following.end))


def _extend_backward(quote: Quote, quotes: list[Quote]) -> Quote:
    """Add the preceding sentence if the quote refers to it ("He …", "But …") or it is a verdict on what the quote says.

    In one quote if both are short.
    """
    passage, span = quote.passage, quote.span
    preceding = next((a for a, b in itertools.pairwise(passage.sentences) if b.start == span.start), None)
    if preceding is None:
        return quote
    refers = _REFERENCE.match(quote.text) or _CONTRAST.match(quote.text)
    if not (refers or _VERDICT.match(passage.words(preceding))):
        return quote
    if not _in_one_paragraph(passage, preceding, span) or _is_quoted(passage, preceding, quotes):
        return quote
    if span in passage.sentences and _fit_one_quote(passage, preceding, span):
        return replace(quote, span=Span(preceding.start, span.end))
    return replace(quote, context=preceding)


def _is_quoted(passage: Passage, sentence: Span, quotes: list[Quote]) -> bool:
    """Return whether a sentence is part of one of the quotes or its context."""
    spans = [span for q in quotes if q.passage.id == passage.id for span in (q.span, q.context) if span]
    return any(sentence.start < span.end and span.start < sentence.end for span in spans)


def _are_neighbours(one: Quote, other: Quote) -> bool:
    """Return whether two sentences are adjacent in a passage and short enough for one quote."""
    if one.passage.id != other.passage.id:
        return False
    first, second = sorted((one.span, other.span))
    are_adjacent = any(a == first and b == second for a, b in itertools.pairwise(one.passage.sentences))
    return are_adjacent and _fit_one_quote(one.passage, first, second)


def _fit_one_quote(passage: Passage, first: Span, second: Span) -> bool:
    """Return whether two adjacent sentences are short and in one paragraph."""
    return second.end - first.start <= MAX_QUOTE_CHARACTERS and _in_one_paragraph(passage, first, second)


def _in_one_paragraph(passage: Passage, first: Span, second: Span) -> bool:
    return "\n" not in passage.words(Span(first.end, second.start))
