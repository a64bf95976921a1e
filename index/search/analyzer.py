"""Schema, analyzer and queries of the word index."""

from __future__ import annotations

from collections.abc import Sequence

import tantivy

from ..cleaning import search_form
from ..text import QUESTION_WORDS, mark_acronyms

ANALYZER = "words"
_FIELDS = {"text": 1.0, "title": 0.5}  # field → weight


def analyzer() -> tantivy.TextAnalyzer:
    """Turns a text into terms: stemmed, without accents and stop words."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stopword("english"))
        .filter(tantivy.Filter.custom_stopword(sorted(QUESTION_WORDS)))
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def normalize(text: str) -> str:
    """Return a text for the analyzer: composed characters, and acronyms that differ from other words."""
    return mark_acronyms(search_form(text))


def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder().add_unsigned_field("id", stored=False, indexed=True, fast=True)
    for field in _FIELDS:
        builder = builder.add_text_field(field, stored=False, tokenizer_name=ANALYZER, index_option="freq")
    return builder.build()


def any_query(terms: Sequence[str], fields: tantivy.Schema) -> tantivy.Query:
    """Matches passages that contain at least one of the terms in any field."""
    clauses = []
    for field, weight in _FIELDS.items():
        for term in dict.fromkeys(terms):
            query = tantivy.Query.term_query(fields, field, term, "freq")
            clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(query, weight)))
    return tantivy.Query.boolean_query(clauses)


def all_query(terms: Sequence[str], fields: tantivy.Schema) -> tantivy.Query:
    """Matches passages whose text contains all of the terms."""
    queries = [tantivy.Query.term_query(fields, "text", term, "freq") for term in dict.fromkeys(terms)]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])


def fuzzy_query(term: str, max_edits: int, fields: tantivy.Schema) -> tantivy.Query:
    """Matches passages that contain a term within `max_edits` letters of `term` in any field."""
    queries = [tantivy.Query.fuzzy_term_query(fields, field, term, distance=max_edits) for field in _FIELDS]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])
