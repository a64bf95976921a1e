"""Whether the articles support an answer at all: one rule for all kinds of questions."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence, Set
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
    """How well the articles support an answer. `confidence` is between 0 and 1.

    `unknown` are the names and years of the question that occur nowhere.
    """

    confidence: float
    features: dict[str, float]
    unknown: tuple[str, ...] = ()


def support(library: Library, question: Question, ranking: Ranking) -> Support:
    """How well the best passages support an answer at all.

    A logistic combination of two features; how their weights were fitted is in docs/quality.md:

    * `nearness`: how near the nearest of the best passages is (meaning, best sentence, words met; see `retrieve`);
    * `names`: the share of the question's names that one passage and its title hold.

    A question that names somebody, a place or a year that occurs nowhere has no support, whatever else is near to it.
    """
    best = ranking.candidates[:_JUDGED]
    headings = library.headings({candidate.passage.article_id for candidate in best})
    texts = [library.terms(f"{headings.get(c.passage.article_id, '')} {c.passage.text}") for c in best]
    features = {
        "nearness": max((c.near.total for c in best), default=0.0),
        "names": _best_share(library.terms(" ".join(question.names)), texts),
    }
    if unknown := _unknown(library, question, set().union(*texts)):
        return Support(0.0, features, unknown)
    logit = _BIAS + sum(_WEIGHTS[name] * value for name, value in features.items())
    return Support(1 / (1 + math.exp(-logit)), features)


def _unknown(library: Library, question: Question, held: Set[str]) -> tuple[str, ...]:
    """The names and years of a question that no article holds, not even misspelt; `held` are terms that some do.

    The first word of a question has a capital in any case, and short ones have other forms ("US", "U.S.").
    """
    first = question.query.split()[0]
    unknown = [name for name in question.names if not _is_known(library, set(name.split()) - {first}, held)]
    years = _YEAR.findall(question.query)
    unknown += [year for year in years if year not in held and not library.passage_frequency(year)]
    return tuple(dict.fromkeys(unknown))


def _is_known(library: Library, name: Set[str], held: Set[str]) -> bool:
    """True where articles hold the words of a name, stemmed or as they are: stems of "Shirly" and "Shirley" differ."""
    words = [(word, t) for part in name for word in _WORD.findall(part) for t in library.terms(word) if len(t) > 3]
    return all(t in held or library.occurs_nearly(t) or library.occurs_nearly(word.lower()) for word, t in words)


def _best_share(wanted: Sequence[str], texts: Sequence[Sequence[str]]) -> float:
    """The largest share of the wanted terms that one text holds; 1 where none is wanted."""
    terms = set(wanted)
    if not terms:
        return 1.0
    return max((len(terms.intersection(text)) / len(terms) for text in texts), default=0.0)
