"""Whether the articles support an answer at all: one rule for all kinds of questions."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from index import Library

from .question import Question
from .retrieve import Ranking

Caution = Literal["cautious", "balanced", "eager"]
THRESHOLDS: dict[Caution, float] = {"cautious": 0.7, "balanced": 0.5, "eager": 0.3}  # confidence that an answer needs

_JUDGED = 5  # passages that are asked for support
_BIAS = -14.7
_WEIGHTS = {"nearness": 19.7, "names": 2.6}

_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")


def checked_caution(word: str) -> Caution:
    """The caution that a word names.

    Raises:
        ValueError: it names none.
    """
    for caution in get_args(Caution):
        if word == caution:
            return caution  # type: ignore[no-any-return]
    raise ValueError(f"the caution is {word!r}; it must be one of {', '.join(get_args(Caution))}")


@dataclass(frozen=True, slots=True)
class Support:
    """How well the articles support an answer. `confidence` is between 0 and 1."""

    confidence: float
    features: dict[str, float]


def support(library: Library, question: Question, ranking: Ranking) -> Support:
    """How well the best passages support an answer at all.

    A logistic combination of two features; how their weights were fitted is in docs/quality.md:

    * `nearness`: how near the nearest of the best passages is (meaning, best sentence, words met; see `retrieve`);
    * `names`: the share of the question's names that one passage and its title hold.

    A question that names somebody or a year that occurs nowhere has no support, whatever else is near to it.
    """
    best = ranking.candidates[:_JUDGED]
    headings = library.headings({candidate.passage.article_id for candidate in best})
    texts = [f"{headings.get(c.passage.article_id, '')} {c.passage.text}" for c in best]
    features = {
        "nearness": max((c.near.total for c in best), default=0.0),
        "names": _best_share(library.terms(" ".join(question.names)), [library.terms(t) for t in texts]),
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
    words = [part for name in question.names for word in name.split() if word != first for part in _WORD.findall(word)]
    unknown = [
        word for word in words for term in library.terms(word) if len(term) > 3 and not _occurs(library, word, term)
    ]
    years = [year for year in _YEAR.findall(question.query) if not any(year in text for text in texts)]
    return bool(unknown) or any(not library.passage_frequency(year) for year in years)


def _occurs(library: Library, word: str, term: str) -> bool:
    """True where a passage holds a term or nearly; or the word, as stems of "Shirly" and "Shirley" are far apart."""
    return library.occurs_nearly(term) or library.occurs_nearly(word.lower())


def _best_share(wanted: Sequence[str], texts: Sequence[Sequence[str]]) -> float:
    """The largest share of the wanted terms that one text holds; 1 where none is wanted."""
    terms = set(wanted)
    if not terms:
        return 1.0
    return max((len(terms.intersection(text)) / len(terms) for text in texts), default=0.0)
