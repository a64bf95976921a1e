"""Whether the articles support an answer at all: one rule for all kinds of questions."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Literal, get_args

from index import Library

from ..question import Question
from ..retrieval import Ranking

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

    `unknown` are the names and years of the question that occur nowhere, `misspelt` the names that nearly occur.
    """

    confidence: float
    features: dict[str, float]
    unknown: tuple[str, ...] = ()
    misspelt: tuple[str, ...] = ()


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
    held = set().union(*texts)
    names = _without_first_word(question)
    unknown = [name for name in names if not _occurs(library, name, held, letters=1)]
    # Where "the 1970s" are told of, 1970 isn't unknown.
    years = [year for year in _YEAR.findall(question.query) if not any(year in term for term in held)]
    unknown += [year for year in years if not library.occurs(year)]
    if unknown:
        return Support(0.0, features, unknown=tuple(dict.fromkeys(unknown)))
    misspelt = [name for name in names if not _occurs(library, name, held)]
    logit = _BIAS + sum(_WEIGHTS[name] * value for name, value in features.items())
    return Support(1 / (1 + math.exp(-logit)), features, misspelt=tuple(dict.fromkeys(misspelt)))


def _without_first_word(question: Question) -> list[str]:
    """The names in a question, without its first word: that one has a capital in any case."""
    first = question.query.split()[0]
    return [" ".join(word for word in name.split() if word != first) for name in question.names]


def _occurs(library: Library, name: str, held: Set[str], letters: int = 0) -> bool:
    """True where articles hold each word of a name, or one that differs by so many letters.

    Words are compared as stems and as they are: the stems of "Shirly" and "Shirley" are far apart. Short ones have
    other forms ("US", "U.S."). `held` are terms that occur.
    """
    words = [(word.lower(), term) for word in _WORD.findall(name) for term in library.terms(word) if len(word) > 3]
    return all(
        term in held
        or library.occurs(term, letters)
        or library.occurs(word, letters)
        or any(one.startswith(word) for one in held)  # "American" for "America"
        for word, term in words
    )


def _best_share(wanted: Sequence[str], texts: Sequence[Sequence[str]]) -> float:
    """The largest share of the wanted terms that one text holds; 1 where none is wanted."""
    terms = set(wanted)
    if not terms:
        return 1.0
    return max((len(terms.intersection(text)) / len(terms) for text in texts), default=0.0)
