"""The checker: no citation leaves that isn't an exact quote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import Article, ArticleNotFound, Library, LibraryFailed, Span
from index.chunking import sentence_spans

from ..answer import Answer, Citation
from ..question import emphasis_in

_DOUBLE, _SINGLE = '"“”„«»', "'‘’‚`´"
_MARKS = _DOUBLE + _SINGLE
_MOST_SENTENCES = 3  # in a quote that supports a sentence
MOST_CHARACTERS = 800  # … and so many characters


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
    """`answer` itself, if every citation stands at its offsets, and in the text right before its marker.

    In a written answer each citation has its marker behind a sentence instead.

    Raises:
        UncheckedCitation: one doesn't.
        ArticleChanged: an article got another text meanwhile.
        ArticleNotFound: an article was removed meanwhile.
        LibraryFailed: the text of an article is damaged.
    """
    _check_quotes(library, answer.citations)
    if answer.mode == "written":
        _check_markers(answer)
    else:
        _check_places(answer)
    if answer.abstained != (not answer.citations):
        raise UncheckedCitation(f"abstained: {answer.abstained}, with {len(answer.citations)} citations")
    return answer


def _check_quotes(library: Library, citations: Sequence[Citation]) -> None:
    """Compare each quote with its article."""
    ids = {citation.article_id for citation in citations}
    if damaged := library.damaged(ids):
        raise LibraryFailed(
            f"the text of article {damaged[0]} is damaged on the disk, so it can't be quoted; restore a backup, or"
            " remove the article and add it again"
        )
    articles = library.articles_by_id(ids)
    for citation in citations:
        if (article := articles.get(citation.article_id)) is None:
            raise ArticleNotFound(citation.article_id)
        if article.text[citation.start : citation.end] != citation.quote:
            raise ArticleChanged


def _check_places(answer: Answer) -> None:
    """Find each quote in the text, right before its marker."""
    at = 0
    for number, citation in enumerate(answer.citations, 1):
        found = re.compile(rf"{re.escape(citation.quote)}”? \[{number}\]").search(answer.text, at)
        if citation.marker != number or found is None:
            raise UncheckedCitation(f"[{citation.marker}] is not behind its quote: {citation.quote!r}")
        at = found.end()


def _check_markers(answer: Answer) -> None:
    """Find the marker of each citation in the text, and no other."""
    markers = list(dict.fromkeys(int(number) for number in re.findall(r"\[(\d+)\]", answer.text)))
    known = [citation.marker for citation in answer.citations]
    if markers != known or known != list(range(1, len(known) + 1)):
        raise UncheckedCitation(f"the markers are {markers}, the citations {known}")


def find_words(text: str, words: str, near: Span) -> Span | None:
    """Where an article has these words, white space and quotation marks aside; None where it hasn't.

    Of several places the first one within `near` counts, else the first one of all.
    """
    parts = [_either_mark(part) for part in words.strip(_MARKS + " \t\n\r").split()]
    if not parts:
        return None
    pattern = re.compile(r"\s+".join(parts))
    found = pattern.search(text, near.start, near.end) or pattern.search(text)
    return Span(*found.span()) if found else None


def _either_mark(part: str) -> str:
    """A pattern for a word with its quotation marks in any style."""
    return "".join(
        f"[{_DOUBLE}]" if sign in _DOUBLE else f"[{_SINGLE}]" if sign in _SINGLE else re.escape(sign) for sign in part
    )


def whole_sentences(text: str, span: Span) -> Span | None:
    """The sentences in which a span stands: a part of one may say the opposite. None where they are too many."""
    line = Span(text.rfind("\n", 0, span.start) + 1, (text + "\n").find("\n", span.end))
    sentences = [one.shifted(line.start) for one in sentence_spans(line.of(text))]
    touched = [one for one in sentences if one.start < span.end and span.start < one.end]
    if not touched or len(touched) > _MOST_SENTENCES:
        return None
    whole = Span(touched[0].start, touched[-1].end)
    return whole if len(whole) <= MOST_CHARACTERS else None
