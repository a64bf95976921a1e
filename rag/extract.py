"""Answers from the articles' own sentences: which of them answer a question, and whether any does."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index import Library, Passage, Span

from .question import Question
from .retrieve import Candidate, Ranking

_READ = 12  # passages whose sentences are looked at
_MAX_QUOTES = 4
_MARGIN = 0.12  # how far below the best sentence a further quote may be
_MIN_QUOTES = 3  # that many are shown where the passages are near to the question, whatever the margin
_JUDGED = 5  # passages that are asked for support
_BIAS = -13.4
_WEIGHTS = {"sentence": 9.5, "lexical": 6.3, "terms": 3.2, "names": 2.5, "years": 2.0}

_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
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
    titles = _titles(library, candidates)
    for candidate in candidates:
        title = titles.get(candidate.passage.article_id, "")
        quotes += _sentence_quotes(library, question, ranking, candidate, top, title)
    if named:
        last = re.escape(named.split()[-1])
        quotes = [quote for quote in quotes if re.search(rf"\b{last}\b", quote.text, re.IGNORECASE)]
    quotes.sort(key=lambda quote: (-quote.score, quote.passage.id, quote.span))
    kept = [q for at, q in enumerate(quotes) if at < _MIN_QUOTES or q.score >= quotes[0].score - _MARGIN]
    return kept[:_MAX_QUOTES]


def _sentence_quotes(
    library: Library, question: Question, ranking: Ranking, candidate: Candidate, top: float, title: str
) -> list[Quote]:
    passage = candidate.passage
    quotes = []
    before = set(library.terms(title))
    for at, span in enumerate(passage.sentences):
        words = span.shifted(-passage.start).of(passage.text)
        terms = set(library.terms(words))
        score = (
            0.7 * (candidate.sentence_scores[at] if candidate.sentence_scores else 0.0)
            + 0.4 * term_share(terms, ranking.weights)
            # "It took 32 minutes": what "it" is stands in the sentence before, or in the title.
            + 0.2 * term_share(terms | before, ranking.weights)
            + 0.3 * candidate.score / max(top, 1e-9)
            + 0.1 * _has_expected(question.query, words)
        )
        quotes.append(Quote(passage, span, score))
        before = terms
    return quotes


def term_share(terms: Iterable[str], weights: dict[str, float]) -> float:
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
    best = ranking.candidates[:_JUDGED]
    titles = _titles(library, best)
    texts = [f"{titles.get(c.passage.article_id, '')} {c.passage.text}" for c in best]
    features = {
        "sentence": max((max(c.sentence_scores, default=0.0) for c in best), default=0.0),
        "lexical": max((c.lexical for c in best), default=0.0) / max(sum(ranking.weights.values()), 1.0),
        "terms": max((term_share(library.terms(c.passage.text), ranking.weights) for c in best), default=0.0),
        "names": _best_share(library.terms(" ".join(question.names)), [library.terms(t) for t in texts]),
        "years": _best_share(_YEAR.findall(question.query), [_YEAR.findall(t) for t in texts]),
    }
    if _names_unknown(library, question, texts):
        return Support(0.0, features)
    logit = _BIAS + sum(_WEIGHTS[name] * value for name, value in features.items())
    return Support(1 / (1 + math.exp(-logit)), features)


def _names_unknown(library: Library, question: Question, texts: Sequence[str]) -> bool:
    """True where the question names somebody, a place or a year that no passage holds, not even misspelt.

    The first word of a question has a capital in any case, and short ones have other forms ("US", "U.S.").
    """
    first = question.query.split()[0]
    names = [word for name in question.names for word in name.split() if word != first]
    unknown = [t for word in names for t in library.terms(word) if len(t) > 3 and not library.occurs_nearly(t)]
    years = [year for year in _YEAR.findall(question.query) if not any(year in text for text in texts)]
    return bool(unknown) or any(not library.passage_frequency(year) for year in years)


def _titles(library: Library, candidates: Sequence[Candidate]) -> dict[int, str]:
    """What passages are read with, by article: its title and year."""
    articles = library.articles_by_id({candidate.passage.article_id for candidate in candidates})
    return {a.id: f"{a.title} {a.published.year}" if a.published else a.title for a in articles.values()}


def _best_share(wanted: Sequence[str], texts: Sequence[Sequence[str]]) -> float:
    """The largest share of the wanted terms that one text holds; 1 where none is wanted."""
    terms = set(wanted)
    if not terms:
        return 1.0
    return max((len(terms.intersection(text)) / len(terms) for text in texts), default=0.0)
