"""Leave out quotes that are about somebody else than the person whom a question names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import Article, Library
from index.text import PRONOUN_GENDERS, fold_name, gender_of_first_name, may_be_same_person

from ...grammar import names_in
from ..quote import Quote

_WORD = re.compile(r"\w+")


def about_persons(library: Library, names: Sequence[str], quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes that may be about the persons among the names: those with a usual first name and a surname.

    A quote is about somebody else if its article contains no word of the name, or if the quote names another person of
    that surname and no words that may stand for the person asked about: the wife's sentence isn't her husband's.
    """
    persons = [name for name in names if len(fold_name(name)) > 1 and gender_of_first_name(name)]
    if not persons:
        return list(quotes)
    articles = library.catalog.by_id({quote.passage.article_id for quote in quotes})
    words = {article.id: _words_of(article) for article in articles.values()}
    return [
        quote
        for quote in quotes
        if all(
            words.get(quote.passage.article_id, set()).intersection(fold_name(name)) and not _names_another(quote, name)
            for name in persons
        )
    ]


def _words_of(article: Article) -> set[str]:
    return set(fold_name(" ".join(_WORD.findall(f"{article.title} {article.text}"))))


def _names_another(quote: Quote, person: str) -> bool:
    """Return whether a quote names somebody else of a person's surname, but not the person."""
    surname = fold_name(person)[-1]
    namesakes = [name for name in names_in(quote.text) if len(parts := fold_name(name)) > 1 and parts[-1] == surname]
    if not namesakes or any(may_be_same_person(person, name) for name in namesakes):
        return False
    pronouns = {PRONOUN_GENDERS[word] for word in map(str.lower, _WORD.findall(quote.text)) if word in PRONOUN_GENDERS}
    return gender_of_first_name(person) not in pronouns
