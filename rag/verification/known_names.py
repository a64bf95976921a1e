"""Decide which names a sentence may use: those of its quotes, and those that pronouns in the quotes refer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index import Article, Span
from index.chunking import sentence_spans
from index.text import DEMONSTRATIVES, OBJECT_PRONOUNS, POSSESSIVE_PRONOUNS, SUBJECT_PRONOUNS, word_set

from .names import contains_name, name_keys, name_runs, spells_out

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CitedSpans = Sequence[tuple[Article, Span]]

PRONOUNS = (SUBJECT_PRONOUNS | OBJECT_PRONOUNS | POSSESSIVE_PRONOUNS | DEMONSTRATIVES | {"both"}) - {"that"}
# Nouns that refer to a name in a preceding sentence: "the company".
_REFERRING_NOUNS = word_set("""
    city state country company bank party group agency mayor president minister spokesman spokeswoman man woman team
    firm university council government island ship senator governor candidate author
""")
_PRECEDING_CHARACTERS = 2_000
_PRECEDING_SENTENCES = 3  # in which a pronoun may find its name


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names that a sentence may use.

    Attributes:
        quotes: the text of the quotes.
        keys: the keys (see `name_keys`) of the quotes, their speakers and publishers.
        preceding_keys: the keys of the sentences before the quotes.
        has_anaphoric_subject: whether the subject of a quote refers to something that the quote doesn't name.
        has_pronoun: whether a quote contains a pronoun.
        texts: the whole texts of the articles, which may contain a longer form of a known name.
    """

    quotes: str
    keys: frozenset[str]
    preceding_keys: frozenset[str]
    has_anaphoric_subject: bool
    has_pronoun: bool
    texts: tuple[str, ...]

    @classmethod
    def of(cls, cited: CitedSpans, speakers: Sequence[str], docs: Sequence[Doc]) -> KnownNames:
        """Collect the names of cited spans; `docs` are their parsed sentences."""
        quotes = " ; ".join(span.of(article.text) for article, span in cited)
        known = " ; ".join([quotes, *speakers, *(article.publisher or "" for article, _ in cited)])
        preceding = " ; ".join(_preceding_sentences(article, span) for article, span in cited)
        return cls(
            quotes,
            name_keys(known),
            name_keys(preceding),
            has_anaphoric_subject=any(map(_has_anaphoric_subject, docs)),
            has_pronoun=any(token.lower_ in PRONOUNS for doc in docs for token in doc),
            texts=tuple({article.text for article, _ in cited}),
        )

    def find_unknown(self, sentence: Doc) -> str | None:
        """Return a name of the sentence that it may not use."""
        for run in name_runs(sentence):
            missing = [token.text for token in run if not contains_name(self.keys, token.text)]
            if missing and not self._is_known(sentence[run[0].i : run[-1].i + 1].text, run[-1], missing):
                return missing[0]
        return None

    def _is_known(self, name: str, last: Token, missing: Sequence[str]) -> bool:
        if contains_name(self.keys, last.text) and any(name in text for text in self.texts):
            return True
        if contains_name(self.keys, name.replace(" ", "_")) or spells_out(self.quotes, name):
            return True
        is_subject = last.dep_ in ("nsubj", "nsubjpass")
        may_be_antecedent = self.has_anaphoric_subject or (self.has_pronoun and not is_subject)
        return may_be_antecedent and all(contains_name(self.preceding_keys, word) for word in missing)


def _has_anaphoric_subject(doc: Doc) -> bool:
    """Return whether a sentence refers to something that it doesn't name, its subject not being a name."""
    if any(
        token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ROOT" and token.pos_ == "PROPN" for token in doc
    ):
        return False
    return any(
        token.lower_ in PRONOUNS
        or (token.lower_ in _REFERRING_NOUNS and any(child.lower_ == "the" for child in token.children))
        for token in doc
    )


def _preceding_sentences(article: Article, span: Span) -> str:
    text = article.text[max(0, span.start - _PRECEDING_CHARACTERS) : span.start]
    return " ".join(sentence.of(text) for sentence in sentence_spans(text)[-_PRECEDING_SENTENCES:])
