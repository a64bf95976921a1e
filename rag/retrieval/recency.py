"""Dates and outlets in questions about facts: which passages they prefer, and which they leave out."""

from __future__ import annotations

import re
from dataclasses import replace

from index import Article, Library

from ..question import Question
from .ranking import Candidate, Ranking

_PREFERRED = 0.2  # added to the score of passages of the days, or of the newest article, that a question names
_RELATIVE = re.compile(r"\b(?:yesterday|(?:this|last) (?:week|month))\b", re.IGNORECASE)
_LATEST = re.compile(r"\b(?:latest|newest|most recent(?:ly)?)\b", re.IGNORECASE)


def timely(library: Library, question: Question, ranking: Ranking) -> Ranking:
    """The ranking as the dates in a question want it.

    "Yesterday" and "last week", counted from the asker's day, and the name of an outlet leave all other articles out.
    A day, month or year prefers the articles of that time: it may as well be the time that is told of; so does
    "today", which may mean "nowadays". "Latest" prefers what is newer. An article without a date is never new.
    """
    period, publisher = question.limits.period, question.limits.publisher
    is_latest = bool(_LATEST.search(question.query))
    if question.limits.is_open and not is_latest:
        return ranking
    articles = library.articles_by_id({candidate.passage.article_id for candidate in ranking.candidates})
    is_strict = bool(_RELATIVE.search(question.query))
    days = sorted({article.published for article in articles.values() if article.published})

    def preferred(candidate: Candidate, article: Article) -> Candidate:
        bonus = 0.0
        if not period.is_open and period.holds(article.published):
            bonus += _PREFERRED
        if is_latest and article.published:
            bonus += _PREFERRED * days.index(article.published) / max(len(days) - 1, 1)
        return replace(candidate, score=candidate.score + bonus)

    kept = [
        preferred(candidate, article)
        for candidate in ranking.candidates
        if (article := articles.get(candidate.passage.article_id))
        and (publisher is None or publisher == article.publisher)
        and (not is_strict or period.holds(article.published))
    ]
    return replace(ranking, candidates=sorted(kept, key=lambda candidate: (-candidate.score, candidate.passage.id)))
