"""The terms of a query and their weights."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from index import Library


def term_weights(library: Library, terms: Sequence[str]) -> dict[str, float]:
    """Return the inverse document frequency of each term over passages, as in BM25 (Robertson & Zaragoza 2009)."""
    total = library.passages.count()
    # Removed passages count in the frequency of a term until the word index merges its segments.
    frequencies = {term: min(library.passages.frequency(term), total) for term in dict.fromkeys(terms)}
    return {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in frequencies.items()}


def term_coverage(terms: Iterable[str], weights: Mapping[str, float]) -> float:
    """Return the weighted share of a query's terms that occur among the given ones: 0 to 1."""
    total = sum(weights.values())
    return sum(weights[term] for term in set(terms) if term in weights) / total if total else 0.0
