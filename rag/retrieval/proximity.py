"""How much of a query's wording a passage repeats.

Compares ordered pairs of terms, as in the sequential dependence model (Metzler & Croft 2005,
doi:10.1145/1076034.1076115), and runs of three words, including stop words.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from index import Library
from index.text import shingles

from ..question import SearchQuery


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of a query: pairs of neighbouring terms with their weights, and runs of words."""

    pairs: dict[tuple[str, str], float]
    runs: frozenset[str]


def phrases_of(library: Library, query: SearchQuery, weights: Mapping[str, float]) -> Phrases:
    """Return the phrases of a query, given the weights of its terms."""
    pairs = itertools.pairwise(library.passages.terms(query.terms_text))
    return Phrases({(first, second): weights[first] + weights[second] for first, second in pairs}, shingles(query.text))


def phrase_coverage(library: Library, phrases: Phrases, text: str) -> tuple[float, float]:
    """Return the weighted share of a query's pairs and the share of its runs that a text contains: 0 to 1 each."""
    text_pairs = set(itertools.pairwise(library.passages.terms(text)))
    pair_weight = sum(weight for pair, weight in phrases.pairs.items() if pair in text_pairs)
    pair_share = pair_weight / max(sum(phrases.pairs.values()), 1e-9)
    return pair_share, len(phrases.runs & shingles(text)) / len(phrases.runs)
