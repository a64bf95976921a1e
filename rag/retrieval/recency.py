"""Apply the dates and outlets in a question about a fact: which passages they prefer, and which they exclude."""

from __future__ import annotations

from dataclasses import replace

from index import Article, Library

from ..question import ArticleQuestion
from .ranking import Candidate, Ranking

_BONUS = 0.2  # added to the score of passages from the requested period, and of those from the newest article


def apply_filters(library: Library, question: ArticleQuestion, ranking: Ranking) -> Ranking:
    """Rank again by the dates and the outlet that a question names.

    "Yesterday" and "last week", relative to today, and the name of an outlet exclude all other articles. Other dates
    only prefer articles published then, because a date may be that of the event; so does "today", which may mean
    "nowadays". "Latest" prefers newer articles. Undated articles are never preferred.
    """
    prefers_latest = question.query.prefers_latest
    if question.filters.is_empty and not prefers_latest:
        return ranking
    articles = library.catalog.by_id({candidate.passage.article_id for candidate in ranking.candidates})
    days = sorted({article.published for article in articles.values() if article.published})

    def add_bonus(candidate: Candidate, article: Article) -> Candidate:
        period, bonus = question.filters.period, 0.0
        if not period.is_open and period.includes(article.published):
            bonus += _BONUS
        if prefers_latest and article.published:
            bonus += _BONUS * days.index(article.published) / max(len(days) - 1, 1)
        return replace(candidate, score=candidate.score + bonus)

    kept = [
        add_bonus(candidate, article)
        for candidate in ranking.candidates
        if (article := articles.get(candidate.passage.article_id)) and _is_allowed(article, question)
    ]
    return replace(ranking, candidates=sorted(kept, key=lambda candidate: (-candidate.score, candidate.passage.id)))


def _is_allowed(article: Article, question: ArticleQuestion) -> bool:
    """Return whether the outlet and a relative period in a question, if any, allow an article."""
    filters = question.filters
    if filters.publisher is not None and filters.publisher != article.publisher:
        return False
    return not question.query.is_relative or filters.period.includes(article.published)
