"""The auxiliary and the verb of a question in its dependency parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.text import QUESTION_VERBS, inflected, word_set

from .parts import AUXILIARIES, BASE_FORM_AUXILIARIES, NEGATIONS, QUESTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token

# Forms of verbs that pass on another verb's words, or that add nothing: "was quoted as saying", "had to say".
CARRIERS = frozenset(
    form
    for verb in word_set("quote report cite hear record use end start keep try refuse fail decline say want")
    for form in inflected(verb)
) | word_set("have has had go goes going went gone come comes came heard kept began")
_INVERTING = word_set("did does do has have")  # auxiliaries after the noun of "which bill"


def question_word(doc: Doc) -> str:
    """Return the question word in lower case; "by whom" for that; empty without one."""
    if len(doc) > 1 and doc[0].lower_ == "by" and doc[1].lower_ in ("whom", "who"):
        return "by whom"
    return str(doc[0].lower_) if doc[0].lower_ in QUESTION_WORDS else ""


def find_auxiliary(doc: Doc) -> int | None:
    """Return the position of the auxiliary, or of "not" after it, that stands before the subject: "did Kirby"."""
    position = len(question_word(doc).split())
    if len(doc) > 2 and doc[0].lower_ == "how" and doc[1].lower_.endswith("ly"):
        position = 2  # "How vehemently did he …"
    if position < len(doc) and doc[position].lower_ in AUXILIARIES:
        is_negated = position + 1 < len(doc) and doc[position + 1].lower_ in NEGATIONS
        return position + is_negated
    if doc[0].lower_ in ("what", "which", "whose"):  # "Which bill did Kirby oppose?"
        return next((token.i for token in doc[2:6] if token.lower_ in _INVERTING), None)
    return None


def helper_at(doc: Doc, auxiliary: int) -> str:
    """Return the auxiliary at a position that `find_auxiliary` returned, in lower case."""
    return str(doc[auxiliary - (doc[auxiliary].lower_ in NEGATIONS)].lower_)


def find_verb(doc: Doc) -> Token | None:
    """Return the verb of what is asked: the main verb, or the verb whose words it passes on ("quoted as saying")."""
    verb = _find_main_verb(doc)
    while verb is not None and verb.lower_ in CARRIERS and (carried := _carried_by(verb)) is not None:
        verb = carried
    return verb


def _find_main_verb(doc: Doc) -> Token | None:
    auxiliary = find_auxiliary(doc)
    verb = next((token for token in doc if token.dep_ == "ROOT" and token.tag_.startswith(("VB", "MD"))), None)
    if auxiliary is not None and helper_at(doc, auxiliary) in BASE_FORM_AUXILIARIES:
        is_after_subject = verb is not None and verb.i > auxiliary + 1 and _is_base_form(verb)
        verb = verb if is_after_subject else next(filter(_may_be_base_form, doc[auxiliary + 2 :]), None)
    elif verb is not None and verb.lower_ in AUXILIARIES:
        verb = _find_participle(doc, verb) or verb
    return verb or _first_of_speech(doc[1 if auxiliary is None else auxiliary + 1 :])


def _find_participle(doc: Doc, auxiliary: Token) -> Token | None:
    """Return the verb after an auxiliary that the parser takes for the main verb: "What is Orbán insisting on?"."""
    forms = [token for token in doc[auxiliary.i + 1 :] if token.tag_ in ("VBG", "VBN", "VBD")]
    if carrier := next((one for one in forms if one.lower_ in CARRIERS and _carried_by(one)), None):
        return carrier
    # "How was the plan described?": the parser takes it for "the described plan".
    clauses = ("ccomp", "acl") if question_word(doc) in ("how", "by whom") else ("ccomp",)
    return _first_of_speech(one for one in forms if one.dep_ in clauses)


def _first_of_speech(tokens: Iterable[Token]) -> Token | None:
    """Return the first verb of speech."""
    return next((one for one in tokens if one.tag_.startswith("VB") and one.lower_ in QUESTION_VERBS), None)


def _is_base_form(verb: Token) -> bool:
    """Return whether a verb isn't known as another form of a verb of speech."""
    return QUESTION_VERBS.get(verb.lower_, verb.lower_) == verb.lower_


def _may_be_base_form(token: Token) -> bool:
    """Return whether a token may be the verb after "did Kirby": the root, or a verb of speech that isn't a noun."""
    is_noun = token.nbor(-1).tag_ in ("DT", "PRP$", "POS", "JJ")
    return token.dep_ == "ROOT" or (QUESTION_VERBS.get(token.lower_) == token.lower_ and not is_noun)


def _carried_by(verb: Token) -> Token | None:
    """Return the verb whose words a verb passes on, if any."""
    for child in verb.rights:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and child.lower_ in QUESTION_VERBS:
            return child
        if child.dep_ == "prep" and child.lower_ == "as":
            return next((one for one in child.rights if one.dep_ == "pcomp" and one.lower_ in QUESTION_VERBS), None)
    return None
