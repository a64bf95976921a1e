"""The suffix after a name, which tells namesakes apart: "Donald Trump, Jr.", "Thomas Reed Sr.", "Bush the elder"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

from ...text import AGE_SUFFIXES, NAME_SUFFIXES


def is_apart(token: Token) -> bool:
    """Return whether a word is a suffix that a comma or an article separates from its name."""
    return token.i > 1 and (
        (token.nbor(-1).text == "," and token.text.rstrip(".") in ("Jr", "Sr"))
        or (token.nbor(-1).lower_ == "the" and token.lower_ in AGE_SUFFIXES and token.nbor(-2).text.istitle())
    )


def without_suffix(last: Token) -> Token:
    """Return the last word of a name before a suffix that stands apart."""
    return last.nbor(-2) if is_apart(last) else last


def with_suffix(last: Token) -> Token:
    """Return the end of a name with its suffix."""
    following = last.doc[last.i + 1 : last.i + 3]
    if len(following) > 1 and is_apart(following[1]):
        last = following[1]
    elif following and _is_suffix(following[0]):
        last = following[0]
    is_last = last.i + 2 >= len(last.doc)
    return last.nbor() if _is_suffix(last) and not is_last and last.nbor().text == "." else last


def _is_suffix(token: Token) -> bool:
    return token.text[:1].isupper() and token.lower_.rstrip(".") in NAME_SUFFIXES


def name_with_suffix(name: str, role: str) -> str:
    """Return a name as it tells namesakes apart: "Donald Trump Jr." for "Donald Trump, Jr."."""
    age = role.rpartition(" ")[2].lower()
    return f"{name} the {age}" if age in AGE_SUFFIXES else name.replace(",", "")
