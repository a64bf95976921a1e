"""The main clause of a question: its question word, its verb and the verb's subject."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from index.statements import Parser
from index.text import QUESTION_VERBS, word_set

from .complement import read_complement
from .noun_clause import parse_noun_clause
from .parts import ADVERBS, AUXILIARIES, BASE_FORM_AUXILIARIES, FORMS_OF_BE, QUESTION_WORDS, Clause, base_form, words_of
from .verb import CARRIERS, find_auxiliary, find_verb, helper_at, question_word

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BEFORE_VERB = AUXILIARIES | ADVERBS | CARRIERS | word_set("been being be to as")
_MAX_CACHED = 256  # questions: those of the conversations that are going on


class ClauseParser:
    """Finds the main clauses of questions. Parses a question that recurs, as those of a conversation do, only once."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._cached = lru_cache(maxsize=_MAX_CACHED)(self._parse_clause)

    def parse(self, text: str, is_indirect: bool = False) -> Clause | None:
        """Return the main clause of a question without a lead-in such as "tell me"; None if it has no verb.

        `is_indirect` says that there was such a lead-in, so that the subject of "what Obama said" stands before the
        verb.
        """
        return self._cached(text, is_indirect)

    def _parse_clause(self, text: str, is_indirect: bool) -> Clause | None:
        doc = self._parse(text)
        return (parse_noun_clause(doc) or _parse_verb_clause(doc, is_indirect)) if len(doc) else None

    def _parse(self, text: str) -> Doc:
        """Parse a question. If no verb is found after the subject, the subject's first word is taken for a name."""
        [doc] = self._parser.parse([f"{text}?"])
        if not _lacks_verb(doc):
            return doc
        start = doc[(find_auxiliary(doc) or 0) + 1].idx
        [capitalized] = self._parser.parse([f"{text[:start]}{text[start : start + 1].upper()}{text[start + 1 :]}?"])
        return capitalized if len(capitalized) == len(doc) else doc


def _lacks_verb(doc: Doc) -> bool:
    """Return whether a question has an auxiliary and a subject, but no verb after them that is known."""
    auxiliary = find_auxiliary(doc)
    if auxiliary is None or auxiliary + 1 >= len(doc):
        return False
    helper, subject = helper_at(doc, auxiliary), doc[auxiliary + 1]
    if helper == "has" and subject.tag_ == "VBN":  # "Who has praised …"
        return False
    verb = find_verb(doc)
    is_known = verb is not None and verb.i > subject.i and verb.lower_ in QUESTION_VERBS
    return helper in BASE_FORM_AUXILIARIES | {"has"} and not is_known


def _parse_verb_clause(doc: Doc, is_indirect: bool) -> Clause | None:
    verb, auxiliary, word = find_verb(doc), find_auxiliary(doc), question_word(doc)
    if verb is None or (not word and auxiliary is None and not is_indirect):
        return None  # not a question, or one with its question word at another place
    start = auxiliary + 1 if auxiliary is not None else len(word.split())
    group = _start_of_group(verb, start)
    kind, subject = _kind(doc, auxiliary, group, is_indirect), words_of(doc[start:group])
    if auxiliary is None and (kind or word == "who"):
        subject = ""  # "Which politicians denounced …", "Who among the senators denounced …"
    is_passive = any(child.dep_ == "auxpass" for child in verb.children) or (
        auxiliary is not None and helper_at(doc, auxiliary) in FORMS_OF_BE and verb.tag_ in ("VBN", "VBD")
    )
    complement = read_complement(verb, is_passive)
    return Clause(word.split(" ")[0], base_form(verb), complement, kind, is_passive=is_passive, subject=subject)


def _kind(doc: Doc, auxiliary: int | None, group: int, is_indirect: bool) -> str:
    """Return the noun of "which politicians" or the adjective of "how many"; empty without one."""
    first = doc[0].lower_
    if first == "how" and len(doc) > 1 and doc[1].tag_.startswith(("JJ", "RB")) and not doc[1].lower_.endswith("ly"):
        return str(doc[1].lower_)
    end = group if auxiliary is None else auxiliary
    if first not in ("what", "which", "whose") or end < 2:
        return ""
    noun = doc[end - 1]
    is_subject = is_indirect and auxiliary is None and first == "what"
    return "" if is_subject else str(noun.lower_)


def _start_of_group(verb: Token, start: int) -> int:
    """Return the position, not before `start`, of the first of the auxiliaries and adverbs right before a verb."""
    group = verb.i
    while group > start and _belongs_to_verb(verb.doc[group - 1]):
        group -= 1
    return group


def _belongs_to_verb(token: Token) -> bool:
    return token.lower_ in _BEFORE_VERB or (token.tag_.startswith("RB") and token.lower_ not in QUESTION_WORDS)
