"""Who is mentioned in a parsed sentence: names with the role words beside them, groups, and what stands for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

from ..records import Span
from ..text import BELONGINGS, COURTESIES, DAYS, NO_NAMES, ORGANISATIONS, PARTICLES, is_title, without_suffix

_DETERMINERS = {"DT", "PDT", "PRP$", "POS", "WP$"}
_LOOSE_ENDS = {"IN", "DT", "CC", "TO", "PRP$", "POS", "WP"}  # a role doesn't end in these: "head of the"
_SUBJECTS = {"nsubj", "nsubjpass"}
_BELONGING = {"of", "for", "from", "at"}  # "a spokesman for the ministry"
_NOBODY = {"nobody", "none", "neither", "few", "this", "that", "nothing", "both", "no-one"}
_PLACING = {"in", "from", "near", "at", "across", "into", "outside", "around"}
_ROLE_WORDS = 9


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody in a sentence, as written.

    `name` is a proper name without titles, or None; `role` the words that say what the person is; `courtesy` a mere
    "Mr."; `pronoun` the pronoun in small letters, or None; `noun` the head of a group or role without a name
    ("officials"); `is_place` tells that something is said to be in it; `owner` is the mention in "his lawyer".
    """

    span: Span
    at: int
    is_subject: bool
    name: str | None = None
    role: str | None = None
    courtesy: str | None = None
    pronoun: str | None = None
    noun: str | None = None
    is_definite: bool = False
    is_plural: bool = False
    is_place: bool = False
    owner: Mention | None = None


def names_in_sentence(doc: Doc) -> list[Mention]:
    """The proper names of a sentence that stand for somebody or something, in order."""
    found = []
    for token in doc:
        is_last = token.i + 1 == len(doc) or not _is_name_token(token.nbor()) or token.nbor().lower_ in DAYS
        if _is_name_token(token) and is_last and (mention := _named(token)) is not None:
            found.append(mention)
    return found


def mention_of(head: Token) -> Mention | None:
    """The mention that a noun or pronoun heads."""
    if head.tag_ in ("PRP", "PRP$") or (head.lower_ in ("he", "she", "they", "it", "his", "her", "their", "its")):
        return Mention(_span(head, head), head.i, _is_subject(head), pronoun=head.lower_)
    if _is_name_token(head) and head.lower_ not in DAYS:
        last = head
        while last.i + 1 < len(head.doc) and _is_name_token(last.nbor()) and last.nbor().head in (head, last):
            last = last.nbor()
        return _named(last) or _group(head)
    if head.tag_ in ("NNP", "NNPS") and head.i > 1 and _joins(head.nbor(-1)) and _is_name_token(head.doc[head.i - 2]):
        return _named(head.doc[head.i - 2])  # "Ki-moon"
    if not head.tag_.startswith("N") and head.tag_ not in ("DT", "CD", "JJ", "JJS"):
        return None
    for child in head.children:  # "the spokesman for the White House, John Kirby"
        if child.dep_ == "appos" and _is_name_token(child) and (named := _named(child)) is not None:
            return replace(named, span=_span(head.left_edge, child), is_subject=_is_subject(head))
    return _group(head)


def _is_subject(token: Token) -> bool:
    return token.dep_ in _SUBJECTS


def _is_name_token(token: Token) -> bool:
    return token.tag_ in ("NNP", "NNPS") and (token.text[:1].isupper() or token.text[:1].isdigit())


def _named(last: Token) -> Mention | None:
    """The name that ends with this token."""
    doc = last.doc
    while last.i > 0 and (last.lower_ in DAYS or (not last.is_alpha and not any(c.isalpha() for c in last.text))):
        last = last.nbor(-1)
        if not _is_name_token(last):
            return None
    first = last
    while first.i > 0:
        before = first.nbor(-1)
        if _is_name_token(before) or _is_abbreviation(before):
            first = before
        elif first.i > 1 and _joins(before):
            first = doc[before.i - 1]
        else:
            break
    start = first.i
    for at in range(first.i, last.i):
        rest = without_suffix(doc[at + 1 : last.i + 1].text.split())
        if is_title(doc[at].text) and rest and rest[-1].lower() not in ORGANISATIONS:  # "General Motors" is a name
            start = at + 1
    is_body = last.lower_ in ORGANISATIONS  # "European Union"
    while start < last.i and (
        (doc[start].lower_ in BELONGINGS and not is_body) or doc[start].lower_.strip(".") in NO_NAMES
    ):
        start += 1
    if is_body and last.i + 2 < len(doc) and last.nbor().lower_ == "of":  # "Department of Justice"
        end = last.i + 2 + (doc[last.i + 2].lower_ == "the")
        while end < len(doc) and _is_name_token(doc[end]):
            last = doc[end]
            end += 1
    while (
        last.i + 2 < len(doc)
        and doc[last.i + 1].text == "-"
        and not doc[last.i].whitespace_ + doc[last.i + 1].whitespace_
    ):
        last = doc[last.i + 2]  # "Ban Ki-moon"
    words = doc[start : last.i + 1]
    if is_title(words.text) or words.text.lower() in NO_NAMES | DAYS or len(words.text) < 2:
        return None
    role_start = _role_start(last, start)
    role = doc[role_start.i : start].text.strip(" ,") if role_start.i < start else ""
    return Mention(
        _span(role_start if role_start.i < start else doc[start], last),
        last.i,
        _is_subject(last),
        name=words.text,
        role=next(
            (said for said in (role, _apposition(last), _apposed(last)) if said and not _is_courtesy(said)), None
        ),
        courtesy=role if _is_courtesy(role) else None,
        is_place=last.dep_ == "pobj" and last.head.lower_ in _PLACING,
    )


