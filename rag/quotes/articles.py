"""Answers about whole articles: what one is about, and which ones mention something."""

from __future__ import annotations

from index import Library, Passage, Selection, Span

from ..retrieval import Ranking, term_coverage
from .quote import MAX_QUOTE_CHARACTERS, Quote

_MAX_SEARCHED = 1_000  # passages
_MAX_CANDIDATES = 5  # best passages among whose articles one is chosen


def find_lead(library: Library, ranking: Ranking) -> list[Quote]:
    """The first sentence of the article that fits the query best, or the first two if they are short."""
    best = ranking.candidates[:_MAX_CANDIDATES]
    articles = library.catalog.by_id({candidate.passage.article_id for candidate in best})
    title_coverage = {
        a.id: term_coverage(library.passages.terms(a.title), ranking.term_weights) for a in articles.values()
    }
    if not title_coverage:
        return []
    # Among titles that fit equally well, the best-ranked passage decides.
    candidates = [candidate for candidate in best if candidate.passage.article_id in title_coverage]
    chosen = max(candidates, key=lambda candidate: title_coverage[candidate.passage.article_id])
    first, *_ = library.passages.of_article(chosen.passage.article_id)
    ends = [span.end for span in first.sentences[:2] if span.end - first.start <= MAX_QUOTE_CHARACTERS]
    return [Quote(first, Span(first.start, max(ends, default=first.sentences[0].end)), chosen.score)]


def find_mentions(library: Library, subject: str, within: Selection) -> list[Quote]:
    """The first sentence that mentions a subject in each article of a selection that does, newest article first."""
    terms = list(dict.fromkeys(library.passages.terms(subject)))
    found: dict[int, Quote] = {}
    hits = library.passages.by_words(terms, _MAX_SEARCHED, within)
    passages = library.passages.by_id([passage_id for passage_id, _ in hits])
    for passage in sorted(passages.values(), key=lambda passage: (passage.article_id, passage.start)):
        span = _first_mention(library, passage, set(terms))
        if span is not None:
            found.setdefault(passage.article_id, Quote(passage, span, 1.0))
    days = {a.id: str(a.published or "") for a in library.catalog.by_id(found).values()}
    return sorted(found.values(), key=lambda quote: days.get(quote.passage.article_id, ""), reverse=True)


def _first_mention(library: Library, passage: Passage, terms: set[str]) -> Span | None:
    """The first sentence of a passage that contains all of the terms."""
    for span in passage.sentences:
        if terms and terms <= set(library.passages.terms(passage.words(span))):
            return span
    return None
