"""TODO."""

from .late_interaction import term_share, term_weights
from .ranking import POOL, Candidate, Ranking, folded, rank
from .recency import timely

__all__ = [
    "POOL",
    "Candidate",
    "Ranking",
    "folded",
    "rank",
    "term_share",
    "term_weights",
    "timely",
]
