"""Names of people and groups as text: their parts, their titles, which gender they tell, which name the same person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from .words import FEMALE_TITLES, MALE_TITLES, ORGANISATIONS, TITLES, without_suffix

Gender = Literal["female", "male", "either"]


def bare_name(name: str) -> str:
    """A name without the titles before it ("US President Barack Obama") and without a possessive ending.

    What is left has to be a name: "General Motors", "Treasury Department" and "Martin Luther King Jr." stay whole.
    """
    parts = re.sub(r"[’']s$", "", name).split()
    titles = [at for at, part in enumerate(parts) if is_title(part)]
    rest = parts[titles[-1] + 1 :] if titles else []
    if rest and rest[-1].lower() not in ORGANISATIONS and without_suffix(rest):
        parts = rest
    return " ".join(parts)


def is_title(word: str) -> bool:
    """True for a word such as "President" or "Gov."."""
    return word.strip(".,").lower() in TITLES


def folded(name: str) -> tuple[str, ...]:
    """The words of a name for comparison: no accents, quotation marks, possessive ending, suffix or article before."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = [re.sub(r"[’']s?$", "", word.strip(".,\"“”‘’'()[]")) for word in re.split(r"[\s-]+", plain)]
    words = without_suffix([word for word in words if word])
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


def initials(name: str) -> str:
    """The small first letters of a name's capitalised words, from three on: "who" for "World Health Organization"."""
    letters = "".join(word[0] for word in name.split() if word[0].isupper())
    return letters.lower() if len(letters) > 2 else ""


def may_be_same(asked: Sequence[str], known: Sequence[str]) -> bool:
    """True where two names, as `folded` gives them, may be one person's.

    "Kirby" may be "John Kirby"; "John Kirby" may be "Kirby" and "J. Kirby", but not "Jack Kirby".
    """
    if not asked or not known:
        return False
    short, full = sorted((asked, known), key=len)
    if tuple(full[-len(short) :]) == tuple(short):  # surnames, of several words too
        return True
    if len(asked) == 1:  # "Tedros", "Lee" for "Lee Sedol"
        return asked[0] == known[0]
    if len(known) == 1:
        return False
    same_first = asked[0] == known[0] or (min(len(asked[0]), len(known[0])) == 1 and asked[0][0] == known[0][0])
    return asked[-1] == known[-1] and same_first


def gender_of_title(words: str) -> Gender | None:
    """The gender that a title or role tells ("Mrs.", "spokesman"), if it does."""
    head = re.split(r"\b(?:for|of|at|to|in|from|with|who)\b", words.lower(), maxsplit=1)[0]
    for word in reversed(re.findall(r"[\w-]+", head)):
        if word in FEMALE_TITLES or word.endswith(("woman", "mother", "daughter")):
            return "female"
        if word in MALE_TITLES or (word.endswith(("man", "father")) and word not in ("german", "roman", "human")):
            return "male"
    return None


def gender_of_first_name(name: str) -> Gender | None:
    """The gender of most bearers of a first name; None where it is no first name that we know."""
    parts = folded(name)
    return _first_names().get(parts[0]) if parts else None


@cache
def _first_names() -> dict[str, Gender]:
    found: dict[str, Gender] = {}
    genders: dict[str, Gender] = {"[female]": "female", "[male]": "male", "[either]": "either"}
    gender: Gender = "either"
    for line in (Path(__file__).parent / "first_names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            gender = genders[line]
        elif not line.startswith("#"):
            found.update(dict.fromkeys(line.split(), gender))
    return found
