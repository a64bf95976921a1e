"""Which articles are chosen: `Where`, the filter as users give it, and `Selection`, its condition in SQL."""

from .labels import Label, LabelStore
from .selection import EVERYTHING, Selection, labelled, like_pattern, one_of, outlet_like, published_in, quoting
from .where import MAX_IDS, MAX_NAMES, MAX_WORDS, Where

__all__ = [
    "EVERYTHING",
    "MAX_IDS",
    "MAX_NAMES",
    "MAX_WORDS",
    "Label",
    "LabelStore",
    "Selection",
    "Where",
    "labelled",
    "like_pattern",
    "one_of",
    "outlet_like",
    "published_in",
    "quoting",
]
