"""The role words beside a name in a parsed sentence: "White House spokesman", "the mayor of Rome"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

from ..text import COURTESY_TITLES, ORGANISATION_NOUNS, is_title

DETERMINER_TAGS = {"DT", "PDT", "PRP$", "POS", "WP$"}

_INCOMPLETE_END_TAGS = {"IN", "DT", "CC", "TO", "PRP$", "POS", "WP"}  # a role can't end with these: "head of the"
_MAX_ROLE_WORDS = 9


def is_courtesy(role: str) -> bool:
    """Return whether a role is a mere courtesy title: "Mr."."""
    return role.strip(".").lower() in COURTESY_TITLES


def find_role(name: Token, role_before: str) -> str | None:
    """Return the role beside a name, `role_before` being the words right before it.

    Args:
        name: the last word of the name.
        role_before: the role words right before the name; empty if there are none.
    """
    roles = [role for role in (role_before, _role_after(name), _role_of_apposed(name)) if role]
    described = (role for role in roles if not is_title(role))  # "Dr" says less than "the commissioner for health"
    return next(described, None) or next((role for role in roles if not is_courtesy(role)), None)


def role_start(head: Token, end: int | None = None) -> Token:
    """Return the first of the role words before a head: "White" in "the White House spokesman John Kirby".

    The words end at the position `end`; if it is None, at the head.
    """
    doc, start = head.doc, head.i if end is None else end
    while start > 0:
        token = doc[start - 1]
        is_determiner = token.tag_ in DETERMINER_TAGS
        is_office = start > 2 and doc[start - 2].lower_ == "of" and is_title(doc[start - 3].text)
        if is_office and not is_determiner:  # "Secretary of State"
            start -= 3
        elif not is_determiner and _is_role_word(token):
            start -= 1
        else:
            break
    return doc[start] if start < len(doc) else head


def _is_role_word(token: Token) -> bool:
    is_noun = token.tag_.startswith(("NN", "JJ", "HYPH")) or token.text in ("-", "vice")
    return is_noun and token.dep_ not in ("pobj", "dobj", "npadvmod", "ROOT")


def _role_after(name: Token) -> str | None:
    """Return the apposition of a name: "White House spokesman" in "John Kirby, the White House spokesman, said"."""
    for child in name.children:
        if child.dep_ == "appos" and child.i > name.i and child.tag_ in ("NN", "NNS", "NNP"):
            between = name.doc[name.i + 1 : child.i].text
            is_set_off = name.doc[child.left_edge.i - 1].text in (",", "—", "–")
            if is_set_off and not any(mark in between for mark in '“”"(:'):
                return _apposition_words(child)
            # else: "who called him “a liar”", a caption, a nickname
    return None


def _apposition_words(noun: Token) -> str | None:
    """Return the words of an apposition up to its first clause or punctuation, without its determiners."""
    doc, first = noun.doc, noun.left_edge
    while first.tag_ in DETERMINER_TAGS and first.i < noun.i:
        first = first.nbor()
    end, stop = noun.i + 1, min(noun.right_edge.i + 1, first.i + _MAX_ROLE_WORDS, len(doc))
    while end < stop and doc[end].text not in ",;:—–-()" and not _opens_clause(doc[end]):
        end += 1
    while end - 1 > noun.i and doc[end - 1].tag_ in _INCOMPLETE_END_TAGS:
        end -= 1
    role = str(doc[first.i : end].text)
    return role if any(sign.islower() for sign in role) and not role[0].isdigit() else None


def _opens_clause(token: Token) -> bool:
    """Return whether a token is a relative pronoun; the WHO isn't one."""
    return token.tag_ in ("WP", "WP$", "WDT") and not token.text.isupper()


def _role_of_apposed(name: Token) -> str | None:
    """Return the role to which a name is the apposition: "the spokesman for the White House, John Kirby"."""
    noun = name.head
    if name.dep_ != "appos" or noun.tag_ != "NN" or noun.i > name.i:
        return None
    words = noun.doc[role_start(noun).i : name.left_edge.i]
    role = words.text.strip(" ,")
    if not len(words) or words[-1].tag_ in _INCOMPLETE_END_TAGS or any(mark in role for mark in ',:(“”"'):
        return None
    # "the chief executive of the company Boskalis" doesn't describe the company.
    is_body = noun.lower_ in ORGANISATION_NOUNS
    return role if not is_body and len(role.split()) <= _MAX_ROLE_WORDS else None
