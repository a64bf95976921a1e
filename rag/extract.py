"""Answers from the articles' own sentences: which of them answer a question, and whether any does."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index import Library, Passage, Span

from .question import Question
from .retrieve import Candidate, Ranking

_READ = 12  # passages whose sentences are looked at
_MAX_QUOTES = 4
_MARGIN = 0.12  # how far below the best sentence a further quote may be
_MIN_QUOTES = 3  # that many are shown where the passages are near to the question, whatever the margin

_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million|billion)\b"
)
_DATE = re.compile(
    r"\b(?:1\d|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b|\bcentur(?:y|ies)\b"
)
_CAPITALISED = re.compile(r"(?<=[\w,;”’\")] )[A-ZÀ-Þ][\w’'-]+")
_CAUSE = re.compile(
    r"\b(?:because|since|due to|owing|so that|in order|therefore|thus|caused?|led to|as a result|to \w+)\b"
)
# What a sentence should hold to answer a question of this kind.
_EXPECTED = (
    (
        re.compile(r"\b(?:when|what (?:year|date|day|month|century|time)|which (?:year|century))\b", re.IGNORECASE),
        _DATE,
    ),
    (
        re.compile(
            r"\bhow (?:many|much|long|old|far|big|large|high|tall|often)\b|\bwhat (?:percent|number|amount)",
            re.IGNORECASE,
        ),
        _NUMBER,
    ),
    (re.compile(r"\b(?:who|whom|whose|where|in (?:what|which))\b", re.IGNORECASE), _CAPITALISED),
    (re.compile(r"\bwhy\b|\bwhat (?:caused|led)\b", re.IGNORECASE), _CAUSE),
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that may answer a question: `passage.text` holds it at `span` (offsets in the article)."""

    passage: Passage
    span: Span
    score: float

    @property
    def text(self) -> str:
        """The sentence."""
        return self.span.shifted(-self.passage.start).of(self.passage.text)


@dataclass(frozen=True, slots=True)
class Support:
    """How well the articles support an answer. `confidence` is between 0 and 1."""

    confidence: float
    features: dict[str, float]


def find_quotes(library: Library, question: Question, ranking: Ranking, named: str | None = None) -> list[Quote]:
    """The sentences of the best passages that answer a question, best first, at most four.

    Where a name is given, only sentences that hold its last word.
    """
    quotes: list[Quote] = []
    candidates = ranking.candidates[:_READ]
    top = candidates[0].score if candidates else 0.0
    for candidate in candidates:
        quotes += _sentence_quotes(library, question, ranking, candidate, top)
    if named:
        last = re.escape(named.split()[-1])
        quotes = [quote for quote in quotes if re.search(rf"\b{last}\b", quote.text, re.IGNORECASE)]
    quotes.sort(key=lambda quote: (-quote.score, quote.passage.id, quote.span))
    kept = [q for at, q in enumerate(quotes) if at < _MIN_QUOTES or q.score >= quotes[0].score - _MARGIN]
    return kept[:_MAX_QUOTES]


def _sentence_quotes(
    library: Library, question: Question, ranking: Ranking, candidate: Candidate, top: float
) -> list[Quote]:
    passage = candidate.passage
    quotes = []
    for at, span in enumerate(passage.sentences):
        words = span.shifted(-passage.start).of(passage.text)
        meaning = candidate.sentence_scores[at] if candidate.sentence_scores else 0.0
        shared = term_share(library.terms(words), ranking.weights)
        score = (
            0.5 * meaning
            + 0.5 * shared
            + 0.4 * candidate.score / max(top, 1e-9)
            + 0.1 * _has_expected(question.query, words)
        )
        quotes.append(Quote(passage, span, score))
    return quotes


def term_share(terms: Sequence[str], weights: dict[str, float]) -> float:
    """Share of the question's terms that occur, each by its weight: 0 to 1."""
    total = sum(weights.values())
    return sum(weights[term] for term in set(terms) if term in weights) / total if total else 0.0


def _has_expected(query: str, words: str) -> float:
    """1 where the sentence holds the kind of thing that is asked for (a date, a number, a name), 0 where not."""
    for asks, expected in _EXPECTED:
        if asks.search(query):
            return float(bool(expected.search(words)))
    return 0.0


def support(library: Library, question: Question, ranking: Ranking) -> Support:
    """How well the best passages support an answer at all.

    A logistic combination of what the candidates show; the weights were fitted on half of the visible question
    sets and checked on the other half (docs/quality.md).
    """
    best = ranking.candidates[:5]
    features = {
        "sentence": max((max(c.sentence_scores, default=0.0) for c in best), default=0.0),
        "lexical": max((c.lexical for c in best), default=0.0) / max(sum(ranking.weights.values()), 1.0),
        "terms": max((term_share(library.terms(c.passage.text), ranking.weights) for c in best), default=0.0),
        "names": _name_share(question.names, [c.passage.text for c in best]),
    }
    logit = _BIAS + sum(_WEIGHTS[name] * value for name, value in features.items())
    return Support(1 / (1 + math.exp(-logit)), features)


_BIAS = -11.4
_WEIGHTS = {"sentence": 9.6, "lexical": 6.3, "terms": 3.0, "names": 2.5}


def _name_share(names: Sequence[str], texts: Sequence[str]) -> float:
    """Share of the question's names that occur in the passages; 1 where it has none."""
    if not names:
        return 1.0
    words = {
        word.removesuffix("’s").removesuffix("'s") for word in re.findall(r"[\w’'.-]+", " ".join(texts).casefold())
    }
    found = sum(any(word in words for word in re.findall(r"[\w’'.-]+", name.casefold())) for name in names)
    return found / len(names)
