"""How much of a passage a quote holds: a sentence, or two that belong together."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import Passage, Span

MOST_CHARACTERS = 330  # of two sentences in one quote
# How a sentence begins that means somebody or something in the one before.
_REFERS = re.compile(
    r"[\"“‘']?(?:(?:But|And|However,?|Then|Later,?|So) )?(?:he|she|it|they|this|these|those|his|her|its|their"
    r"|the former|the latter)\b",
    re.IGNORECASE,
)
# How a sentence begins that takes back something of the one before.
_TURNS = re.compile(r"(?:But|However|Instead|Nevertheless|Nonetheless|Still|Yet)\b")


@dataclass(frozen=True, slots=True)
class Quote:
    """One or two sentences that may answer a question: `passage.text` holds them at `span` (offsets in the article).

    `context` is the sentence before, where the quote can't be understood without it ("He …") and the two are too long
    for one quote.
    """

    passage: Passage
    span: Span
    score: float
    context: Span | None = None

    @property
    def text(self) -> str:
        """The words."""
        return self.passage.words(self.span)


def with_neighbours(quotes: Sequence[Quote]) -> list[Quote]:
    """The same quotes, two neighbouring sentences as one quote in the place of the better one."""
    joined: list[Quote] = []
    alone: set[int] = set()
    for quote in quotes:
        at = next((at for at in alone if _are_neighbours(joined[at], quote)), None)
        if at is None:
            alone.add(len(joined))
            joined.append(quote)
        else:
            alone.discard(at)
            one = joined[at]
            span = Span(min(one.span.start, quote.span.start), max(one.span.end, quote.span.end))
            joined[at] = Quote(one.passage, span, one.score)
    return joined


def with_context(quotes: Sequence[Quote]) -> list[Quote]:
    """The same quotes, each with what belongs to it as far as no other one holds that."""
    found = list(quotes)
    for at, quote in enumerate(quotes):
        found[at] = _with_before(_with_behind(quote, found), found)
    return found


def _with_behind(quote: Quote, quotes: list[Quote]) -> Quote:
    """A quote with the sentence behind it where that takes back something ("But …"), and both are short."""
    behind = next((b for a, b in itertools.pairwise(quote.passage.sentences) if a == quote.span), None)
    if behind is None or not _TURNS.match(quote.passage.words(behind)) or _is_held(quote.passage, behind, quotes):
        return quote
    return replace(quote, span=Span(quote.span.start, behind.end)) if _fit(quote.passage, quote.span, behind) else quote


def _with_before(quote: Quote, quotes: list[Quote]) -> Quote:
    """A quote with the sentence before it where it refers to that ("He …", "But …"): as one where both are short."""
    if not (_REFERS.match(quote.text) or _TURNS.match(quote.text)):
        return quote
    passage, span = quote.passage, quote.span
    before = next((a for a, b in itertools.pairwise(passage.sentences) if b.start == span.start), None)
    if before is None or not _in_one_paragraph(passage, before, span) or _is_held(passage, before, quotes):
        return quote
    if span in passage.sentences and _fit(passage, before, span):
        return replace(quote, span=Span(before.start, span.end))
    return replace(quote, context=before)


def _is_held(passage: Passage, sentence: Span, quotes: list[Quote]) -> bool:
    """True for a sentence that stands in one of the quotes, or before it."""
    spans = [span for q in quotes if q.passage.id == passage.id for span in (q.span, q.context) if span]
    return any(sentence.start < span.end and span.start < sentence.end for span in spans)


def _are_neighbours(one: Quote, other: Quote) -> bool:
    """True for two sentences that follow each other in a passage, and are short enough to be read as one."""
    if one.passage.id != other.passage.id:
        return False
    first, second = sorted((one.span, other.span))
    follow = any(a == first and b == second for a, b in itertools.pairwise(one.passage.sentences))
    return follow and _fit(one.passage, first, second)


def _fit(passage: Passage, first: Span, second: Span) -> bool:
    """True for two neighbouring sentences that make one quote: short, and of one paragraph."""
    return second.end - first.start <= MOST_CHARACTERS and _in_one_paragraph(passage, first, second)


def _in_one_paragraph(passage: Passage, first: Span, second: Span) -> bool:
    return "\n" not in passage.words(Span(first.end, second.start))
