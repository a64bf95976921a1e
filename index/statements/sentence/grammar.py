"""The dependencies between a cue, its source and its content in a parsed sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

from ...text import (
    ADDRESSEE_VERBS,
    ATTITUDE_VERBS,
    CHARACTERISING_VERBS,
    CLAUSE_VERBS,
    FINDING_VERBS,
    PREPOSITIONAL_VERBS,
    RELATIVE_PRONOUNS,
    REPORTING_VERBS,
    STANCE_VERBS,
    TRANSITIVE_ATTITUDE_VERBS,
    VERB_LEMMAS,
)
from .cues import NEGATING_VERBS
from .subjects import find_subject

# Verbs whose content may be quoted.
QUOTING_VERBS = REPORTING_VERBS | CLAUSE_VERBS
# Dependencies of auxiliary verbs and negations.
AUXILIARIES = {"aux", "neg", "auxpass"}

_MENTIONING_VERBS = {"mention", "note", "disclose", "reveal", "add"}  # they presuppose what follows
_NAMING_FORMS = {"named", "identified", "quoted"}
_TALKING_FORMS = {"talked", "talks", "spoke", "speaks", "spoken", "chatted"}
_SUBJECTS = {"nsubj", "nsubjpass", "expl"}
_ADJOINED_CLAUSES = {"advcl", "conj", "parataxis"}
_MAX_STEPS_TO_CLAUSE = 4


def find_talk(doc: Doc) -> tuple[Token, Token] | None:
    """Return the subject and the verb of a sentence that says that somebody spoke: "Kirby talked for an hour"."""
    for verb in doc:
        if verb.lower_ in _TALKING_FORMS and verb.tag_.startswith("V") and not is_passive(verb):
            is_fact = not any(child.dep_ == "neg" or child.tag_ in ("MD", "TO") for child in verb.children)
            subject = find_subject(verb)
            if is_fact and subject is not None:
                return subject, verb
    return None


def resolve_relative_pronoun(source: Token) -> Token:
    """Return the noun that a relative pronoun ("who") refers to; other sources are returned unchanged."""
    if source.lower_ in RELATIVE_PRONOUNS and source.tag_ in ("WP", "WDT"):
        verb = source.head
        for _ in range(_MAX_STEPS_TO_CLAUSE):
            if verb.dep_ == "relcl":
                return verb.head
            verb = verb.head
    return source


def content_heads(cue: Token, verb: str, source: Token) -> list[Token]:
    """Return the dependents of a cue that head its content; `verb` is the lemma of the cue."""
    heads = [child for child in cue.children if _is_content_head(child, cue, verb, source)]
    if any(_is_what(head, cue) for head in heads):  # "What Kirby said is that …"
        return [child for child in cue.head.children if child.i > cue.head.i and child.dep_ in ("ccomp", "attr")]
    if verb == "say" and not heads:
        heads = [child for child in cue.children if child.dep_ in ("acomp", "advcl") and child.i < cue.i]
    if verb in QUOTING_VERBS and not heads:
        heads = _misattached_clause(cue)
    return heads


def _is_content_head(child: Token, cue: Token, verb: str, source: Token) -> bool:
    if child.dep_ in _content_dependencies(cue, verb) and child.i != source.i and not _is_other_object(child, verb):
        return True
    if child.dep_ in ("prep", "prt", "advmod", "agent") and child.lower_ in PREPOSITIONAL_VERBS.get(verb, frozenset()):
        return True
    if verb != "say":
        return False
    is_answer = child.lower_ in ("no", "yes", "so", "otherwise") and child.i > cue.i
    return is_answer or (child.dep_ == "prep" and child.lower_ in ("of", "about"))


def _content_dependencies(cue: Token, verb: str) -> set[str]:
    """Return the dependency labels of the content of a verb."""
    labels: set[str] = set()
    if verb in QUOTING_VERBS | FINDING_VERBS:
        labels |= {"ccomp", "parataxis"}
    if verb in REPORTING_VERBS:
        labels |= {"dobj", "xcomp", "oprd", "attr"}
    if verb in STANCE_VERBS:
        labels |= {"dobj", "ccomp", "oprd"}
    if verb in ATTITUDE_VERBS:
        labels |= {"ccomp", "xcomp"} | ({"dobj"} if verb in TRANSITIVE_ATTITUDE_VERBS else set())
    if verb in CHARACTERISING_VERBS and _has_characterisation(cue):
        labels |= {"dobj", "ccomp", "xcomp", "oprd", "prep"}
    return labels


def _has_characterisation(cue: Token) -> bool:
    """Return whether a verb has a complement or a second object: "called it a lie", "labelled the plan a disaster"."""
    if sum(child.dep_ == "dobj" for child in cue.children) > 1:
        return True
    return any(child.dep_ in ("oprd", "ccomp", "xcomp") or child.lower_ == "as" for child in cue.children)


def _is_other_object(child: Token, verb: str) -> bool:
    """Return whether an object isn't content: an addressee, lives that a fire claimed, or the "it" of "put it"."""
    if child.lower_ == "it" and puts_it(child.head):
        return True
    return child.dep_ == "dobj" and (verb in ADDRESSEE_VERBS or child.lower_ in ("life", "lives", "nothing"))


