"""Find who said the words of a quotation: "Who said “we will simply go”?"."""

from __future__ import annotations

import re
import unicodedata

from index import Library, Statement

from ..question import SpeechQuestion

_MAX_PASSAGES = 100  # candidates from word search
_ELLIPSIS = re.compile(r"…|\.{3,}|\[[^\[\]]*\]")
_WORD = re.compile(r"\w+")


def find_quotation(library: Library, question: SpeechQuestion) -> list[Statement]:
    """Find the statements whose content has the words of a quotation, in this order and without gaps.

    Case, accents, punctuation and white space don't matter; an ellipsis or brackets may stand for any words.
    """
    terms, within = library.passages.terms(question.quotation), question.filters.select(library)
    ids = [passage_id for passage_id, _ in library.passages.by_words(terms, _MAX_PASSAGES, within)]
    articles = {passage.article_id for passage in library.passages.by_id(ids).values()}
    statements = library.speech.statements(article_ids=articles, best_first=True, within=within)
    return [statement for statement in statements if contains_quotation(_content(statement), question.quotation)]


def contains_quotation(text: str, quotation: str) -> bool:
    """Return whether a text has the words of a quotation; the parts around an ellipsis must follow each other."""
    words = _normalize(text)
    position = 0
    parts = [part for part in map(_normalize, _ELLIPSIS.split(quotation)) if part.strip()]
    for part in parts:
        found = words.find(part, position)
        if found < 0:
            return False
        position = found + len(part) - 1  # the space after the part may be the one before the next
    return bool(parts)


def _normalize(text: str) -> str:
    """Return the words of a text without case, accents and punctuation, each between single spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return f" {' '.join(_WORD.findall(letters.casefold()))} "


def _content(statement: Statement) -> str:
    """Return what the speaker said, without the words of the reporter around it."""
    spans = (span.shifted(-statement.start) for span in statement.content)
    return " ".join(span.of(statement.text) for span in spans) or statement.text
