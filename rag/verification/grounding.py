"""Decide whether quotes support a sentence."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index import Library, Statement
from index.chunking import sentence_spans
from index.statements import Parser, find_statements
from index.text import detect_language, unsupported_numbers

from . import reasons
from .contradiction import find_contradiction
from .dates import dates_in, dates_of_quotes, unsupported_date
from .known_names import CitedSpans, KnownNames
from .names import name_runs
from .roles import find_swap
from .similarity import measure_similarity
from .speakers import find_missing_speaker, find_wrong_speaker, is_speech

if TYPE_CHECKING:
    from spacy.tokens import Doc

# A sentence below one of these says something that its quotes don't (see bench/quality/grounding.py).
_MIN_MEANING = 0.5
_MIN_WORDS = 0.6
_MIN_SHORT_WINDOW = 0.46
_MIN_LONG_WINDOW = 0.5

_PARSER_LOCK = threading.Lock()  # a spaCy pipeline isn't thread-safe


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is supported; `reason` says why not."""

    is_supported: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Claim:
    """A sentence and its quotes, parsed.

    Attributes:
        text: the sentence.
        doc: its parse.
        statements: the statements in it.
        cited: the spans that are to support it.
        quotes: their texts.
        quote_docs: the parses of the sentences in them.
        quote_statements: the statements in each of them, as stored in the library.
    """

    text: str
    doc: Doc
    statements: list[Statement]
    cited: CitedSpans
    quotes: list[str]
    quote_docs: list[Doc]
    quote_statements: list[list[Statement]]

    @property
    def quoted_text(self) -> str:
        return " ".join(self.quotes)

    @property
    def speakers(self) -> list[str]:
        """The speakers of the quotes."""
        return [statement.speaker for statements in self.quote_statements for statement in statements]

    @property
    def verified_words(self) -> set[str]:
        """The names and numbers of the sentence, which are compared exactly."""
        names = {token.text for run in name_runs(self.doc) for token in run}
        return names | {token.text for token in self.doc if token.like_num}


class Grounding:
    """Judges sentences by the quotes that they rely on. Safe to use from several threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._checks = (
            _check_instructions,
            _check_names,
            _check_numbers_and_dates,
            _check_speakers,
            self._check_contradiction,
            _check_roles,
            self._check_similarity,
        )

    def prepare(self) -> None:
        """Load the models, so that the first answer doesn't wait for them."""
        Parser.shared().load()
        detect_language("a" * 100)

    def judge(self, sentence: str, cited: CitedSpans) -> Verdict:
        """Decide whether the cited spans, which are whole sentences, support everything that a sentence says."""
        reason = self._find_objection(sentence, cited)
        return Verdict(reason is None, reason or "")

    def _find_objection(self, sentence: str, cited: CitedSpans) -> str | None:
        """Return the reason of the first check that fails."""
        if not cited:
            return reasons.NO_QUOTE
        quotes = [span.of(article.text) for article, span in cited]
        if any(detect_language(text) not in (None, "en") for text in (sentence, *quotes)):
            return reasons.NOT_ENGLISH
        claim = self._parse(sentence, cited, quotes)
        objections = (check(claim) for check in self._checks)
        return next((objection for objection in objections if objection is not None), None)

    def _parse(self, sentence: str, cited: CitedSpans, quotes: list[str]) -> _Claim:
        quote_sentences = [span.of(quote) for quote in quotes for span in sentence_spans(quote)]
        with _PARSER_LOCK:
            parser = Parser.shared()
            doc, *quote_docs = parser.parse([sentence, *quote_sentences])
            statements = find_statements(0, sentence, sentence_spans(sentence), parser)
        return _Claim(sentence, doc, statements, cited, quotes, quote_docs, self._statements(cited))

    def _statements(self, cited: CitedSpans) -> list[list[Statement]]:
        """Return the statements in each of the cited spans."""
        statements = self._library.speech.statements(article_ids={article.id for article, _ in cited})
        return [
            [one for one in statements if one.article_id == a.id and one.start < span.end and span.start < one.end]
            for a, span in cited
        ]

    def _check_contradiction(self, claim: _Claim) -> str | None:
        word = find_contradiction(claim.doc, claim.quote_docs, self._stem)
        return reasons.contradiction(word) if word else None

    def _check_similarity(self, claim: _Claim) -> str | None:
        similarity = measure_similarity(self._library, claim.text, claim.quotes, claim.verified_words)
        if similarity.short_window < _MIN_SHORT_WINDOW or similarity.long_window < _MIN_LONG_WINDOW:
            return reasons.ADDED_CLAIM
        if similarity.meaning < _MIN_MEANING or similarity.words < _MIN_WORDS:
            return reasons.DIFFERENT_MEANING
        return None

    def _stem(self, word: str) -> str:
        return next(iter(self._library.passages.terms(word)), word)


def _check_instructions(claim: _Claim) -> str | None:
    return reasons.INSTRUCTION if any(map(_is_instruction, claim.quote_docs)) else None


def _is_instruction(doc: Doc) -> bool:
    """Return whether a sentence is in the imperative ("Tell the reader that …"), so that it asserts nothing."""
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    if root is None or root.tag_ != "VB" or any(mark in doc.text for mark in '"“”'):
        return False
    return not any(child.dep_ in ("nsubj", "nsubjpass", "aux", "expl") for child in root.children)


def _check_names(claim: _Claim) -> str | None:
    name = KnownNames.of(claim.cited, claim.speakers, claim.quote_docs).find_unknown(claim.doc)
    return reasons.unknown_name(name) if name else None


def _check_numbers_and_dates(claim: _Claim) -> str | None:
    published = [article.published for article, _ in claim.cited]
    dates = dates_of_quotes(zip(claim.quotes, published, strict=True))
    numbers_of_dates = dates.numbers & dates_in(claim.text).numbers
    if numbers := unsupported_numbers(claim.text, claim.quoted_text) - numbers_of_dates:
        return reasons.unknown_number(min(numbers))
    date = unsupported_date(claim.text, dates)
    return reasons.unknown_date(date) if date else None


def _check_speakers(claim: _Claim) -> str | None:
    speakers = claim.speakers
    if speaker := find_wrong_speaker(claim.statements, speakers, claim.quoted_text, claim.verified_words):
        return reasons.wrong_speaker(speaker)
    is_reported_speech = all(claim.quote_statements) and not any(map(is_speech, claim.statements))
    if is_reported_speech and (speaker := find_missing_speaker(claim.doc, speakers)):
        return reasons.missing_attribution(speaker)
    return None


def _check_roles(claim: _Claim) -> str | None:
    return find_swap(claim.doc, claim.quote_docs)
