"""Mentions in a parsed sentence: names with the role words beside them, groups, roles without a name, pronouns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

from ...records import Span
from ...text import (
    AFFILIATIONS,
    DATE_WORDS,
    NON_NAME_WORDS,
    ORGANISATION_NOUNS,
    PARTICLES,
    POSSESSIVE_PRONOUNS,
    SUBJECT_PRONOUNS,
    gender_of_first_name,
    gender_of_title,
    is_title,
    strip_suffix,
)
from .roles import (
    DETERMINER_TAGS,
    apposed_name,
    country_before,
    described_noun,
    find_role,
    is_described_as_person,
    relation_owner,
    role_start,
)
from .spans import span_between
from .suffixes import is_apart, name_with_suffix, with_suffix, without_suffix

_SUBJECTS = {"nsubj", "nsubjpass"}
_NAME_TAGS = ("NNP", "NNPS")
_COMPLEMENT_PREPOSITIONS = {"of", "for", "from", "at", "to"}  # "a spokesman for the ministry"
_NOT_ENTITIES = {"nobody", "none", "neither", "few", "this", "that", "nothing", "both", "no-one"}
_PLACE_PREPOSITIONS = {"in", "from", "near", "at", "across", "into", "outside", "around"}
_MAX_COMPLEMENT_WORDS = 9


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a person or group in a sentence.

    Attributes:
        span: the words.
        position: that of the head among the tokens of the sentence.
        is_subject: whether it is the subject of a verb.
        name: the proper name without titles, if there is one.
        role: the words that describe the person or group.
        title: a title of one word right before the name ("Mr.", "Senator").
        pronoun: the pronoun in lower case, if the mention is one.
        noun: the head of a group or role without a name, with its modifiers ("Ukrainian officials").
        is_definite: whether "the", "this" or "that" precedes the noun.
        is_plural: whether the noun is plural.
        is_place: whether a preposition of place precedes the name.
        country: the country in the possessive before the name ("Kenya's President William Ruto").
        is_person: whether "who" or an age follows the name: "Suu Kyi, who said", "Nowak, 34, said".
        owner: the mention in the possessive before the noun or relation ("his lawyer").
    """

    span: Span
    position: int
    is_subject: bool
    name: str | None = None
    role: str | None = None
    title: str | None = None
    pronoun: str | None = None
    noun: str | None = None
    is_definite: bool = False
    is_plural: bool = False
    is_place: bool = False
    is_person: bool = False
    country: str | None = None
    owner: Mention | None = None


def find_names(doc: Doc) -> list[Mention]:
    """Return the proper names in a sentence, in order."""
    found = []
    for token in doc:
        is_last = token.i + 1 == len(doc) or not _is_name_token(token.nbor()) or token.nbor().lower_ in DATE_WORDS
        if _is_name_token(token) and is_last and not is_apart(token) and (mention := _name_mention(token)) is not None:
            found.append(mention)
    return found


def find_roles(doc: Doc) -> list[Mention]:
    """Return the definite descriptions of a person by a title or role in a sentence: "the president", "the mayor"."""
    found = []
    for token in doc:
        if token.tag_ in ("NN", "NNP") and (is_title(token.text) or gender_of_title(token.text)):
            has_article = any(child.lower_ == "the" for child in token.children)
            if has_article and (mention := mention_of(token)) is not None and mention.noun is not None:
                found.append(mention)
    return found


