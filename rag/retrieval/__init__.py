"""Retrieve passages for a question: dense and lexical search, fused into one ranking without near-duplicates."""

from .ranking import Candidate, Ranking
from .recency import selected
from .retriever import rank_for_query, rank_for_question
from .terms import term_coverage, term_weights

__all__ = [
    "Candidate",
    "Ranking",
    "rank_for_query",
    "rank_for_question",
    "selected",
    "term_coverage",
    "term_weights",
]
