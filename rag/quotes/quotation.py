"""Find who said the words of a quotation: "Who said “we will simply go”?"."""

from __future__ import annotations

from index import Library, Statement

from ..question import SpeechQuestion
from ..retrieval import contains_quotation

_MAX_PASSAGES = 100  # candidates from word search


def find_quotation(library: Library, question: SpeechQuestion) -> list[Statement]:
    """Find the statements whose content has the words of a quotation, in this order and without gaps.

    Case, accents, punctuation and white space don't matter; an ellipsis or brackets may stand for any words.
    """
    terms, within = library.passages.terms(question.quotation), question.filters.select(library)
    ids = [passage_id for passage_id, _ in library.passages.by_words(terms, _MAX_PASSAGES, within)]
    articles = {passage.article_id for passage in library.passages.by_id(ids).values()}
    statements = library.speech.statements(article_ids=articles, best_first=True, within=within)
    return [statement for statement in statements if contains_quotation(_content(statement), question.quotation)]


def _content(statement: Statement) -> str:
    """Return what the speaker said, without the words of the reporter around it."""
    spans = (span.shifted(-statement.start) for span in statement.content)
    return " ".join(span.of(statement.text) for span in spans) or statement.text
