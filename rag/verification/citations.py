"""Create citations, and verify before an answer is shown that every quote is exact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from index import Article, ArticleNotFound, Library, LibraryFailed, Span

from ..answer import Answer, Citation
from ..errors import ArticleChanged, UncheckedCitation
from ..question import ExpectedAnswer
from .text_fragment import text_directive

_CONTEXT = 32  # characters before and after a quote that its citation knows
_WHITE_SPACE_OR_CONTROL = re.compile(r"[\s\x00-\x1f\x7f]")


def cite(
    article: Article,
    marker: int,
    span: Span,
    words: str,
    passage_id: int | None = None,
    emphasis: Sequence[Span] = (),
) -> Citation | None:
    """Create the citation of a span of an article; None if the span is blank.

    Raises:
        ArticleChanged: the text of the span is no longer `words`.
    """
    quote = span.of(article.text)
    if quote != words:
        raise ArticleChanged(article.id)
    if not quote.strip():
        return None
    return Citation(
        marker,
        article.id,
        quote,
        span.start,
        span.end,
        passage_id,
        tuple(emphasis),
        url=web_address(article.url),
        prefix=article.text[max(0, span.start - _CONTEXT) : span.start],
        suffix=article.text[span.end : span.end + _CONTEXT],
        directive=text_directive(article.text, span),
    )


def web_address(url: str | None) -> str | None:
    """An address that may become a link; None if it is anything but an http or https address."""
    try:
        parts = urlsplit(url or "")
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return url if is_web and url and not _WHITE_SPACE_OR_CONTROL.search(url) else None


def expected_words(expected: ExpectedAnswer | None, quote: str, start: int) -> tuple[Span, ...]:
    """The dates, numbers or names in a quote that look like the expected answer. The quote starts at `start`."""
    return tuple(span.shifted(start) for span in expected.find_emphasis(quote)) if expected else ()


def check_citations(library: Library, answer: Answer) -> Answer:
    """Return the answer if every citation is exact and has its marker in the text.

    In an answer made of quotes, each marker follows its quote. In a written answer, markers follow sentences.

    Raises:
        UncheckedCitation: a quote or marker is missing or out of order.
        ArticleChanged: the text of an article has changed.
        ArticleNotFound: an article was removed.
        LibraryFailed: the text of an article is damaged.
    """
    _check_quotes(library, answer.citations)
    if answer.mode == "written":
        _check_markers(answer)
    else:
        _check_positions(answer)
    if answer.short_answer is not None and answer.short_answer not in answer.citations[0].quote:
        raise UncheckedCitation(f"The short answer isn't in the first quote: {answer.short_answer!r}")
    if answer.abstained != (not answer.citations):
        raise UncheckedCitation(f"abstained is {answer.abstained}, but there are {len(answer.citations)} citations.")
    return answer


def _check_quotes(library: Library, citations: Sequence[Citation]) -> None:
    """Compare each quote with its article."""
    ids = {citation.article_id for citation in citations}
    if damaged := library.catalog.damaged(ids):
        raise LibraryFailed(
            f"The stored text of article {damaged[0]} is damaged, so it can't be quoted. Restore a backup, or remove"
            " the article and add it again."
        )
    articles = library.catalog.by_id(ids)
    for citation in citations:
        if (article := articles.get(citation.article_id)) is None:
            raise ArticleNotFound(citation.article_id)
        if article.text[citation.start : citation.end] != citation.quote:
            raise ArticleChanged(article.id)


def _check_positions(answer: Answer) -> None:
    """Find each quote in the text, directly before its marker."""
    offset = 0
    for number, citation in enumerate(answer.citations, 1):
        match = re.compile(rf"{re.escape(citation.quote)}”? \[{number}\]").search(answer.text, offset)
        if citation.marker != number or match is None:
            raise UncheckedCitation(f"Marker [{citation.marker}] doesn't follow its quote: {citation.quote!r}")
        offset = match.end()


def _check_markers(answer: Answer) -> None:
    """Find the marker of each citation in the text, and no others."""
    markers = list(dict.fromkeys(int(number) for number in re.findall(r"\[(\d+)\]", answer.text)))
    cited = [citation.marker for citation in answer.citations]
    if markers != cited or cited != list(range(1, len(cited) + 1)):
        raise UncheckedCitation(f"The text has the markers {markers}, but the citations are {cited}.")
