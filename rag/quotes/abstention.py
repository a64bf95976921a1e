"""Decide whether the articles support an answer: one rule for all kinds of questions."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

from index import Library, Selection, Span

from ..question import ArticleQuestion
from ..retrieval import Ranking, selected
from .quote import Quote
from .reading import LEAST_MARGIN

Caution = Literal["cautious", "balanced", "eager"]
THRESHOLDS: dict[Caution, float] = {"cautious": 0.7, "balanced": 0.5, "eager": 0.3}  # minimum confidence of an answer

# The same after reading: minimum probability that the best quote answers.
READ_THRESHOLDS: dict[Caution, float] = {"cautious": 0.15, "balanced": 0.05, "eager": 0.0}
STATEMENT_CONFIDENCE = 0.87  # precision of the statements of a named speaker, see docs/quality.md

_MAX_PASSAGES = 5  # best passages in which support is looked for
_BIAS = -14.7
_WEIGHTS = {"nearness": 19.7, "names": 2.6}
_READ_BIAS = -2.88
_READ_WEIGHTS = {"nearness": 3.17, "margin": 0.266}

_SURE = 0.1  # minimum probability that the best quote answers, for its words to be the short answer
_LEAST_WITHOUT_KIND = 0.2  # the same for an answer in quotes that contain nothing of the kind that is asked for
_JOINED = re.compile(r",|\band\b|&")

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Support:
    """How well the articles support an answer. `confidence` is between 0 and 1.

    `unknown` are the names and years of the question that no article contains, `misspelt` are names of which articles
    contain only a similar spelling.
    """

    confidence: float
    features: dict[str, float]
    unknown: tuple[str, ...] = ()
    misspelt: tuple[str, ...] = ()


def measure_support(library: Library, question: ArticleQuestion, ranking: Ranking) -> Support:
    """Measure how well the best passages support an answer.

    A logistic regression with two features; docs/quality.md describes how the weights were fitted:

    * `nearness`: the highest relevance among the best passages (see `RelevanceScores`);
    * `names`: the largest share of the question's names that one passage contains together with its title.

    A question with a person, place or year that no article mentions has no support, however relevant the passages are.
    """
    best = ranking.candidates[:_MAX_PASSAGES]
    headings = library.catalog.headings({candidate.passage.article_id for candidate in best})
    texts = [library.passages.terms(f"{headings.get(c.passage.article_id, '')} {c.passage.text}") for c in best]
    features = {
        "nearness": max((c.scores.total for c in best), default=0.0),
        "names": _best_share(library.passages.terms(" ".join(question.query.names)), texts),
    }
    terms = set().union(*texts)
    names = question.query.names_after_first_word
    within = selected(library, question)
    unknown = [name for name in names if not _occurs(library, name, terms, within, max_edits=1)]
    # "1970" is known if articles mention "the 1970s".
    years = [year for year in question.query.years if not any(year in term for term in terms)]
    unknown += [year for year in years if not library.passages.occurs(year, within=within)]
    if unknown:
        return Support(0.0, features, unknown=tuple(dict.fromkeys(unknown)))
    misspelt = [name for name in names if not _occurs(library, name, terms, within)]
    logit = _BIAS + sum(_WEIGHTS[name] * value for name, value in features.items())
    return Support(1 / (1 + math.exp(-logit)), features, misspelt=tuple(dict.fromkeys(misspelt)))


def with_reading(support: Support, best: Quote) -> Support:
    """The support after reading: its confidence is the probability that the best quote answers the question.

    A logistic regression, fitted by training/confidence.py:

    * `nearness`: see `measure_support`;
    * `margin`: how much better the best span in the quote is than "the passage doesn't answer".
    """
    features = support.features | {"margin": best.answer.margin if best.answer else LEAST_MARGIN}
    logit = _READ_BIAS + sum(weight * features[name] for name, weight in _READ_WEIGHTS.items())
    return replace(support, confidence=1 / (1 + math.exp(-logit)), features=features)


def lacks_answer(question: ArticleQuestion, quotes: Sequence[Quote], support: Support, caution: Caution) -> bool:
    """Return whether the quotes don't seem to answer by the reader, or don't contain what was asked for.

    "How long was she jailed for?" has no answer in sentences without a time span, unless the reader finds one there.
    """
    expected = question.query.expected if question.query.expects_words else None
    is_missing = expected is not None and not any(expected.find_spans(quote.text) for quote in quotes)
    least = READ_THRESHOLDS[caution]
    return support.confidence < (max(least, _LEAST_WITHOUT_KIND) if is_missing and least else least)


def sure_answer(question: ArticleQuestion, best: Quote, support: Support) -> Span | None:
    """The words of the best quote that answer, if a few words can and the reader is sure enough of them."""
    if best.answer is None or not question.query.expects_words or support.confidence < _SURE:
        return None
    words = best.passage.words(best.answer.span)
    # One of several things isn't the answer.
    return best.answer.span if not question.query.expects_list or _JOINED.search(words) else None


def _occurs(library: Library, name: str, known_terms: Set[str], within: Selection, max_edits: int = 0) -> bool:
    """Return whether articles of a selection contain each word of a name, or one within `max_edits` letters of it.

    Words are compared both stemmed and unstemmed: the stems of "Shirly" and "Shirley" are far apart. Words of up to
    three letters are ignored, since they have other forms ("US", "U.S."). `known_terms` are terms known to occur.
    """
    words = [
        (word.lower(), term) for word in _WORD.findall(name) for term in library.passages.terms(word) if len(word) > 3
    ]
    return all(
        term in known_terms
        or library.passages.occurs(term, max_edits, within)
        or library.passages.occurs(word, max_edits, within)
        or any(known.startswith(word) for known in known_terms)  # "American" for "America"
        for word, term in words
    )


def _best_share(wanted: Sequence[str], texts: Sequence[Sequence[str]]) -> float:
    """The largest share of the wanted terms that one text contains; 1 if there are none."""
    terms = set(wanted)
    if not terms:
        return 1.0
    return max((len(terms.intersection(text)) / len(terms) for text in texts), default=0.0)