def _is_courtesy(role: str) -> bool:
    return role.strip(".").lower() in COURTESIES


def _apposed(name: Token) -> str | None:
    """The role words of which a name is the apposition: "the spokesman for the White House, John Kirby"."""
    noun = name.head
    if name.dep_ != "appos" or noun.tag_ != "NN" or noun.i > name.i:
        return None
    words = noun.doc[_role_start(noun).i : name.left_edge.i]
    role = words.text.strip(" ,")
    is_plain = len(words) > 0 and words[-1].tag_ not in _LOOSE_ENDS and not any(mark in role for mark in ',:(“”"')
    # "the chief executive of the company Boskalis" is no word about the company.
    is_body = noun.lower_ in ORGANISATIONS
    return role if is_plain and not is_body and len(role.split()) <= _ROLE_WORDS else None


def _joins(token: Token) -> bool:
    """True between two parts of a name: "Jean-Pierre", "van der", "Brown & Sons"."""
    first = token.nbor(-1)
    if token.text == "-":
        return not token.whitespace_ and not first.whitespace_
    return _is_name_token(first) and (token.text == "&" or token.lower_ in PARTICLES)


def _is_abbreviation(token: Token) -> bool:
    return token.text.istitle() and token.text.endswith(".") and is_title(token.text)


def _role_start(head: Token, before: int | None = None) -> Token:
    """Where the role words before a name begin: "White House spokesman " of "the White House spokesman John Kirby"."""
    doc, at = head.doc, head.i if before is None else before
    while at > 0:
        token = doc[at - 1]
        is_part = token.tag_.startswith(("NN", "JJ", "HYPH")) or token.text in ("-", "vice")
        is_determiner = token.tag_ in _DETERMINERS
        is_office = at > 2 and doc[at - 2].lower_ == "of" and is_title(doc[at - 3].text)  # "Secretary of State"
        if is_office and not is_determiner:
            at -= 3
            continue
        if not is_part or is_determiner or token.dep_ in ("pobj", "dobj", "npadvmod", "ROOT"):
            break
        at -= 1
    return doc[at] if at < len(doc) else head


def _apposition(head: Token) -> str | None:
    """The role words behind a name: "the White House spokesman" of "John Kirby, the White House spokesman, said"."""
    for child in head.children:
        if child.dep_ == "appos" and child.i > head.i and child.tag_ in ("NN", "NNS", "NNP"):
            first = child.left_edge
            between = head.doc[head.i + 1 : child.i].text
            if head.doc[first.i - 1].text not in (",", "—", "–") or any(mark in between for mark in '“”"(:'):
                continue  # "who called him “a liar”", a caption, a nickname
            while first.tag_ in _DETERMINERS and first.i < child.i:
                first = first.nbor()
            end = child.i + 1
            stop = min(child.right_edge.i + 1, first.i + _ROLE_WORDS, len(head.doc))
            while end < stop and head.doc[end].text not in ",;:—–-()" and not _opens_clause(head.doc[end]):
                end += 1
            while end - 1 > child.i and head.doc[end - 1].tag_ in _LOOSE_ENDS:
                end -= 1
            role = head.doc[first.i : end].text
            return role if any(c.islower() for c in role) and not role[0].isdigit() else None
    return None


def _opens_clause(token: Token) -> bool:
    """True for "who" and "which", but not for the WHO."""
    return token.tag_ in ("WP", "WP$", "WDT") and not token.text.isupper()


def _group(head: Token) -> Mention | None:
    """A group or a role without a name: "Ukrainian officials", "the spokesman", "his lawyer"."""
    doc, first = head.doc, head.left_edge
    if head.lower_ in _NOBODY or (head.i and head.nbor(-1).lower_ == "no"):
        return None
    owner = next((c for c in head.children if c.dep_ == "poss"), None)
    start = first.i
    for at in range(first.i, head.i):
        if doc[at].text in ',;:—“”"' or doc[at].tag_ in ("CC", "RB", "IN"):
            start = at + 1
    while start < head.i and doc[start].tag_ in _DETERMINERS:
        start += 1
    if owner is not None and owner.i < head.i:
        start = max(start, owner.i + 1)
        while start < head.i and doc[start].tag_ in _DETERMINERS:
            start += 1
    noun = doc[start : head.i + 1].text
    determiner = doc[max(first.i, start - 1)]
    end = head
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in _BELONGING and child.i == head.i + 1 and _is_plain(child):
            end = child.right_edge
            noun = f"{noun}{head.whitespace_}{doc[head.i + 1 : end.i + 1].text}"
    return Mention(
        _span(first, end),
        head.i,
        _is_subject(head),
        noun=noun,
        is_definite=determiner.lower_ in ("the", "this", "that"),
        is_plural=head.tag_ in ("NNS", "NNPS"),
        owner=mention_of(owner) if owner is not None else None,
    )


def _is_plain(preposition: Token) -> bool:
    """True for a short "of …" without a clause."""
    words = list(preposition.subtree)
    return len(words) <= 6 and all(t.tag_ not in ("WP", "WDT", "VBD", "VBZ", "VBG", ",") for t in words)


def _span(first: Token, last: Token) -> Span:
    return Span(min(first.idx, last.idx), max(first.idx + len(first), last.idx + len(last)))


def in_order(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions by their place in the sentence."""
    return sorted(mentions, key=lambda mention: mention.at)
