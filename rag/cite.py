"""The checker: no citation leaves that isn't an exact quote."""

from __future__ import annotations

import re

from index import Article, ArticleNotFound, Library, LibraryFailed, Span

from .answer import Answer, Citation
from .asked import emphasis_in


class UncheckedCitation(AssertionError):
    """An answer was about to show what its articles don't hold: a defect of this program, never of its input."""


class ArticleChanged(Exception):
    """An article got another text while a question was answered: the answer has to be made anew."""


def cite(
    article: Article, marker: int, span: Span, words: str, passage_id: int | None = None, query: str = ""
) -> Citation | None:
    """The citation of a span of an article, which holds these words; None where they are none.

    The dates, numbers or names in it that the query asks for are emphasised.

    Raises:
        ArticleChanged: the span holds other words than those that were chosen.
    """
    quote = span.of(article.text)
    if quote != words:
        raise ArticleChanged
    if not quote.strip():
        return None
    emphasis = tuple(found.shifted(span.start) for found in emphasis_in(quote, query))
    return Citation(marker, article.id, quote, span.start, span.end, passage_id, emphasis)


def checked(library: Library, answer: Answer) -> Answer:
    """`answer` itself, if every citation stands at its offsets and in the text, right before its marker.

    Raises:
        UncheckedCitation: one doesn't.
        ArticleChanged: an article got another text meanwhile.
        ArticleNotFound: an article was removed meanwhile.
        LibraryFailed: the text of an article is damaged.
    """
    if damaged := library.damaged({citation.article_id for citation in answer.citations}):
        raise LibraryFailed(
            f"the text of article {damaged[0]} is damaged on the disk, so it can't be quoted; restore a backup, or"
            " remove the article and add it again"
        )
    articles = library.articles_by_id({citation.article_id for citation in answer.citations})
    at = 0
    for number, citation in enumerate(answer.citations, 1):
        if (article := articles.get(citation.article_id)) is None:
            raise ArticleNotFound(citation.article_id)
        if article.text[citation.start : citation.end] != citation.quote:
            raise ArticleChanged
        found = re.compile(rf"{re.escape(citation.quote)}”? \[{number}\]").search(answer.text, at)
        if citation.marker != number or found is None:
            raise UncheckedCitation(f"[{citation.marker}] is not behind its quote: {citation.quote!r}")
        at = found.end()
    if answer.abstained != (not answer.citations):
        raise UncheckedCitation(f"abstained: {answer.abstained}, with {len(answer.citations)} citations")
    return answer
