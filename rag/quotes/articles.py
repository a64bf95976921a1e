"""Answers about articles as wholes: what one is about, and which ones mention something."""

from __future__ import annotations

from index import Library, Passage, Span

from ..retrieval import Ranking, term_share
from .quote import MOST_CHARACTERS, Quote

_SEARCHED = 1_000  # passages
_NEAR = 5  # passages whose articles may be meant


def lead(library: Library, ranking: Ranking) -> list[Quote]:
    """The first sentence of the article that a ranking is nearest to, or the first two where they are short."""
    best = ranking.candidates[:_NEAR]
    articles = library.articles_by_id({candidate.passage.article_id for candidate in best})
    titled = {a.id: term_share(library.terms(a.title), ranking.weights) for a in articles.values()}
    if not titled:
        return []
    # Of equally fitting titles, the one whose passage ranks first.
    chosen = max((c for c in best if c.passage.article_id in titled), key=lambda c: titled[c.passage.article_id])
    first, *_ = library.passages_of(chosen.passage.article_id)
    ends = [span.end for span in first.sentences[:2] if span.end - first.start <= MOST_CHARACTERS]
    return [Quote(first, Span(first.start, max(ends, default=first.sentences[0].end)), chosen.score)]


def mentions(library: Library, subject: str) -> list[Quote]:
    """For each article that mentions something, the first sentence that does; the newest articles first."""
    terms = list(dict.fromkeys(library.terms(subject)))
    found: dict[int, Quote] = {}
    passages = library.passages([passage_id for passage_id, _ in library.search_words(terms, _SEARCHED)])
    for passage in sorted(passages.values(), key=lambda passage: (passage.article_id, passage.start)):
        span = _mention(library, passage, set(terms))
        if span is not None:
            found.setdefault(passage.article_id, Quote(passage, span, 1.0))
    days = {a.id: str(a.published or "") for a in library.articles_by_id(found).values()}
    return sorted(found.values(), key=lambda quote: days.get(quote.passage.article_id, ""), reverse=True)


def _mention(library: Library, passage: Passage, terms: set[str]) -> Span | None:
    """The first sentence of a passage that holds all of the terms."""
    for span in passage.sentences:
        if terms and terms <= set(library.terms(passage.words(span))):
            return span
    return None
