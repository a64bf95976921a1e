"""Answers from the articles' own sentences: which of them answer a question."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from index import Library, Passage, Span

from .asked import Asked, asked_for, asks_for_list, things_in
from .late_interaction import term_share
from .question import Question
from .retrieve import Candidate, Ranking

_READ = 12  # passages whose sentences are looked at
_MOST = 5  # sentences in an answer
_MOST_OF_LIST = 8  # … to a question that asks for several things
_MARGIN = 0.12  # how far below the best sentence a further quote may be
_MIN_QUOTES = 3  # that many are shown where the passages are near to the question, whatever the margin
MOST_CHARACTERS = 330  # of two sentences in one quote
# How much each of these tells that a sentence is the answer. Measured in docs/quality.md.
_WEIGHTS = {
    "words": 0.7,
    "sentence": 0.5,
    "passage": 0.5,
    "terms": 0.2,
    "before": 0.1,
    "thing": 0.1,
    "defines": 0.15,
    "is_lead": -0.05,
}

# How a sentence begins that means somebody or something in the one before.
_REFERS = re.compile(
    r"[\"“‘']?(?:(?:But|And|However,?|Then|Later,?|So) )?(?:he|she|it|they|this|these|those|his|her|its|their"
    r"|the former|the latter)\b",
    re.IGNORECASE,
)
# How a sentence begins that takes back something of the one before.
_TURNS = re.compile(r"(?:But|However|Instead|Nevertheless|Nonetheless|Still|Yet)\b")
_WHO_IS = re.compile(r"^(?:who|what) (?:is|was|are|were) (?:an? |the )?(?P<what>\S+(?: \S+){0,3}?)\W*$", re.IGNORECASE)


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


def find_quotes(library: Library, question: Question, ranking: Ranking, named: str | None = None) -> list[Quote]:
    """The sentences of the best passages that answer a question, best first, at most five; neighbours are one quote.

    Where a name is given, only sentences that hold its last word.
    """
    asked, defined = asked_for(question.query), _WHO_IS.match(question.query)
    quotes: list[Quote] = []
    for candidate in ranking.candidates[:_READ]:
        quotes += _sentence_quotes(library, ranking, candidate, question.query, asked, defined and defined["what"])
    if named:
        last = re.escape(named.split()[-1])
        quotes = [quote for quote in quotes if re.search(rf"\b{last}\b", quote.text, re.IGNORECASE)]
    quotes.sort(key=lambda quote: (-quote.score, quote.passage.id, quote.span))
    quotes = _one_article_a_story(quotes, ranking.stories)
    joined = _joined(quotes[: _MOST_OF_LIST if asks_for_list(question.query) else _MOST])
    kept = [q for at, q in enumerate(joined) if at < _MIN_QUOTES or q.score >= quotes[0].score - _MARGIN]
    if asked and asked.is_certain and not any(things_in(quote.text, asked, question.query) for quote in kept):
        return []  # "How old is he?" where no age is given
    for at, quote in enumerate(kept):
        kept[at] = _with_context(_with_turn(quote, kept), kept)
    return kept


def _sentence_quotes(
    library: Library, ranking: Ranking, candidate: Candidate, query: str, asked: Asked | None, defined: str | None
) -> list[Quote]:
    passage = candidate.passage
    quotes = []
    before = 0.0
    for at, span in enumerate(passage.sentences):
        text = passage.words(span)
        words = candidate.near.sentence_words[at]
        features = {
            "words": words,
            "sentence": candidate.near.sentence_scores[at],
            "passage": candidate.score,
            "terms": term_share(library.terms(text), ranking.weights),
            # "It took 32 minutes": what "it" is stands in the sentence before.
            "before": before,
            "thing": bool(asked and things_in(text, asked, query)),
            "defines": bool(defined and _defines(text, defined)),
            # It sums up the article and so is near to every question about it; the details stand behind it.
            "is_lead": span.start == 0,
        }
        quotes.append(Quote(passage, span, sum(_WEIGHTS[name] * value for name, value in features.items())))
        before = words
    return quotes


def _with_turn(quote: Quote, quotes: list[Quote]) -> Quote:
    """A quote with the sentence behind it where that takes back something ("But …"), and both are short."""
    behind = next((b for a, b in itertools.pairwise(quote.passage.sentences) if a == quote.span), None)
    if behind is None or not _TURNS.match(quote.passage.words(behind)) or _is_held(quote.passage, behind, quotes):
        return quote
    return replace(quote, span=Span(quote.span.start, behind.end)) if _fit(quote.passage, quote.span, behind) else quote


def _with_context(quote: Quote, quotes: list[Quote]) -> Quote:
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


def _defines(text: str, what: str) -> bool:
    """True for "Kirby, a spokesman", "DART was a mission" and "spokesman John Kirby"."""
    name = re.escape(what)
    after = r"(?:, (?:an?|the|one|who|which|[a-z]+)\b| ?\(|,? (?:is|was|are|were) (?:an?|the|one|[a-z])|, \d)"
    return (
        re.search(rf"\b{name}{after}|\b[a-z]+(?:er|or|an|ist|ent|ef|ess|air|al) {name}\b", text, re.IGNORECASE)
        is not None
    )


def _one_article_a_story(quotes: list[Quote], stories: dict[int, int]) -> list[Quote]:
    """Without the quotes of near-duplicates of an article with a better one: they support nothing that it doesn't."""
    told: dict[int, int] = {}
    kept = []
    for quote in quotes:
        article_id = quote.passage.article_id
        story = stories.get(article_id)
        if story is None or told.setdefault(story, article_id) == article_id:
            kept.append(quote)
    return kept


def _joined(quotes: list[Quote]) -> list[Quote]:
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
