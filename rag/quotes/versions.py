"""Answers that change over articles: the newest comes first, and one article stands for its near-duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index import Library
from index.text import Report, contain_versions, numbers_in

from ..question import SearchQuery
from ..retrieval import Ranking
from .quote import Quote

_MAX_VERSION_MARGIN = 0.06  # by which the score of a newer version of the best quote may be lower
_MAX_RIVALS = 5  # best quotes that are compared
_MAX_RIVAL_MARGIN = 0.1  # the same for a quote with another answer, if the reader finds that both answer


def newest_first(library: Library, quotes: Sequence[Quote], query: SearchQuery) -> list[Quote]:
    """Put the newest of the quotes first that give different answers to the question; the others are earlier answers.

    Those are quotes of articles of different days, of nearly the same score, in which the reader finds other numbers
    than in the best quote ("17 dead", "31 dead"), or for a question in the present tense other words.
    """
    rivals = [quote for quote in quotes[1:_MAX_RIVALS] if _is_rival(quote, quotes[0], query)]
    if not rivals:
        return list(quotes)
    articles = library.catalog.by_id({quote.passage.article_id for quote in (quotes[0], *rivals)})
    days = {article.id: article.published for article in articles.values() if article.published}
    dated = [quote for quote in (quotes[0], *rivals) if quote.passage.article_id in days]
    if quotes[0] not in dated or len(dated) < 2:
        return list(quotes)
    newest = max(dated, key=lambda quote: (days[quote.passage.article_id], quote.score))
    last = days[newest.passage.article_id]
    earlier = [quote for quote in dated if days[quote.passage.article_id] < last]
    others = [quote for quote in quotes if quote is not newest and quote not in earlier]
    return [newest, *(replace(quote, is_earlier=True) for quote in earlier), *others] if earlier else list(quotes)


def _is_rival(quote: Quote, best: Quote, query: SearchQuery) -> bool:
    """Return whether the reader finds that both quotes answer, with different numbers or words."""
    if quote.passage.article_id == best.passage.article_id or quote.score < best.score - _MAX_RIVAL_MARGIN:
        return False
    if not (quote.answer and best.answer and quote.answer.margin >= 0 and best.answer.margin >= 0):
        return False
    answer, best_answer = quote.passage.words(quote.answer.span), best.passage.words(best.answer.span)
    numbers, best_numbers = numbers_in(answer), numbers_in(best_answer)
    if numbers or best_numbers:
        return bool(numbers and best_numbers) and numbers.isdisjoint(best_numbers)
    return query.is_present and set(answer.casefold().split()).isdisjoint(best_answer.casefold().split())


def one_article_per_cluster(quotes: list[Quote], ranking: Ranking) -> list[Quote]:
    """Keep the quotes of one article of each cluster of near-duplicates: the others add no support.

    That is the article with the best quote, or one that is as good and newer and updates it. Quotes that contradict the
    best quote, and aren't older, are kept too.
    """
    by_article: dict[int, list[Quote]] = {}
    for quote in quotes:
        if quote.passage.article_id in ranking.clusters:
            by_article.setdefault(quote.passage.article_id, []).append(quote)
    chosen: dict[int, list[Quote]] = {}
    for article_id, own in by_article.items():  # those of the article with the best quote come first
        cluster = ranking.clusters[article_id]
        if cluster not in chosen or _is_update(own, chosen[cluster], ranking):
            chosen[cluster] = own
    return [
        quote
        for quote in quotes
        if (group := chosen.get(ranking.clusters.get(quote.passage.article_id, 0))) is None
        or quote.passage.article_id == group[0].passage.article_id
        or quote.is_earlier
        or contradicts(quote, group[0], ranking)
    ]


def _is_update(quotes: list[Quote], others: list[Quote], ranking: Ranking) -> bool:
    """Return whether an article's quotes are newer than another's, as good, and contain other versions of them."""
    day, other_day = (ranking.days.get(group[0].passage.article_id) for group in (quotes, others))
    if not day or not other_day or day <= other_day or quotes[0].score < others[0].score - _MAX_VERSION_MARGIN:
        return False
    first, second = ([report for quote in group for report in _reports(quote, ranking)] for group in (quotes, others))
    return contain_versions(first, second)


def contradicts(quote: Quote, best: Quote, ranking: Ranking) -> bool:
    """Return whether a quote is another version of the best quote, of the same day or of an unknown day."""
    day, best_day = (ranking.days.get(one.passage.article_id) for one in (quote, best))
    is_older = day is not None and best_day is not None and day < best_day
    return not is_older and contain_versions(_reports(quote, ranking), _reports(best, ranking))


def _reports(quote: Quote, ranking: Ranking) -> list[Report]:
    return ranking.reports_of(quote.passage, quote.span)