def clause_tokens(head: Token, quoted: Sequence[bool]) -> list[int]:
    """Return the positions of the tokens below a head, without clauses that have a speaker of their own.

    A that-clause starts with "that". `quoted` says of each token whether it is in a quotation.
    """
    start = next((child.i for child in head.children if child.lower_ == "that" and child.i < head.i), 0)
    excluded = {
        below.i
        for token in head.subtree
        if token != head and token.dep_ in _ADJOINED_CLAUSES and not quoted[token.i] and _has_own_speaker(token)
        for below in token.subtree
    }
    return [token.i for token in head.subtree if token.i >= start and token.i not in excluded]


def _has_own_speaker(token: Token) -> bool:
    is_cue = VERB_LEMMAS.get(token.lower_) in QUOTING_VERBS | CHARACTERISING_VERBS | STANCE_VERBS
    return is_cue and any(
        child.dep_ == "nsubj" and child.tag_ in ("NNP", "PRP") and child.lower_ != "it" for child in token.children
    )


def _misattached_clause(verb: Token) -> list[Token]:
    """Return the that-clause that the parser attached to a noun after the verb: "told reporters in Kyiv that …"."""
    for token in verb.subtree:
        if token.i > verb.i and token.dep_ in ("acl", "relcl", "ccomp"):
            has_that = any(child.lower_ == "that" and child.i < token.i for child in token.children)
            if has_that and any(child.dep_ in _SUBJECTS and child.lower_ != "that" for child in token.children):
                return [token]
    return []


def condition_before(verb: Token, quoted: Sequence[bool]) -> Token | None:
    """Return the clause before an inserted cue that belongs to the content: "Unless it rains, Kirby said, we stay"."""
    after = verb.i + 2
    if after >= len(quoted) or verb.nbor().text != "," or quoted[after]:
        return None
    clauses = (child for child in verb.children if child.dep_ == "advcl" and child.i < verb.i)
    return next(filter(_is_condition, clauses), None)


def _is_condition(clause: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in ("if", "unless") for child in clause.children)


def is_passive(verb: Token) -> bool:
    """Return whether a verb is in the passive voice: "was asked", "when asked"."""
    if any(child.dep_ == "auxpass" for child in verb.children):
        return True
    has_subject = any(child.dep_ in ("nsubj", "aux") for child in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl", "amod", "relcl") and not has_subject


def is_as_clause(verb: Token) -> bool:
    """Return whether a cue is in a clause with "as": "As Kirby put it, …", "…, as Kirby noted"."""
    return verb.dep_ == "advcl" and any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.children)


def puts_it(verb: Token) -> bool:
    """Return whether a verb is that of "put it" in "As Kirby put it, …"."""
    return verb.lower_ in ("put", "puts") and any(
        child.dep_ == "dobj" and child.lower_ == "it" and child.i == verb.i + 1 for child in verb.children
    )


def makes_clear(word: Token) -> bool:
    """Return whether an adjective is that of "made clear that …", "made it clear that …"."""
    is_clear = word.lower_ == "clear" and word.dep_ in ("ccomp", "oprd", "acomp")
    return is_clear and word.head.lower_ in ("make", "makes", "made", "making")


def is_omission(verb: Token, lemma: str) -> bool:
    """Return whether a sentence only says what somebody left out: "What she does not mention is …", "without saying".

    What follows are the words of the author. "Did not say", "never mentioned him" report an attitude, and count.
    Neither does a wish to stay unnamed: "who asked not to be named".
    """
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    if any(child.dep_ == "xcomp" and child.lower_ in _NAMING_FORMS for child in verb.children):
        return True
    is_complement = verb.dep_ == "xcomp" and verb.head.lower_ in NEGATING_VERBS
    if not is_complement and not any(child.dep_ == "neg" for child in verb.children):
        return False
    clauses = (child for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i)
    has_clause = any(all(child.tag_ not in ("WP", "WRB", "WDT") for child in clause.children) for clause in clauses)
    is_mention = lemma in _MENTIONING_VERBS and (has_clause or is_complement)
    return is_mention or any(_is_what(child, verb) for child in verb.children)


def _is_what(child: Token, verb: Token) -> bool:
    clause = verb.head if verb.dep_ == "xcomp" else verb
    return child.tag_ == "WP" and child.lower_ == "what" and clause.dep_ == "csubj"


def is_unasserted(verb: Token, source: Token) -> bool:
    """Return whether the sentence leaves open if something was said: "Did Kirby say …?", "whether Kirby said"."""
    if any(child.dep_ == "mark" and child.lower_ in ("whether", "if") for child in verb.children):
        return True
    is_question = any(child.dep_ == "aux" and child.i < source.i for child in verb.children)
    return is_question and verb.doc[-1].text in ("?", "”", '"') and "?" in verb.doc.text[-3:]


def passive_subjects(token: Token) -> Iterator[Token]:
    """Return the dependents of a passive verb that say what was criticised, accused or so on."""
    return (child for child in token.children if child.dep_ in ("nsubjpass", "ccomp", "oprd", "xcomp"))


def is_noun_clause(child: Token) -> bool:
    """Return whether a dependent of a noun is a clause with a mark: "claim that …"."""
    has_mark = any(mark.lower_ in ("that", "to") and mark.i < child.i for mark in child.children)
    return child.dep_ in ("acl", "ccomp", "relcl") and has_mark


def is_topic_phrase(child: Token) -> bool:
    """Return whether a dependent of a noun names a topic: "support for …"."""
    return child.dep_ == "prep" and child.lower_ in ("for", "of", "against", "about")
