"""The checker: no citation leaves that isn't an exact quote."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index import ArticleNotFound, Library, Span

from .answer import Answer, Citation

_MARKER = re.compile(r"\[(\d+)\]")


class UncheckedCitation(AssertionError):
    """An answer was about to show what its articles don't hold: a defect of this program, never of its input."""


def cite(library: Library, marker: int, article_id: int, span: Span, passage_id: int | None = None) -> Citation | None:
    """The citation of a span of an article; None where the article is gone by now or the span is empty."""
    try:
        text = library.article(article_id).text
    except ArticleNotFound:
        return None
    quote = span.of(text)
    if not quote.strip():
        return None
    return Citation(marker, article_id, quote, span.start, span.end, passage_id)


def checked(library: Library, answer: Answer) -> Answer:
    """`answer` itself, if every citation stands at its offsets and every marker in its text has a citation.

    Raises:
        UncheckedCitation: one doesn't.
    """
    articles = {a.id: a.text for a in _articles(library, {c.article_id for c in answer.citations})}
    for citation in answer.citations:
        text = articles.get(citation.article_id)
        if text is None or text[citation.start : citation.end] != citation.quote or citation.quote not in answer.text:
            raise UncheckedCitation(
                f"[{citation.marker}] doesn't stand in article {citation.article_id}: {citation.quote!r}"
            )
    markers = [citation.marker for citation in answer.citations]
    if markers != list(range(1, len(markers) + 1)) or (answer.abstained and markers):
        raise UncheckedCitation(f"markers {markers} are not the citations' numbers in order")
    return answer


def _articles(library: Library, article_ids: Iterable[int]):  # type: ignore[no-untyped-def]
    for article_id in article_ids:
        try:
            yield library.article(article_id)
        except ArticleNotFound:
            continue
