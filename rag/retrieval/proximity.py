"""How much of a query's wording stands in a passage: what follows each other there as it does in the query.

Ordered pairs of terms as in the sequential dependence model (Metzler & Croft 2005, doi:10.1145/1076034.1076115), and
runs of three words of any kind.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from index import Library, shingles

from .late_interaction import sought


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of a query: neighbouring terms with their weights, and runs of words."""

    pairs: dict[tuple[str, str], float]
    runs: frozenset[str]


def phrases_of(library: Library, query: str, weights: Mapping[str, float]) -> Phrases:
    """The phrases of a query; `weights` are those of its terms."""
    pairs = itertools.pairwise(library.terms(sought(query)))
    return Phrases({(one, next_): weights[one] + weights[next_] for one, next_ in pairs}, shingles(query))


def held(library: Library, phrases: Phrases, text: str) -> tuple[float, float]:
    """The share of the pairs, by their weights, and of the runs of a query that a text holds: 0 to 1 each."""
    there = set(itertools.pairwise(library.terms(text)))
    of_pairs = sum(weight for pair, weight in phrases.pairs.items() if pair in there)
    return of_pairs / max(sum(phrases.pairs.values()), 1e-9), len(phrases.runs & shingles(text)) / len(phrases.runs)
