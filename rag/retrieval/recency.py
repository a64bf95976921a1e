"""Apply the dates and outlets in a question: which articles they exclude, and which passages they prefer."""

from __future__ import annotations

from dataclasses import replace

from index import Article, Library, Selection

from ..question import ArticleQuestion
from .ranking import Candidate, Ranking

_BONUS = 0.2  # added to the score of passages from the requested period, and of those from the newest article


def selected(library: Library, question: ArticleQuestion) -> Selection:
    """The articles in which passages for a question are searched.

    The user's filter, the name of an outlet, and "yesterday" or "last week", relative to today, exclude all other
    articles. Other dates don't, because a date may be that of the event, and "today" may mean
    "nowadays".
    """
    return question.filters.select(library, by_period=question.query.is_relative)


def apply_dates(library: Library, question: ArticleQuestion, ranking: Ranking) -> Ranking:
    """Rank again by the dates in a question.

    Articles published in the period that it names are preferred. "Latest" prefers newer articles. Undated articles are
    never preferred.
    """
    prefers_latest = question.query.prefers_latest
    if question.filters.period.is_open and not prefers_latest:
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
        if (article := articles.get(candidate.passage.article_id))
    ]
    return replace(ranking, candidates=sorted(kept, key=lambda candidate: (-candidate.score, candidate.passage.id)))
