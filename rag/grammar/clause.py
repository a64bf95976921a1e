"""The main clause of a question: its question word, its verb and the verb's subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.statements import Parser
from index.text import QUESTION_VERBS, inflected, word_set

from .complement import read_complement
from .noun_clause import parse_noun_clause
from .parts import (
    ADVERBS,
    AUXILIARIES,
    BASE_FORM_AUXILIARIES,
    FORMS_OF_BE,
    NEGATIONS,
    QUESTION_WORDS,
    Clause,
    base_form,
    words_of,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Forms of verbs that pass on another verb's words, or that add nothing: "was quoted as saying", "had to say".
_CARRIERS = frozenset(
    form
    for verb in word_set("quote report cite hear record use end start keep try refuse fail decline say want")
    for form in inflected(verb)
) | word_set("have has had go goes going went gone come comes came heard kept began")
_INVERTING = word_set("did does do has have")  # auxiliaries after the noun of "which bill"
_BEFORE_VERB = AUXILIARIES | ADVERBS | _CARRIERS | word_set("been being be to as")


def parse_clause(text: str, parser: Parser, is_indirect: bool = False) -> Clause | None:
    """Return the main clause of a question without a lead-in such as "tell me"; None if it has no verb.

    `is_indirect` says that there was such a lead-in, so that the subject of "what Obama said" stands before the verb.
    """
    doc = _parse(text, parser)
    return (parse_noun_clause(doc) or _parse_verb_clause(doc, is_indirect)) if len(doc) else None


def _parse(text: str, parser: Parser) -> Doc:
    """Parse a question. If no verb is found after the subject, the first word of the subject is taken for a name."""
    [doc] = parser.parse([f"{text}?"])
    auxiliary = _find_auxiliary(doc)
    if auxiliary is None or _helper(doc, auxiliary) not in BASE_FORM_AUXILIARIES | {"has"} or auxiliary + 1 >= len(doc):
        return doc
    verb, subject = _find_verb(doc), doc[auxiliary + 1]
    is_participle = subject.tag_ == "VBN" and _helper(doc, auxiliary) == "has"  # "Who has praised …"
    if is_participle or (verb is not None and verb.i > subject.i and verb.lower_ in QUESTION_VERBS):
        return doc
    start = subject.idx
    [capitalized] = parser.parse([f"{text[:start]}{text[start : start + 1].upper()}{text[start + 1 :]}?"])
    return capitalized if len(capitalized) == len(doc) else doc


def _parse_verb_clause(doc: Doc, is_indirect: bool) -> Clause | None:
    verb = _find_verb(doc)
    auxiliary = _find_auxiliary(doc)
    word = _question_word(doc)
    if verb is None or (not word and auxiliary is None and not is_indirect):
        return None  # not a question, or one with its question word at another place
    start = auxiliary + 1 if auxiliary is not None else len(word.split())
    group = verb.i
    while group > start and _belongs_to_verb(doc[group - 1]):
        group -= 1
    kind, subject = _kind(doc, auxiliary, group, is_indirect), words_of(doc[start:group])
    if auxiliary is None and (kind or word == "who"):
        subject = ""  # "Which politicians denounced …", "Who among the senators denounced …"
    is_passive = any(child.dep_ == "auxpass" for child in verb.children) or (
        auxiliary is not None and _helper(doc, auxiliary) in FORMS_OF_BE and verb.tag_ in ("VBN", "VBD")
    )
    complement = read_complement(verb, is_passive)
    return Clause(word.split(" ")[0], base_form(verb), complement, kind, is_passive=is_passive, subject=subject)


def _question_word(doc: Doc) -> str:
    """Return the question word in lower case; "by whom" for that; empty without one."""
    if len(doc) > 1 and doc[0].lower_ == "by" and doc[1].lower_ in ("whom", "who"):
        return "by whom"
    return str(doc[0].lower_) if doc[0].lower_ in QUESTION_WORDS else ""


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


def _find_auxiliary(doc: Doc) -> int | None:
    """Return the position of the auxiliary, or of "not" after it, that stands before the subject: "did Kirby"."""
    position = len(_question_word(doc).split())
    if len(doc) > 2 and doc[0].lower_ == "how" and doc[1].lower_.endswith("ly"):
        position = 2  # "How vehemently did he …"
    if position < len(doc) and doc[position].lower_ in AUXILIARIES:
        is_negated = position + 1 < len(doc) and doc[position + 1].lower_ in NEGATIONS
        return position + is_negated
    if doc[0].lower_ in ("what", "which", "whose"):  # "Which bill did Kirby oppose?"
        return next((token.i for token in doc[2:6] if token.lower_ in _INVERTING), None)
    return None


def _helper(doc: Doc, auxiliary: int) -> str:
    """Return the auxiliary at a position that `_find_auxiliary` returned, in lower case."""
    return str(doc[auxiliary - (doc[auxiliary].lower_ in NEGATIONS)].lower_)


def _find_verb(doc: Doc) -> Token | None:
    """Return the verb of what is asked: the root, or the verb whose words it passes on ("quoted as saying")."""
    auxiliary = _find_auxiliary(doc)
    verb = next((token for token in doc if token.dep_ == "ROOT" and token.tag_.startswith(("VB", "MD"))), None)
    if auxiliary is not None and _helper(doc, auxiliary) in BASE_FORM_AUXILIARIES:
        if verb is None or verb.i <= auxiliary + 1 or QUESTION_VERBS.get(verb.lower_, verb.lower_) != verb.lower_:
            after = doc[auxiliary + 2 :]
            bases = (one for one in after if _may_be_base_form(one))
            verb = next(bases, None)
    elif verb is not None and verb.lower_ in AUXILIARIES:  # "What is Orbán insisting on?"
        forms = [token for token in doc[verb.i + 1 :] if token.tag_ in ("VBG", "VBN", "VBD")]
        carriers = (one for one in forms if one.lower_ in _CARRIERS and _carried(one))
        # "How was the plan described?": the parser takes it for "the described plan".
        clauses = ("ccomp", "acl") if _question_word(doc) in ("how", "by whom") else ("ccomp",)
        verb = next(carriers, next((f for f in forms if f.dep_ in clauses and f.lower_ in QUESTION_VERBS), verb))
    if verb is None:
        begin = 1 if auxiliary is None else auxiliary + 1
        forms = [one for one in doc[begin:] if one.tag_.startswith("VB") and one.lower_ in QUESTION_VERBS]
        verb = forms[0] if forms else None
    while verb is not None and verb.lower_ in _CARRIERS and (deeper := _carried(verb)) is not None:
        verb = deeper
    return verb


def _may_be_base_form(token: Token) -> bool:
    """Return whether a token may be the verb after "did Kirby": the root, or a verb of speech that isn't a noun."""
    is_noun = token.nbor(-1).tag_ in ("DT", "PRP$", "POS", "JJ")
    return token.dep_ == "ROOT" or (QUESTION_VERBS.get(token.lower_) == token.lower_ and not is_noun)


def _carried(verb: Token) -> Token | None:
    """Return the verb whose words a verb passes on, if any."""
    for child in verb.rights:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and child.lower_ in QUESTION_VERBS:
            return child
        if child.dep_ == "prep" and child.lower_ == "as":
            return next((one for one in child.rights if one.dep_ == "pcomp" and one.lower_ in QUESTION_VERBS), None)
    return None


def _belongs_to_verb(token: Token) -> bool:
    return token.lower_ in _BEFORE_VERB or (token.tag_.startswith("RB") and token.lower_ not in QUESTION_WORDS)
