"""Find the names in a sentence in its quotes: by part, as an adjective ("Scottish") or by initials ("EU")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import pairwise
from typing import TYPE_CHECKING

from index.text import DATE_WORDS, FUNCTION_WORDS, MONTH_NUMBERS, STATEMENT_VERBS, UPPERCASE, fold_name, word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Names of the same country or organisation, one per line.
_SYNONYMS = [
    word_set(line)
    for line in """
    us u.s usa america american americans united_states
    uk u.k britain british briton britons united_kingdom great_britain
    eu european_union brussels
    un united_nations
    france french frenchman
    spain spanish spaniard
    netherlands dutch holland
    germany german germans
    ireland irish
    wales welsh
    scotland scottish scot scots
    england english
    poland polish pole poles
    denmark danish dane danes
    sweden swedish swede swedes
    finland finnish finn finns
    turkey turkish turk turks
    greece greek greeks
    switzerland swiss
    norway norwegian norwegians
    portugal portuguese
    china chinese
    thailand thai
    philippines filipino filipinos
    afghanistan afghan afghans
    kazakhstan kazakh
    belgium belgian
    ukraine ukrainian
    israel israeli
    lebanon lebanese
    vietnam vietnamese
    argentina argentine
    cyprus cypriot
    normandy norman normans
    republican republicans gop
    democrat democrats democratic
    """.strip().splitlines()
]
_SUFFIXES = re.compile(r"(?:al|n|an|ian|ans|ians|ese|i|is|ish|ite|ites|er|ers|s|es|ns|ism|ists?)?$")
_SPEECH_VERBS = STATEMENT_VERBS | {"insist", "describe", "call", "admit"}
_NO_NAME_RELATIONS = word_set("advcl acl advmod amod mark prep cc expl intj aux det")
_WORD = rf"[{UPPERCASE}][\w’'.]{{0,40}}"
_MAX_ACRONYM = 10  # letters
_NO_NAMES = FUNCTION_WORDS | DATE_WORDS | MONTH_NUMBERS.keys() | word_set("mr mrs ms dr am pm a.m p.m. i'm")


def name_runs(doc: Doc) -> Iterator[list[Token]]:
    """Yield the names in a sentence, each as a list of its tokens."""
    run: list[Token] = []
    for token in filter(_is_name, doc):
        if run and token.i != run[-1].i + 1:
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _is_name(token: Token) -> bool:
    """Return whether a word is capitalised for another reason than being the first of a sentence."""
    word = token.text.strip(".,'’\"“”()")
    if not word or not (word[0].isupper() or (word[0].islower() and any(c.isupper() for c in word))):
        return False
    if word.lower() in _NO_NAMES or (word.lower() == "us" and word != "US"):
        return False
    if token.like_num:
        return False
    is_first = token.is_sent_start or token.i == 0 or token.nbor(-1).text in ('"', "“", "‘", ":")
    if not is_first or any(c.isupper() for c in word[1:]):
        return True
    if token.tag_ == "NN" and token.dep_ == "nsubj" and token.head.i == token.i + 1:
        return token.head.lemma_ in _SPEECH_VERBS  # "Gallet said"
    return token.pos_ == "PROPN" and token.dep_ not in _NO_NAME_RELATIONS  # "Unhappy about the taxes, …"


def name_keys(text: str) -> frozenset[str]:
    """Return what names are looked up in: the folded words of a text, with the initials and pairs of its names."""
    keys = set(fold_name(re.sub(r"[/–—-]", " ", text)))
    keys |= {re.sub(r"\W", "", key) for key in keys}
    for run in re.findall(rf"{_WORD}(?:[ -](?:(?:of|for|and|the|on|in|to|de|du) )*{_WORD})+", text):
        parts = [part for part in re.split(r"[ -]", run) if part[:1].isupper()]
        keys.update(
            "".join(part[0] for part in parts[first:last]).lower()
            for first in range(len(parts))
            for last in range(first + 2, min(first + _MAX_ACRONYM, len(parts)) + 1)
        )
        words = fold_name(run)
        keys.add("_".join(words))
        keys.update(map("_".join, pairwise(words)))
    return frozenset(keys)


def contains_name(keys: Set[str], name: str) -> bool:
    """Return whether the keys of a text (see `name_keys`) contain each part of a name, or a synonym or form of it."""
    parts = [part for part in re.split(r"[/–—-]", name) if len(part) > 1 and not part.isdigit()]
    return all(_contains_part(keys, part) for part in parts)


def spells_out(text: str, acronym: str) -> bool:
    """Return whether a text spells out an acronym: "gross domestic product" for "GDP"."""
    letters = [re.escape(letter) + r"\w*" for letter in acronym.lower()]
    pattern = r"\b" + r"[ -](?:of |and |the |for |to )?".join(letters)
    return acronym.isupper() and 2 < len(acronym) < 6 and re.search(pattern, text, re.IGNORECASE) is not None


def _contains_part(keys: Set[str], part: str) -> bool:
    plain = "".join(fold_name(part))
    if not plain or plain in keys or plain.replace(".", "") in keys or plain.rstrip(".") in keys:
        return True
    for synonyms in _SYNONYMS:
        if plain in synonyms or plain.replace(".", "") in synonyms:
            return bool(synonyms & keys)
    return len(plain) > 3 and any(_are_forms(plain, key) for key in keys if key[:4] == plain[:4])


def _are_forms(one: str, other: str) -> bool:
    """Return whether one word is the other one with a suffix: "Egypt" and "Egyptians"."""
    short, long = sorted((one, other), key=len)
    stem = short[:-1] if short[-1] in "aeiouys" and len(short) > 4 else short
    return len(stem) > 3 and long.startswith(stem) and _SUFFIXES.fullmatch(long[len(stem) :]) is not None
