"""The checker: no citation leaves that isn't an exact quote."""

from __future__ import annotations

import re

from index import Article, ArticleNotFound, Library, Span

from .answer import Answer, Citation
from .asked import emphasis_in


class UncheckedCitation(AssertionError):
    """An answer was about to show what its articles don't hold: a defect of this program, never of its input."""


def cite(article: Article, marker: int, span: Span, passage_id: int | None = None, query: str = "") -> Citation | None:
    """The citation of a span of an article; None where the span holds no words.

    The dates, numbers or names in it that the query asks for are emphasised.
    """
    quote = span.of(article.text)
    if not quote.strip():
        return None
    emphasis = tuple(found.shifted(span.start) for found in emphasis_in(quote, query))
    return Citation(marker, article.id, quote, span.start, span.end, passage_id, emphasis)


def checked(library: Library, answer: Answer) -> Answer:
    """`answer` itself, if every citation stands at its offsets and in the text, right before its marker.

    Raises:
        UncheckedCitation: one doesn't.
        ArticleNotFound: an article was removed meanwhile.
    """
    articles = library.articles_by_id({citation.article_id for citation in answer.citations})
    at = 0
    for number, citation in enumerate(answer.citations, 1):
        if (article := articles.get(citation.article_id)) is None:
            raise ArticleNotFound(citation.article_id)
        if article.text[citation.start : citation.end] != citation.quote:
            raise UncheckedCitation(f"not in article {citation.article_id}: {citation.quote!r}")
        found = re.compile(rf"{re.escape(citation.quote)}”? \[{number}\]").search(answer.text, at)
        if citation.marker != number or found is None:
            raise UncheckedCitation(f"[{citation.marker}] is not behind its quote: {citation.quote!r}")
        at = found.end()
    if answer.abstained != (not answer.citations):
        raise UncheckedCitation(f"abstained: {answer.abstained}, with {len(answer.citations)} citations")
    return answer
