"""Distinguish what happened from what was only planned: "will open on Monday" doesn't say when something opened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index import Span
from index.statements import Parser
from index.text import STATEMENT_VERBS, word_set

from ...grammar import verb_of_what_happened
from ..quote import Quote

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FUTURE = word_set("will 'll shall wo sha")  # "won't" and "shan't" are two tokens each
# Verbs whose infinitive may never happen, unlike that of "manage" or "begin".
_INTENTIONS = word_set("""
    plan intend aim hope expect propose schedule slate want prepare vow promise pledge seek due set go about
""")

_MAY_BE_PLAN = re.compile(r"\b(?:will|won|shall|shan|to)\b|['’]ll\b", re.IGNORECASE)


def without_plans(question: str, quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes that don't tell of a plan, if the question asks what happened; else all."""
    suspects = [quote for quote in quotes if _MAY_BE_PLAN.search(quote.text)]
    event = _event_of(question) if suspects else None
    if event is None:
        return list(quotes)
    docs = Parser.shared().parse(quote.text for quote in suspects)
    plans = [quote for quote, doc in zip(suspects, docs, strict=True) if _tells_of_plan(doc, event, _answer_in(quote))]
    return [quote for quote in quotes if quote not in plans]


def _event_of(question: str) -> str | None:
    """The lemma of the verb of what happened; None if the question doesn't ask for that, or asks for a plan."""
    [doc] = Parser.shared().parse([question])
    verb = verb_of_what_happened(doc) if len(doc) else None
    is_about_plan = any(token.lemma_ in _INTENTIONS for token in doc)
    return str(verb.lemma_) if verb is not None and not is_about_plan else None


def _answer_in(quote: Quote) -> Span | None:
    """The words that may answer, as offsets in the quote."""
    return quote.answer.span.shifted(-quote.span.start) if quote.answer else None


def _tells_of_plan(doc: Doc, event: str, answer: Span | None) -> bool:
    """Return whether a sentence tells of an event as in the future, or does so in the clause with the answer."""
    if events := [token for token in doc if token.lemma_ == event and token.pos_ == "VERB"]:
        return all(map(_is_planned, events))
    words = doc.char_span(answer.start, answer.end, alignment_mode="expand") if answer else None
    token = words.root if words is not None else None
    while token is not None and token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token is not None and _is_planned(_content(token))


def _content(verb: Token) -> Token:
    """The verb of what is said, for a verb of speech: "it said on Monday" gives the day of saying it."""
    if verb.lemma_ not in STATEMENT_VERBS:
        return verb
    if said := next((child for child in verb.children if child.dep_ == "ccomp"), None):
        return said
    return verb.head if verb.dep_ in ("parataxis", "ccomp") else verb


def _is_planned(verb: Token) -> bool:
    """Return whether a verb, or one that it depends on as an infinitive, is in the future tense or an intention."""
    while True:
        if any(child.dep_ in ("aux", "auxpass") and child.lower_ in _FUTURE for child in verb.children):
            return True
        if any(child.dep_ == "acomp" and child.lemma_ in _INTENTIONS for child in verb.children):
            return True
        is_infinitive = any(child.tag_ == "TO" for child in verb.children)
        if is_infinitive and (verb.head.lemma_ in _INTENTIONS or verb.head.tag_ in ("NN", "NNS")):
            return True
        if verb.dep_ not in ("xcomp", "acomp", "ccomp", "conj", "auxpass") or verb.head.i == verb.i:
            return False
        verb = verb.head