def mention_of(head: Token) -> Mention | None:
    """Return the mention that a noun or pronoun heads."""
    if head.tag_ in ("PRP", "PRP$") or head.lower_ in SUBJECT_PRONOUNS | POSSESSIVE_PRONOUNS:
        return Mention(span_between(head, head), head.i, _is_subject(head), pronoun=head.lower_)
    if is_apart(head):
        return _name_mention(head)
    if (name := apposed_name(head)) is not None and (named := _name_mention(name)) is not None:
        return replace(named, span=span_between(head.left_edge, name), is_subject=_is_subject(head))
    if _is_name_token(head) and head.lower_ not in DATE_WORDS:
        return _name_mention(_last_of_name(head)) or _noun_mention(head)
    if head.tag_ in _NAME_TAGS and head.i > 1 and _joins(head.nbor(-1)) and _is_name_token(head.doc[head.i - 2]):
        return _name_mention(head.doc[head.i - 2])  # "Ki-moon"
    if not head.tag_.startswith("N") and head.tag_ not in ("DT", "CD", "JJ", "JJS"):
        return None
    for child in head.children:  # "one of her lawyers, John Kirby"
        is_name = child.dep_ == "appos" and _is_name_token(child) and child.left_edge.tag_ != "DT"
        if is_name and (named := _name_mention(child)) is not None:
            return replace(named, span=span_between(head.left_edge, child), is_subject=_is_subject(head))
    return _noun_mention(head)


