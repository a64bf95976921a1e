"""The words of roles: whether someone described by a role is meant by "the Russian leader"."""

from __future__ import annotations

from collections.abc import Sequence

from ..text import country_of, gender_of_title, is_title

_ABBREVIATED_TITLES = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "dr": "doctor",
}
# The titles of those whom articles call the leader of a country.
_LEADERS = ("president", "premier", "minister", "chancellor", "king", "queen", "emperor", "ruler", "taoiseach")
# The former president isn't "the president".
_NON_HOLDERS = {"former", "ex", "vice", "deputy", "acting", "assistant", "late"}


def heads_of(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words that may head a role that a description means: "president" for "leader"; none for no role."""
    if words[-1] in ("man", "woman") or not (is_title(words[-1]) or gender_of_title(words[-1])):
        return ()
    return (words[-1], *(_LEADERS if words[-1] == "leader" else ()))


def role_words(role: str) -> set[str]:
    """Return the words of a role, in lower case, with titles written out."""
    words = {word.strip(".,").lower() for word in role.split()}
    return words | {_ABBREVIATED_TITLES[word] for word in words if word in _ABBREVIATED_TITLES}


def has_role(role_words: set[str], head: str, words: Sequence[str]) -> bool:
    """Return whether a role is that of a description: "Russian President" that of "the Russian leader".

    `head` is the word of the role that corresponds to the last of the words.
    """
    if head == "minister" and words[-1] == "leader" and not role_words & {"prime", "first", "chief"}:
        return False
    countries = {country for word in role_words if (country := country_of(word)) is not None}
    has_modifiers = all(word in role_words or country_of(word) in countries for word in words[:-1])
    return has_modifiers and not (_NON_HOLDERS & role_words) - set(words)
