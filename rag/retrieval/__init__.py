"""Retrieve passages for a question: dense and lexical search, fused into one ranking without near-duplicates."""

from .operators import SearchRequest, parse_search
from .quotation import contains_quotation
from .ranking import Candidate, Ranking
from .recency import selected
from .retriever import rank_for_query, rank_for_question
from .terms import term_coverage, term_weights

__all__ = [
    "Candidate",
    "Ranking",
    "SearchRequest",
    "contains_quotation",
    "parse_search",
    "rank_for_query",
    "rank_for_question",
    "selected",
    "term_coverage",
    "term_weights",
]
