"""A question with its answer as it is exported: quotes that were compared with their articles, and the text between."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from index import Article, Library, Span, Statement

from ..answer import Answer, Citation
from ..quotes import quoted
from ..verification import cite
from . import wording
from .reference import Reference, clean, one_line, reference_of

_MARKER = re.compile(r"\[(\d{1,6})\]")
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class ExportedQuote:
    """An exact quote with all that a reader needs to find it again.

    Attributes:
        words: the quoted words, as in the article.
        speech: who says them, and whether they are direct or reported speech; empty if the quote is no statement.
        link: the article's web address at the quote.
        is_removed: whether the article isn't in the library any more.
    """

    marker: int
    words: str
    start: int
    end: int
    reference: Reference
    speech: str = ""
    link: str | None = None
    is_removed: bool = False

    @property
    def text(self) -> str:
        """The words to show. A statement has only the quotation marks of its article, as reported speech has none."""
        return clean(self.words if self.speech else quoted(self.words))

    @property
    def origin(self) -> str:
        """Who says it, in which article of which outlet, by whom and on which day; without the address."""
        parts = (self.speech, self.reference.line, wording.REMOVED if self.is_removed else "")
        return ". ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer.

    Attributes:
        question: on one line.
        short_answer: the words that answer, if there are any.
        blocks: paragraphs of text, and quotes, in the order in which they are shown.
        notes: what the reader has to know about them.
    """

    question: str
    short_answer: str = ""
    blocks: tuple[str | ExportedQuote, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def quotes(self) -> list[ExportedQuote]:
        """The quotes among the blocks."""
        return [block for block in self.blocks if isinstance(block, ExportedQuote)]


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says that an answer was: nothing of it is believed before it is compared with the library."""

    question: str
    text: str = ""
    mode: str = "quotes"
    abstained: bool = False
    short_answer: str = ""
    citations: Sequence[Citation] = field(default_factory=list)


def references_of(exchanges: Iterable[Exchange]) -> list[Reference]:
    """The articles that are quoted, each once."""
    found = {quote.reference.article_id: quote.reference for exchange in exchanges for quote in exchange.quotes}
    return list(found.values())


def export_answer(
    library: Library,
    answer: Answer,
    articles: Mapping[int, Article] | None = None,
    removed: Collection[int] = (),
) -> Exchange:
    """An answer that this program gave, as it is exported.

    Args:
        library: the library.
        answer: the answer.
        articles: the articles of its citations, if they are known; otherwise they are looked up.
        removed: ids of those that aren't in the library any more.
    """
    ids = {citation.article_id for citation in answer.citations}
    known = library.catalog.by_id(ids) if articles is None else articles
    quotes = _quotes(library, answer.citations, known, removed)
    notes = [wording.WRITTEN] if answer.mode == "written" else []
    blocks = _blocks(answer, quotes)
    return Exchange(one_line(answer.question), one_line(answer.short_answer or ""), tuple(blocks), tuple(notes))


def export_claim(library: Library, claim: Claim) -> Exchange:
    """An answer that comes from outside, as far as the library confirms it.

    Each quote is compared with its article; those that differ are left out, with a note. Of an answer made of quotes
    nothing else is believed: speakers and sources are the library's. Other text is marked as not checked.
    """
    articles = library.catalog.by_id({citation.article_id for citation in claim.citations})
    confirmed, notes = [], []
    for citation in claim.citations:
        article = articles.get(citation.article_id)
        if article is not None and _is_exact(article, citation):
            confirmed.append(citation)
        else:
            notes.append(wording.left_out(citation.marker, citation.article_id))
    quotes = _quotes(library, confirmed, articles)
    blocks: list[str | ExportedQuote] = []
    if claim.abstained and not claim.citations:
        blocks = [wording.NO_ANSWER]
    elif claim.text.strip() and (claim.mode == "written" or not claim.citations):
        blocks = _paragraphs(claim.text)
        notes.insert(0, wording.NOT_CHECKED)
    short = one_line(claim.short_answer)
    is_short_confirmed = bool(confirmed) and claim.short_answer in confirmed[0].quote
    return Exchange(
        one_line(claim.question),
        short if is_short_confirmed else "",
        (*blocks, *(quote for citation in confirmed if (quote := quotes.get(citation.marker)))),
        tuple(notes),
    )


def _is_exact(article: Article, citation: Citation) -> bool:
    is_inside = 0 <= citation.start < citation.end <= len(article.text)
    return is_inside and article.text[citation.start : citation.end] == citation.quote


def _quotes(
    library: Library,
    citations: Sequence[Citation],
    articles: Mapping[int, Article],
    removed: Collection[int] = (),
) -> dict[int, ExportedQuote]:
    """The exported quotes by marker."""
    found: dict[int, ExportedQuote] = {}
    ids = {citation.article_id for citation in citations}
    statements: dict[int, list[Statement]] = {}
    for statement in library.speech.statements(article_ids=ids) if ids else []:
        statements.setdefault(statement.article_id, []).append(statement)
    for citation in citations:
        if (article := articles.get(citation.article_id)) is None:
            continue
        if citation.marker in found:
            continue
        span = Span(citation.start, citation.end)
        is_removed = article.id in removed
        is_whole = not is_removed and _is_exact(article, citation)
        checked = cite(article, citation.marker, span, citation.quote) if is_whole else None
        found[citation.marker] = ExportedQuote(
            citation.marker,
            citation.quote,
            span.start,
            span.end,
            reference_of(article),
            _speech(statements.get(article.id, ()), span),
            (checked or citation).link,
            is_removed,
        )
    return found


def _speech(statements: Sequence[Statement], span: Span) -> str:
    """Who says a quote: of a statement in it, or around it, if all of them are by one speaker."""
    inside = [one for one in statements if one.start < span.end and span.start < one.end]
    if not inside or len({one.speaker for one in inside}) > 1:
        return ""
    first = inside[0]
    is_direct = all(one.is_direct for one in inside)
    return one_line(wording.speech(first.speaker, first.role, is_direct, first.via))


def _blocks(answer: Answer, quotes: Mapping[int, ExportedQuote]) -> list[str | ExportedQuote]:
    """The text of an answer with its quotes: in their places, or after a written text."""
    if answer.mode == "written" or not quotes:
        return [*_paragraphs(answer.text), *quotes.values()]
    blocks: list[str | ExportedQuote] = []
    left = dict(quotes)
    text = _without_quotes(answer)
    for paragraph in _BLANK_LINES.split(text):
        markers = [int(number) for number in _MARKER.findall(paragraph)]
        shown = [left.pop(marker) for marker in markers if marker in left]
        blocks += shown or ([clean(paragraph.strip())] if paragraph.strip() else [])
    return [*blocks, *left.values()]


def _without_quotes(answer: Answer) -> str:
    """The text of an answer with only the markers of its quotes, since "[1]" in a quote is the article's."""
    position, parts = 0, []
    for citation in answer.citations:
        if (start := answer.text.find(citation.quote, position)) >= 0:
            parts.append(answer.text[position:start])
            position = start + len(citation.quote)
    return "".join([*parts, answer.text[position:]])


def _paragraphs(text: str) -> list[str | ExportedQuote]:
    return [clean(paragraph.strip()) for paragraph in _BLANK_LINES.split(text) if paragraph.strip()]