def sorted_by_position(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions in the order of their heads."""
    return sorted(mentions, key=lambda mention: mention.position)


def _is_subject(token: Token) -> bool:
    return token.dep_ in _SUBJECTS


def _is_name_token(token: Token) -> bool:
    if token.tag_ == "NNS":  # "Dolores" isn't a plural
        return token.text.istitle() and gender_of_first_name(token.text) is not None
    return token.tag_ in _NAME_TAGS and (token.text[:1].isupper() or token.text[:1].isdigit())


def _last_of_name(head: Token) -> Token:
    """Return the last word of the name whose head is given."""
    last = head
    while last.i + 1 < len(head.doc) and _is_name_token(last.nbor()) and last.nbor().head in (head, last):
        last = last.nbor()
    return last


def _name_mention(last: Token) -> Mention | None:
    """Return the mention whose name ends with a token."""
    end = _without_date_words(without_suffix(last))
    if end is None:
        return None
    doc, start = end.doc, _name_start(end)
    last = with_suffix(_with_second_half(_with_complement(end)))
    name = doc[start : last.i + 1].text
    is_role = is_title(last.text) and apposed_name(last) is not None  # "the Prime Minister, John Kirby"
    if is_role or is_title(name) or name.lower() in NON_NAME_WORDS | DATE_WORDS or len(name) < 2:
        return None
    first_role_word = role_start(last, start)
    has_role = first_role_word.i < start
    role = doc[first_role_word.i : start].text.strip(" ,") if has_role else ""
    owner = relation_owner(last, description := find_role(last, role))
    return Mention(
        span_between(first_role_word if has_role else doc[start], last),
        last.i,
        _is_subject(described_noun(last) or last),
        name=name_with_suffix(name, role),
        role=description,
        title=role if role and is_title(role) else None,
        is_place=last.dep_ == "pobj" and last.head.lower_ in _PLACE_PREPOSITIONS,
        is_person=is_described_as_person(last),
        country=country_before(first_role_word),
        owner=mention_of(owner) if owner is not None else None,
    )


def _without_date_words(last: Token) -> Token | None:
    """Return the end of a name before weekdays, months and numbers; None if no name is left."""
    while last.i > 0 and (last.lower_ in DATE_WORDS or not any(sign.isalpha() for sign in last.text)):
        last = last.nbor(-1)
        if not _is_name_token(last):
            return None
    return last


def _name_start(last: Token) -> int:
    """Return the position of the first word of a name without the titles and affiliations before it."""
    doc, first = last.doc, _first_capitalised(last)
    start = first.i
    for position in range(first.i, last.i):
        rest = strip_suffix(doc[position + 1 : last.i + 1].text.split())
        if (
            is_title(doc[position].text) and rest and rest[-1].lower() not in ORGANISATION_NOUNS
        ):  # "General Motors" is a name
            start = position + 1
    is_body = last.lower_ in ORGANISATION_NOUNS  # "European Union"
    while start < last.i and (
        (doc[start].lower_ in AFFILIATIONS and not is_body) or doc[start].lower_.strip(".") in NON_NAME_WORDS
    ):
        start += 1
    return start


def _first_capitalised(last: Token) -> Token:
    """Return the first of the capitalised words, with small words between them, that end with a token."""
    first = last
    while first.i > 0:
        before = first.nbor(-1)
        if _is_name_token(before) or _is_abbreviated_title(before):
            first = before
        elif first.i > 1 and _joins(before):
            first = last.doc[before.i - 1]
        else:
            break
    return first


def _with_complement(last: Token) -> Token:
    """Return the end of the name of a body with its "of": "Department of Justice"."""
    doc = last.doc
    if last.lower_ in ORGANISATION_NOUNS and last.i + 2 < len(doc) and last.nbor().lower_ == "of":
        end = last.i + 2 + (doc[last.i + 2].lower_ == "the")
        while end < len(doc) and _is_name_token(doc[end]):
            last = doc[end]
            end += 1
    return last


def _with_second_half(last: Token) -> Token:
    """Return the end of a name with what a hyphen joins to it: "Ban Ki-moon"."""
    doc = last.doc
    while (
        last.i + 2 < len(doc)
        and doc[last.i + 1].text == "-"
        and not doc[last.i].whitespace_ + doc[last.i + 1].whitespace_
    ):
        last = doc[last.i + 2]
    return last


def _joins(token: Token) -> bool:
    """Return whether a token joins two parts of a name: "Jean-Pierre", "van der", "Brown & Sons"."""
    first = token.nbor(-1)
    if token.text == "-":
        return not token.whitespace_ and not first.whitespace_
    return _is_name_token(first) and (token.text == "&" or token.lower_ in PARTICLES)


def _is_abbreviated_title(token: Token) -> bool:
    return token.text.istitle() and token.text.endswith(".") and is_title(token.text)


def _noun_mention(head: Token) -> Mention | None:
    """Return the mention of a group or a role without a name: "Ukrainian officials", "the spokesman", "his lawyer"."""
    doc, first = head.doc, head.left_edge
    if head.lower_ in _NOT_ENTITIES or (head.i and head.nbor(-1).lower_ == "no"):
        return None
    owner = next((child for child in head.children if child.dep_ == "poss"), None)
    start = _noun_start(head, owner)
    noun, end = doc[start : head.i + 1].text, head
    if (complement := next(filter(_is_complement, head.children), None)) is not None:
        end = complement.right_edge
        noun = f"{noun}{head.whitespace_}{doc[head.i + 1 : end.i + 1].text}"
    return Mention(
        span_between(first, end),
        head.i,
        _is_subject(head),
        noun=noun,
        is_definite=doc[max(first.i, start - 1)].lower_ in ("the", "this", "that"),
        is_plural=head.tag_ in ("NNS", "NNPS"),
        owner=mention_of(owner) if owner is not None else None,
    )


def _noun_start(head: Token, owner: Token | None) -> int:
    """Return the position of the first word of a noun with its modifiers, after determiners and the owner."""
    doc, start = head.doc, head.left_edge.i
    for position in range(start, head.i):
        if doc[position].text in ',;:—“”"' or doc[position].tag_ in ("CC", "RB", "IN"):
            start = position + 1
    start = _after_determiners(start, head)
    if owner is not None and owner.i < head.i:
        start = _after_determiners(max(start, owner.i + 1), head)
    return start


def _after_determiners(start: int, head: Token) -> int:
    while start < head.i and head.doc[start].tag_ in DETERMINER_TAGS:
        start += 1
    return start


def _is_complement(child: Token) -> bool:
    """Return whether a token begins a short "of …" right after its head, without a clause in it."""
    if child.dep_ != "prep" or child.lower_ not in _COMPLEMENT_PREPOSITIONS or child.i != child.head.i + 1:
        return False
    words = list(child.subtree)
    has_clause = any(word.tag_ in ("WP", "WDT", "VBD", "VBZ", "VBG", ",") for word in words)
    return len(words) <= _MAX_COMPLEMENT_WORDS and not has_clause
