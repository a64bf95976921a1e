"""The two ways to retrieve passages: for a search query and for a parsed question."""

from __future__ import annotations

from index import EVERYTHING, Library, Selection

from ..question import ArticleQuestion, SearchQuery
from .operators import SearchRequest
from .ranking import POOL_SIZE, Ranking, rank_passages
from .recency import apply_dates, selected


def rank_for_query(library: Library, request: SearchRequest, k: int, within: Selection = EVERYTHING) -> Ranking:
    """Rank passages of a selection for a search that asks for `k` hits, without near-duplicates."""
    within = request.select(library, within)
    return rank_passages(library, SearchQuery.of(request.text), max(k, POOL_SIZE), within).without_duplicates()


def rank_for_question(library: Library, question: ArticleQuestion, pool_size: int = POOL_SIZE) -> Ranking:
    """Rank passages for a question, as its dates and filters require, without near-duplicates."""
    ranking = rank_passages(library, question.query, pool_size, selected(library, question))
    return apply_dates(library, question, ranking).without_duplicates()
