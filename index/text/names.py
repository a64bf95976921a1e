"""Names of people and groups: their parts and titles, the gender they suggest, and which may be the same person's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from .words import (
    AGE_SUFFIXES,
    FEMALE_TITLES,
    MALE_TITLES,
    NAME_SUFFIXES,
    ORGANISATION_NOUNS,
    TITLES,
    strip_suffix,
)

Gender = Literal["female", "male", "either"]

# Regular expressions. Modules differ in the signs and particles that they accept within a name.
UPPERCASE = "A-ZÀ-Þ"  # to be put in a character class
NAME_WORD = rf"[{UPPERCASE}][\w.’'-]*"


def strip_titles(name: str) -> str:
    """Remove the titles before a name ("US President Barack Obama") and a possessive ending.

    The rest must be a name: "General Motors", "Treasury Department" and "Martin Luther King Jr." are kept whole.
    """
    parts = re.sub(r"[’']s$", "", name).split()
    titles = [position for position, part in enumerate(parts) if is_title(part)]
    rest = parts[titles[-1] + 1 :] if titles else []
    if rest and rest[-1].lower() not in ORGANISATION_NOUNS and strip_suffix(rest):
        parts = rest
    return " ".join(parts)


def is_title(word: str) -> bool:
    """Return whether a word is a title such as "President" or "Gov."."""
    return word.strip(".,").lower() in TITLES


def fold_name(name: str) -> tuple[str, ...]:
    """Return the words of a name for comparison: without accents, quotation marks, possessive, suffix and "the"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = [re.sub(r"[’']s?$", "", word.strip(".,\"“”‘’'()[]")) for word in re.split(r"[\s-]+", plain)]
    words = strip_suffix([word for word in words if word])
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


def suffix_of(name: str) -> str:
    """Return the suffix that tells namesakes apart: "jr" of "Donald Trump, Jr." and "Bush the younger", or ""."""
    words = [word.strip(".,").lower() for word in re.sub(r"[’']s?$", "", name.strip()).split()]
    if len(words) > 2 and words[-2] == "the" and words[-1] in AGE_SUFFIXES:
        return AGE_SUFFIXES[words[-1]]
    return words[-1] if len(words) > 1 and words[-1] in NAME_SUFFIXES else ""


def may_be_same_person(name: str, known: str) -> bool:
    """Return whether two names may belong to the same person (see `names_match`).

    "Trump" may be "Donald Trump Jr.", but "Donald Trump" may not.
    """
    words, known_words = fold_name(name), fold_name(known)
    suffix, known_suffix = suffix_of(name), suffix_of(known)
    if suffix != known_suffix:
        bare = known_words if suffix else words
        if (suffix and known_suffix) or len(bare) > 1:
            return False
    return names_match(words, known_words)


def acronym_of(name: str) -> str:
    """Return the initials of a name with three or more capitalised words, in lower case: "who" for "World Health …"."""
    letters = "".join(word[0] for word in name.split() if word[0].isupper())
    return letters.lower() if len(letters) > 2 else ""


def names_match(name: Sequence[str], known: Sequence[str]) -> bool:
    """Return whether two names, folded by `fold_name`, may belong to the same person.

    "Kirby" may be "John Kirby"; "John Kirby" may be "Kirby" and "J. Kirby", but not "Jack Kirby".
    """
    if not name or not known:
        return False
    short, full = sorted((name, known), key=len)
    if tuple(full[-len(short) :]) == tuple(short):  # surnames, also of several words
        return True
    if len(name) == 1:  # "Tedros", "Lee" for "Lee Sedol"
        return name[0] == known[0]
    if len(known) == 1:
        return False
    has_initial = min(len(name[0]), len(known[0])) == 1
    same_first = name[0] == known[0] or (has_initial and name[0][0] == known[0][0])
    return name[-1] == known[-1] and same_first


def gender_of_title(words: str) -> Gender | None:
    """Return the gender that a title or role implies ("Mrs.", "spokesman"); None if it implies none."""
    head = re.split(r"\b(?:for|of|at|to|in|from|with|who)\b", words.lower(), maxsplit=1)[0]
    for word in reversed(re.findall(r"[\w-]+", head)):
        if word in FEMALE_TITLES or word.endswith(("woman", "mother", "daughter")):
            return "female"
        if word in MALE_TITLES or (word.endswith(("man", "father")) and word not in ("german", "roman", "human")):
            return "male"
    return None


def gender_of_first_name(name: str) -> Gender | None:
    """Return the usual gender of the first name in a name; None if the first name is unknown."""
    parts = fold_name(name)
    return _first_names().get(parts[0]) if parts else None


@cache
def _first_names() -> dict[str, Gender]:
    first_names: dict[str, Gender] = {}
    genders: dict[str, Gender] = {"[female]": "female", "[male]": "male", "[either]": "either"}
    gender: Gender = "either"
    for line in (Path(__file__).parent / "first_names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            gender = genders[line]
        elif not line.startswith("#"):
            first_names.update(dict.fromkeys(line.split(), gender))
    return first_names
