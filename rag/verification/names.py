"""Names in a sentence, and whether quotes hold them: by parts, as an adjective ("Scottish") or by initials ("EU")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from index import folded
from index.text import DAYS, FUNCTION_WORDS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# One line for each country or body: the words that stand for it.
_SAME = [
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
_FORMS = re.compile(r"(?:al|n|an|ian|ans|ians|ese|i|is|ish|ite|ites|er|ers|s|es|ns|ism|ists?)?$")
_MONTHS = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sep sept oct nov dec"
)
_SAYING = word_set("say tell add argue claim note state warn announce declare insist explain write describe call admit")
_NO_NAME_PLACES = word_set("advcl acl advmod amod mark prep cc expl intj aux det")
_NO_NAMES = FUNCTION_WORDS | DAYS | _MONTHS | word_set("mr mrs ms dr am pm a.m p.m. i'm")


def name_tokens(doc: Doc) -> list[Token]:
    """The capitalised words of a sentence that are no mere beginning of it."""
    return [token for token in doc if _is_name(token)]


def _is_name(token: Token) -> bool:
    word = token.text.strip(".,'’\"“”()")
    if not word or not (word[0].isupper() or (word[0].islower() and any(c.isupper() for c in word))):
        return False
    if word.lower() in _NO_NAMES or (word.lower() == "us" and word != "US"):
        return False
    if token.like_num:
        return False
    is_first = token.is_sent_start or token.i == 0 or doc_text_before(token) in ('"', "“", "‘", ":")
    if not is_first or any(c.isupper() for c in word[1:]):
        return True
    if token.tag_ == "NN" and token.dep_ == "nsubj" and token.head.i == token.i + 1:
        return token.head.lemma_ in _SAYING  # "Gallet said"
    return token.pos_ == "PROPN" and token.dep_ not in _NO_NAME_PLACES  # "Unhappy about the taxes, …"


def doc_text_before(token: Token) -> str:
    """The token before, as written; empty for the first one."""
    return str(token.nbor(-1).text) if token.i else ""


def name_runs(doc: Doc) -> Iterator[list[Token]]:
    """The names of a sentence, each as its words."""
    run: list[Token] = []
    for token in name_tokens(doc):
        if run and token.i != run[-1].i + 1:
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def words_of(text: str) -> frozenset[str]:
    """The words of a text, folded, with the initials of its names."""
    words = set(folded(re.sub(r"[/–—-]", " ", text)))
    words |= {re.sub(r"\W", "", word) for word in words}
    for run in re.findall(r"[A-ZÀ-Þ][\w’'.]*(?:[ -](?:(?:of|for|and|the|on|in|to|de|du) )*[A-ZÀ-Þ][\w’'.]*)+", text):
        parts = [part for part in re.split(r"[ -]", run) if part[:1].isupper()]
        words.update(
            "".join(part[0] for part in parts[first:last]).lower()
            for first in range(len(parts))
            for last in range(first + 2, len(parts) + 1)
        )
        words.add("_".join(folded(run)))
        words.update("_".join(pair) for pair in zip(folded(run), folded(run)[1:], strict=False))
    return frozenset(words)


def holds(words: Set[str], name: str) -> bool:
    """True where words, as `words_of` gives them, hold a word of a name, or one that means the same place."""
    parts = [part for part in re.split(r"[/–—-]", name) if len(part) > 1 and not part.isdigit()]
    return all(_holds_one(words, part) for part in parts)


def spells(text: str, name: str) -> bool:
    """True for "GDP" where a text has "gross domestic product"."""
    letters = [re.escape(letter) + r"\w*" for letter in name.lower()]
    pattern = r"\b" + r"[ -](?:of |and |the |for |to )?".join(letters)
    return name.isupper() and 2 < len(name) < 6 and re.search(pattern, text, re.IGNORECASE) is not None


def _holds_one(words: Set[str], name: str) -> bool:
    plain = "".join(folded(name))
    if not plain or plain in words or plain.replace(".", "") in words or plain.rstrip(".") in words:
        return True
    for same in _SAME:
        if plain in same or plain.replace(".", "") in same:
            return bool(same & words)
    return len(plain) > 3 and any(_is_form(plain, word) for word in words if word[:4] == plain[:4])


def _is_form(one: str, other: str) -> bool:
    """True for "Egypt" and "Egyptians"."""
    short, long = sorted((one, other), key=len)
    stem = short[:-1] if short[-1] in "aeiouys" and len(short) > 4 else short
    return len(stem) > 3 and long.startswith(stem) and _FORMS.fullmatch(long[len(stem) :]) is not None
