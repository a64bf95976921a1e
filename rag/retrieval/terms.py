"""The terms of a query and their weights."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence

from index import Library
from index.text import LATEST, RELATIVE_PERIOD

_DEGREE_OR_TIME = re.compile(
    r"\bhow (?:long|old|far|fast|big|large|high|tall|often|deep|wide|heavy|soon|quickly|expensive|hot|cold)\b"
    rf"|\b(?:{LATEST}|{RELATIVE_PERIOD})\b",
    re.IGNORECASE,
)
# "Which year …": the answer names a year, but needn't contain the word "year".
_KIND_OF_ANSWER = re.compile(
    r"\b(?:what|which) (?:[\w-]+ ){0,3}?"
    r"(?P<kind>(?:year|decade|state|nation|place|region|area|town|person|leader)s?|(?:centur|countr|cit)(?:y|ies)|m[ae]n"
    r"|wom[ae]n)(?= (?:is|was|are|were|do|does|did|has|have|had|can|could|will|would|should|of)\b)",
    re.IGNORECASE,
)


def mask_answer_type(query: str) -> str:
    """Replace the words of a query that only state the type of answer ("how long", "latest", "year") by spaces."""
    query = _DEGREE_OR_TIME.sub(lambda match: " " * len(match[0]), query)
    if match := _KIND_OF_ANSWER.search(query):
        query = f"{query[: match.start('kind')]}{' ' * len(match['kind'])}{query[match.end('kind') :]}"
    return query


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
