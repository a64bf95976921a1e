"""Locate the quotes of a language model in the articles, as whole sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import Article, Library, Span
from index.chunking import sentence_spans

from ..verification import CitedSpans
from .generator import DraftQuote, Source
from .injection import is_in_safe_paragraph, line_at

_DOUBLE_MARKS, _SINGLE_MARKS = '"“”„«»', "'‘’‚`´"
_QUOTATION_MARKS = _DOUBLE_MARKS + _SINGLE_MARKS
_MAX_QUOTES = 3  # for a sentence
_MAX_EXAMINED_QUOTES = 20  # of a sentence; a model that repeats itself may write hundreds
_MAX_QUOTE_SENTENCES = 3
_MAX_QUOTE_CHARACTERS = 800
_MIN_QUOTE_WORDS = 3  # fewer words don't identify a passage


def locate_quotes(library: Library, quotes: Sequence[DraftQuote], sources: Sequence[Source]) -> CitedSpans:
    """Return the sentences that contain the quoted words; quotes that aren't found are dropped."""
    articles = library.catalog.by_id({source.article_id for source in sources})
    located: list[tuple[Article, Span]] = []
    for quote in quotes[:_MAX_EXAMINED_QUOTES]:
        if len(located) == _MAX_QUOTES:
            break
        source = next((source for source in sources if source.number == quote.source), None)
        article = articles.get(source.article_id) if source else None
        if source is None or article is None or len(quote.words.split()) < _MIN_QUOTE_WORDS:
            continue
        words = find_words(article.text, quote.words, source.span)
        span = expand_to_sentences(article.text, words) if words else None
        if span and (article, span) not in located and is_in_safe_paragraph(article.text, span):
            located.append((article, span))
    return located


def choose_sentences(
    library: Library, sentence: str, quotes: Sequence[DraftQuote], sources: Sequence[Source]
) -> CitedSpans:
    """Return the best matching sentence of each source that was cited by its number alone."""
    numbers = {quote.source for quote in quotes if not any(map(str.isalnum, quote.words))}
    terms = set(library.passages.terms(sentence))
    chosen: list[tuple[Article, Span]] = []
    for source in (source for source in sources if source.number in numbers):
        article = library.catalog.by_id([source.article_id]).get(source.article_id)
        if article is not None and (spans := _quotable_sentences(article, source.span)):
            shared = [len(terms & set(library.passages.terms(span.of(article.text)))) for span in spans]
            chosen.append((article, spans[shared.index(max(shared))]))
    return chosen[:_MAX_QUOTES]


def _quotable_sentences(article: Article, span: Span) -> list[Span]:
    sentences = [sentence.shifted(span.start) for sentence in sentence_spans(span.of(article.text))]
    return [
        sentence
        for sentence in sentences
        if len(sentence) <= _MAX_QUOTE_CHARACTERS and is_in_safe_paragraph(article.text, sentence)
    ]


def find_words(text: str, words: str, near: Span) -> Span | None:
    """Find words in a text, ignoring differences in white space and quotation marks.

    The first match within `near` is preferred to matches elsewhere.
    """
    patterns = [_with_any_marks(word) for word in words.strip(_QUOTATION_MARKS + " \t\n\r").split()]
    if not patterns or len(words) > 2 * _MAX_QUOTE_CHARACTERS:
        return None  # too long to be quoted
    pattern = re.compile(r"\s+".join(patterns))
    match = pattern.search(text, near.start, near.end) or pattern.search(text)
    return Span(*match.span()) if match else None


def _with_any_marks(word: str) -> str:
    """Return a pattern for a word with quotation marks in any style."""
    return "".join(
        f"[{_DOUBLE_MARKS}]" if c in _DOUBLE_MARKS else f"[{_SINGLE_MARKS}]" if c in _SINGLE_MARKS else re.escape(c)
        for c in word
    )


def expand_to_sentences(text: str, span: Span) -> Span | None:
    """Expand a span to whole sentences, as a part of one may say the opposite. None if they are too long to quote."""
    line = line_at(text, span)
    sentences = [sentence.shifted(line.start) for sentence in sentence_spans(line.of(text))]
    touched = [sentence for sentence in sentences if sentence.start < span.end and span.start < sentence.end]
    if not touched or len(touched) > _MAX_QUOTE_SENTENCES:
        return None
    whole = Span(touched[0].start, touched[-1].end)
    return whole if len(whole) <= _MAX_QUOTE_CHARACTERS else None
